"""Bounds said around a number: 超过, 不到, 近, 以上, 左右."""

import re

from bot.parsing.grammar.numerals import Numeral
from bot.parsing.needs import needs

_REACH = 8  # characters, the longest opening word and the one before it
_OPENING = re.compile(
    r"(?:(?P<low>大于或?等于|不小于|≥|>=?|超过了?|超出|突破了?|不[能得可会应要]?(?:低于|少于|小于)|不下于|不下|至少|最少|大于|高于|多于|逾|(?<!赶)超"
    r"|(?:^|(?<=[已均都达资额值收,。 ]))过)"
    r"|(?P<high>小于或?等于|≤|<=?|不[能得可会应要]?(?:超过?|超出|突破|高于|多于|大于)|[未没]有?(?:超过?|突破)|至多|最多|低于|少于|小于|不足|不到|不满)"
    r"|(?P<near>大约|约莫|大致|估摸着?|大概|差不多|将近|接近|(?<![最附远临靠就])近|(?<![签履预邀违公相合解特节大条制集规])约"
    r"|(?:^|(?<=[ ,。;:、有要投约也就的是到了花用来得]))小(?=\Z)))(?:有|为|是|要|得|需|投|跑|用|给){0,2}\Z"
)
_NEEDED = needs(_OPENING)[0][0]
_CLOSING = re.compile(
    r"(?:\(含\))?(?:(?P<low>[及或]?者?以上|[往朝]上(?![走报级数推移])|开外|起步|打底|\+(?!\d)|起(?![步点码重源来诉草色]))|(?P<high>[及或]?者?以下|不到(?!位)|以内|之内)|(?P<near>左右|上下(?!游)))"
)
_CLOSERS = frozenset("(及或者以+起不之内左上")  # what it begins with


def bound(text: str, start: int, end: int, number: Numeral) -> tuple[int, int, Numeral]:
    """Return the number with the bounds said before and after it, and the stretch that then holds them."""
    opening = _opening(text, start)
    if opening:
        start, number = opening.start(), _apply(opening, number)
    closing = _CLOSING.match(text, end) if text[end : end + 1] in _CLOSERS else None
    if closing:
        end, number = closing.end(), _apply(closing, number)
    return start, end, number


def _opening(text: str, start: int) -> re.Match[str] | None:
    first = max(0, start - _REACH)
    if _NEEDED.isdisjoint(text[first:start]):
        return None
    # 不超过 must be seen before 超过, so the search goes from the left
    return _OPENING.search(text, first, start)


def _apply(words: re.Match[str], number: Numeral) -> Numeral:
    if words["low"]:
        return number._replace(high=None)
    if words["high"]:
        return number._replace(low=None)
    return number._replace(approx=True)
