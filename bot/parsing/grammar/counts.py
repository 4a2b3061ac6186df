"""Counts and ordinals: 3家, 132个, 10万吨, 第一, 第三名."""

import re

from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.shapes import Found
from bot.parsing.grammar.units import LOOSE, SINGLE
from bot.parsing.grammar.values import spread

# 第一产业, 第三方, 第一书记 are names
_NO_ORDINAL = re.compile(
    r"产业|书记|时间|方(?!案)|责任|医院|中学|小学|人民|天|年|季|手|线|梯队|者|大道|国|工程|建|航|重|机|拖|汽|师|军|职|中级|附属|办公"
)
_BEHIND_ORDINAL = re.compile(r"名|位|个(?!月|季)|批|家(?!电)|条|项(?!目)|次|届|轮|期|笔|档|类|组")
_TENS = frozenset("十百千")
_BOUNDED = re.compile(r"[及或]?者?以[上下内]|左右")
# 国道213, 房间号302, 转302 name something
_NAMED_ENDS = frozenset("道房间号牌机转编码班次线")  # what _NAMED ends in
_NAMED = re.compile(r"(?:[国省县乡]道|房间?号?|门牌号?|分机号?|转|工号|编号|代码|邮编|车牌号?|航班号?|车次|[GgSs]线)\Z")
# 501会议室, 8栋1203
_ROOM = re.compile(
    r"(?:大|小|多功能)?(?:会议室|会议厅|洽谈室|房间|包间|包厢|办公室|教室|展厅|室(?![内外温])|房(?![产地]))"
)
_ROOM_BEGINS, _HOUSE_ENDS = frozenset("大小多会洽房包办教展室"), frozenset("栋幢座楼元")
_HOUSE = re.compile(r"\d[栋幢座楼](?:\d单元)?\Z")
_FIELD = re.compile(r"[数量额]:\Z")
_IS = ("是", "为")
_AND_NOT = re.compile(r"\Z|[,。;!?]|[而却]?[不是]是?|[那这](?!个|家|样)")
_EDGE = re.compile(r"\Z|[^\w]|[的是有谁哪呢吗名]")


def ordinal(text: str, start: int, end: int, number: Numeral) -> Found | None:
    """Return the ordinal whose 第 stands at start and whose number ends at end."""
    if number.low is None or number.low != number.high or _NO_ORDINAL.match(text, end):
        return None
    behind = _BEHIND_ORDINAL.match(text, end)
    return Found(start, behind.end() if behind else end, "ordinal", spread(number))


def is_word(words: str, measure: str) -> bool:
    """Tell whether a numeral and a measure make a word (一起, 二次, 三方) and no count."""
    return words in SINGLE and (measure in LOOSE or words == "二")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a number without a unit is meant as one: no code, no version, no name."""
    words = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 2]
    if not words[0].isdecimal():
        return _chinese_alone(text, start, end)
    if (words[0] == "0" and len(words) > 1 and words[1] != ".") or (
        len(words) > 8 and sum(map(str.isdecimal, words)) > 8
    ):
        return False
    if (before in _NAMED_ENDS and _NAMED.search(text, max(0, start - 3), start)) or _is_room(text, start, end):
        return False
    if after[:1] == "后" and len(words) == 2:
        return False  # 90后
    if before == ":" and _FIELD.search(text, max(0, start - 3), start):
        before = ""  # 人数:5
    if before and (before in "-/_#@:." or (before.isascii() and before.isalpha())):
        return False
    return not (
        after and ((after[0].isascii() and after[0].isalpha()) or (after[0] in "-/:._" and after[1:].isdecimal()))
    )


def _is_room(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] in _ROOM_BEGINS and _ROOM.match(text, end):
        return True
    return text[start - 1 : start] in _HOUSE_ENDS and _HOUSE.search(text, max(0, start - 4), start) is not None


def _chinese_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("前", "后"):
        return _EDGE.match(text, end) is not None
    if end - start > 1 and not _TENS.isdisjoint(text[start:end]):
        return not after.isalnum() or _BOUNDED.match(text, end) is not None
    if before in _IS and _AND_NOT.match(text, end):
        return True
    return not (before.isalnum() or after.isalnum())
