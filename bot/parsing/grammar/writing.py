"""The last touch before reading: capital numerals, and commas that part clauses between digits."""

import re

_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d)")
_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_SMALL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# 伍 and 陆 alone are surnames, 大陆 a place
_CAPITAL_NUMERAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{2,}|[壹贰叁肆伍陆柒捌玖](?=[万亿])")


def ready(given: str, normalised: str) -> str:
    """Return the normalised text ready for the grammar, each character in its place."""
    # between digits a full-width comma parts clauses, a half-width one may group thousands
    text = normalised
    for comma in _WIDE_COMMA.finditer(given):
        text = text[: comma.start()] + "，" + text[comma.end() :]
    if _CAPITALS.isdisjoint(text):
        return text
    return _CAPITAL_NUMERAL.sub(lambda match: match[0].translate(_SMALL), text)
