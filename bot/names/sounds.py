"""How names sound: one syllable mark a character, close syllables alike."""

import os

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # characters are sounded one by one: the words would cost 44 MB

from pypinyin import Style, pinyin

HAN = range(0x4E00, 0xA000)  # the CJK unified ideographs
_FIRST_MARK = 0xF0000  # a private plane: no text holds these
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))

_marks: dict[str, str] = {}


def is_han(char: str) -> bool:
    """Tell whether a character is Han, and so has a sound."""
    return ord(char) in HAN


def sound(text: str) -> str:
    """Return the text as syllable marks, one for each character; other characters stay."""
    return text.translate(_table)


class _Table(dict[int, str]):
    """The marks of the characters met so far."""

    def __missing__(self, code: int) -> str:
        self[code] = mark = _mark(chr(code))
        return mark


_table = _Table()


def _mark(char: str) -> str:
    if not is_han(char):
        return char
    syllable = pinyin(char, style=Style.NORMAL, heteronym=False)[0][0]
    for wide, narrow in _ALIKE:
        if syllable.startswith(wide):
            syllable = narrow + syllable.removeprefix(wide)
    syllable = syllable.removesuffix("g") if syllable.endswith(("ing", "eng")) else syllable
    return _marks.setdefault(syllable, chr(_FIRST_MARK + len(_marks)))
