"""The frame of an utterance: its words without names, numbers and dates; and the split a frame falls into.

The rule is fixed: it masks the names of ledger.json, numerals and date words, and a frame's checksum chooses the split.
"""

import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SPLITS = ("train", "dev", "test")
TRAIN, DEV = 60, 80  # of a hundred: the rest is test
NAME, NUMBER, DATE = "\ue001", "\ue002", "\ue003"
KINDS = ("units", "people", "enterprises", "projects")
DIGITS = "0-9〇零一二三四五六七八九十百千万亿两半几"
NUMERALS = re.compile(f"[{DIGITS}]+点[{DIGITS}]*[万亿]|[{DIGITS}.,%]*[{DIGITS}]%?")
DAY = (
    f"{NUMBER}年|{NUMBER}月份?|{NUMBER}[日号]|{NUMBER}点半?|{NUMBER}分|{NUMBER}季度|大?[前后昨今明]天|[今昨明][早晚]|[今去前明后]年|"
    f"[本上下这]个?(?:月|季度|周|星期|礼拜)(?:[{NUMBER}日天末])?|(?:周|星期|礼拜)[{NUMBER}日天末]|上半年|下半年|[年月][初中底]|"
    "[上中下]旬|[上下中]午|早上|晚上|傍晚|凌晨|清早|刚才|刚刚"
)
DATES = re.compile(f"(?:{DAY})+")
MARKS = re.compile(r"[^\w\ue001-\ue003]|_")


def split_of(shape: str) -> str:
    """Return the split a frame belongs to."""
    place = zlib.crc32(shape.encode()) % 100
    return SPLITS[(place >= TRAIN) + (place >= DEV)]


@cache
def frame(text: str) -> str:
    """Return a text's frame."""
    plain = unicodedata.normalize("NFKC", text).lower()
    named = _names().sub(NAME, plain)
    counted = NUMERALS.sub(NUMBER, named)
    return MARKS.sub("", DATES.sub(DATE, counted))


@cache
def _names() -> re.Pattern[str]:
    ledger = json.loads((Path(__file__).parent / "ledger.json").read_text(encoding="utf-8"))
    rows = [row for kind in KINDS for row in ledger[kind]]
    forms = {unicodedata.normalize("NFKC", form).lower() for row in rows for form in _forms(row)}
    return re.compile("|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))))


def _forms(row: dict[str, object]) -> Iterator[str]:
    aliases = row.get("aliases") or ()
    assert isinstance(aliases, list | tuple)
    yield from (str(form) for form in (row["name"], row.get("short_name"), *aliases) if form)
