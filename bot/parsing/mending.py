"""Drops what a speaker takes back in the same breath: 昨天封顶,啊不对,是前天封顶的."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

_DAYS = frozenset(("date", "period", "moment"))
_NAMES = frozenset(("enterprise", "project", "person", "contact", "unit", "place"))
_KINDS = _DAYS | _NAMES | {"money", "count", "ordinal", "stage", "metric", "ratio", "area"}


def mended(tokens: Sequence[Token], roles: Mapping[str, Any]) -> Sequence[Token]:
    """Return the words without the first of two values, the words that take it back, and the sign between."""
    nos = roles["no_alone"]
    turns = [index for index, token in enumerate(tokens) if token.text in nos or "turn" in token.concepts]
    for index in reversed(turns):
        denied = tokens[index].text in nos
        if denied and not _by_itself(tokens, index, roles):
            tokens = _not_but(tokens, index, roles)
        elif _in_breath(tokens, index, roles):
            tokens = _taken_back(tokens, index, roles)
    return tokens


def _by_itself(tokens: Sequence[Token], index: int, roles: Mapping[str, Any]) -> bool:
    """Tell whether a no stands alone between stops: 上个月,不是,是今年一月."""
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return before in (*roles["separators"], *roles["pauses"], *roles["hesitating"]) and after in roles["separators"]


def _in_breath(tokens: Sequence[Token], index: int, roles: Mapping[str, Any]) -> bool:
    """Tell whether the sign stands after a clause with something to take back; 张局不对 corrects a record."""
    start = _clause_start(tokens, index, roles)
    told = any(token.entity in _KINDS for token in tokens[:start])
    return told and not any("last_record" in token.concepts for token in tokens)


def _taken_back(tokens: Sequence[Token], index: int, roles: Mapping[str, Any]) -> Sequence[Token]:
    start, dropped = _clause_start(tokens, index, roles), set[int]()
    for spot in _first_said(tokens[index + 1 :], roles):
        before = [t for t in tokens[:start] if t.spot and _kind(t.spot) == _kind(spot)]
        alike = [t for t in before if t.text[-1] == spot.text[-1]] or before
        if alike and alike[-1].spot and alike[-1].spot.value != spot.value:
            dropped.add(alike[-1].start)
    if not dropped:
        return tokens
    end = index + 1
    while end < len(tokens) and tokens[end].spot is None and tokens[end].text in roles["separators"]:
        end += 1
    return [token for at, token in enumerate(tokens) if not start <= at < end and token.start not in dropped]


def _not_but(tokens: Sequence[Token], index: int, roles: Mapping[str, Any]) -> Sequence[Token]:
    """Return the words without 不是7亿,是 where 7亿 was said before."""
    denied = tokens[index + 1].spot if index + 1 < len(tokens) else None
    after = next((at for at in range(index + 2, len(tokens)) if tokens[at].text in roles["is_words"]), None)
    said = [t for t in tokens[:index] if t.spot and denied and _alike(t.spot, denied) and _kind(t.spot) in _KINDS]
    if tokens[index].text not in roles["not_is"]:
        return tokens
    asked = denied is not None and denied.entity == "metric"  # no record has one to correct
    if denied is None or after is None or after + 1 >= len(tokens) or not (said or asked):
        return tokens
    instead = tokens[after + 1].spot
    if instead is None or _kind(instead) != _kind(denied):
        return tokens
    dropped = {said[-1].start} if said else set()
    return [t for at, t in enumerate(tokens) if not index <= at <= after and t.start not in dropped]


def without_denied(tokens: Sequence[Token], roles: Mapping[str, Any]) -> Sequence[Token]:
    """Return the words without a value denied where another is said instead: 不是南溪,是高县."""
    for index, token in enumerate(tokens[:-1]):
        after = [other.text for other in tokens[index + 2 :]]
        if (
            token.text in roles["not_is"]
            and tokens[index + 1].spot
            and any(word in roles["is_words"] for word in after)
        ):
            return [*tokens[:index], *tokens[index + 2 :]]
    return tokens


def _clause_start(tokens: Sequence[Token], index: int, roles: Mapping[str, Any]) -> int:
    """Return where the words that take back begin: after the last stop, or with 啊, 哦 before the sign."""
    start = index
    while start and tokens[start - 1].text in roles["hesitating"]:
        start -= 1
    stops = (*roles["separators"], *roles["pauses"])
    stopped = start and tokens[start - 1].spot is None and tokens[start - 1].text in stops
    return start if stopped or start < index or "turn_alone" in tokens[index].concepts else 0


def _first_said(tokens: Sequence[Token], roles: Mapping[str, Any]) -> list[Spot]:
    """Return the mentions of the first clause that has any."""
    found: list[Spot] = []
    for token in tokens:
        if token.spot is None and token.text in roles["separators"] and found:
            break
        if token.spot and token.entity in _KINDS:
            found.append(token.spot)
    return found


def _alike(one: Spot, other: Spot) -> bool:
    """Tell whether two mentions say the same, one of them perhaps as a guess: 大概五千万, 五千万."""
    return bool(_sure(one.value) == _sure(other.value))


def _sure(value: Any) -> Any:
    return {key: each for key, each in value.items() if key != "approx"} if isinstance(value, dict) else value


def _kind(spot: Spot) -> str:
    return "days" if spot.entity in _DAYS else spot.entity
