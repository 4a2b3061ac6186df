"""The last touch before reading: capital numerals, commas that part clauses, spaces inside a number or date."""

import re

_WIDE_COMMA = re.compile(r"(?<=[0-9])，(?=[0-9])")
_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_SMALL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# 伍 and 陆 alone are surnames, 大陆 a place
_CAPITAL_NUMERAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{2,}|[壹贰叁肆伍陆柒捌玖](?=[万亿])")

# 来了俩人, 仨客商; 哥俩, 他俩 name people
_FUSED = re.compile(r"(?<![哥姐他她你我咱们爷娘夫])(?:俩|仨)(?=[人个客老领技专股投外代伙朋])")
_NEXT_SUM = re.compile(r"(?<=[万亿元])一(?=[笔家])")  # 一笔200万一笔350万
_FUSED_PLAIN = str.maketrans("俩仨", "两三")

_FIGURE = r"[\d一二两三四五六七八九十百千几半]"
_UNIT = (
    r"(?:年|月(?!亮)|日(?![本期])|号|点|时|分[钟之]?|秒|天|周|个|季度|小时|多?[万亿]|余[万亿]|成|折|亩"
    r"|分之|百分点|至|到)"
)
_INNER_SPACE = re.compile(
    rf"(?<={_FIGURE}) +(?={_UNIT})|(?<=[至到近第前之]) +(?={_FIGURE})"
    r"|(?<=年) +(?=(?:\d{1,2}|[一二三四五六七八九十]+) *(?:月|季度|-))"
    r"|(?<=月) +(?=(?:\d{1,2}|[一二三四五六七八九十]+) *[日号])|(?<=[年月日号]) +(?=[至到])"
)


def plain_capitals(text: str) -> str:
    """Return a text of numerals with its capitals written plainly."""
    return text.translate(_SMALL)


def squeezed(text: str) -> tuple[str, list[int]]:
    """Return the text without the spaces inside its numbers and dates, and where each character stood."""
    dropped = {place for gap in _INNER_SPACE.finditer(text) for place in range(*gap.span())}
    places = [place for place in range(len(text)) if place not in dropped]
    return "".join(text[place] for place in places), places


def ready(given: str, normalised: str) -> str:
    """Return the normalised text ready for the grammar, each character in its place."""
    # between digits a full-width comma parts clauses, a half-width one may group thousands
    text = normalised
    for comma in _WIDE_COMMA.finditer(given) if "，" in given else ():
        text = text[: comma.start()] + "，" + text[comma.end() :]
    if "一笔" in text or "一家" in text:
        text = _NEXT_SUM.sub("，", text)
    if "俩" in text or "仨" in text:
        text = _FUSED.sub(lambda match: match[0].translate(_FUSED_PLAIN), text)
    if _CAPITALS.isdisjoint(text):
        return text
    return _CAPITAL_NUMERAL.sub(lambda match: match[0].translate(_SMALL), text)
