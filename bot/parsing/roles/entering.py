"""What a new project is called and who invests in it, as an order to enter one says."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.roles.who import firms

SHORTEST = 3


class Part(NamedTuple):
    """Words between two marks, with where they start in the utterance."""

    start: int
    text: str


@role("new_project")
def new_project(piece: Piece, slot: str) -> Any:
    """Return the name of a project to be entered."""
    named = _labelled(piece, "name_labels") or _after_order(piece) or _put_in(piece)
    if named is not None:
        return _taken(piece, named)
    spot = next(iter(piece.spots("project")), None)
    if spot is None:
        return None
    piece.claim(spot)
    if spot.linked:
        piece.linked[slot] = spot.refs[0].id
    return spot.text


@role("investors")
def investors(piece: Piece, slot: str) -> Any:
    """Return who invests: all firms named, and the words after 投资方 where nobody knows them."""
    said = _labelled(piece, "investor_labels")
    known = said and any(said.start <= s.start < said.start + len(said.text) for s in piece.spots("enterprise"))
    if said is None or known:
        return firms(piece, slot)
    return [*(firms(piece, slot) or ()), said.text]


def _parts(piece: Piece) -> list[Part]:
    said = piece.text[piece.start : piece.end]
    found = re.finditer(piece.roles["part_of_form"], said)
    return [Part(piece.start + match.start(), match[0]) for match in found]


def _labelled(piece: Piece, labels: str) -> Part | None:
    """Return what stands after a label, in its own part or the next."""
    parts = _parts(piece)
    for place, part in enumerate(parts):
        label = re.match(piece.roles[labels], part.text)
        if label is None:
            continue
        rest = Part(part.start + label.end(), part.text[label.end() :])
        after = parts[place + 1] if place + 1 < len(parts) else None
        chosen = rest if rest.text else after
        if chosen and chosen.text:
            return chosen
    return None


def _after_order(piece: Piece) -> Part | None:
    """Return the part right after 新建项目, if it is no other field of the form."""
    parts = _parts(piece)
    for part, after in pairwise(parts):
        if re.fullmatch(piece.roles["enter_order"], part.text):
            other = re.match(piece.roles["other_labels"], after.text) or len(after.text) < SHORTEST
            return None if other or not _names(piece, after) else after
    return None


def _put_in(piece: Piece) -> Part | None:
    """Return the name in 把5GWh钠离子电池项目录进系统, 新增今日头条数据标注基地项目."""
    for part in _parts(piece):
        for shape in piece.roles["put_in"]:
            match = re.search(shape, part.text)
            if match and len(match["name"]) > SHORTEST:
                return Part(part.start + match.start("name"), match["name"])
    return None


def _names(piece: Piece, part: Part) -> bool:
    """Tell whether a part reads like a project's name: it ends as one, or holds no more than names."""
    if part.text.endswith(piece.roles["investing_tails"]):
        return False
    if part.text.endswith(piece.roles["name_tails"]):
        return True
    tokens = [token for token in piece.tokens if part.start <= token.start < part.start + len(part.text)]
    return bool(tokens) and not any(token.entity in ("date", "period", "money", "unit", "area") for token in tokens)


def _taken(piece: Piece, part: Part) -> str:
    """Take the words as the name: what is named inside is part of it."""
    for start in _inside(piece.tokens, part):
        piece.claimed.add(start)
    return part.text


def _inside(tokens: Sequence[Any], part: Part) -> Iterator[int]:
    return (token.start for token in tokens if part.start <= token.start < part.start + len(part.text))
