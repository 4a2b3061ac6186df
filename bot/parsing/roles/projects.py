"""Which project: by its name, its investor, its product, or as said."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.names.fold import fold
from bot.names.forms import SHORTEST
from bot.names.index import Ref
from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.spots import Spot


@role("project")
def project(piece: Piece, slot: str) -> Any:
    """Return the project meant: by its name, its investor, or a nickname."""
    spots = piece.spots("project")
    best = next((spot for spot in spots if spot.linked), None) or next(iter(spots), None)
    known = _known(piece, best)
    if known is not None:
        return piece.link(slot, known)
    said = best or next(iter(piece.spots("enterprise")), None)
    if said is not None:
        piece.unknown.append(slot)
        return piece.claim(said).text
    return _trade_project(piece, slot)


def _known(piece: Piece, best: Spot | None) -> Spot | None:
    """Return what the ledger knows: the project named, the firm's, or one by its product."""
    if best is not None and best.refs:
        return _narrowed(piece, best)
    if best is not None and (part := _by_part(piece, best)):
        return part
    named = [spot for spot in piece.spots("enterprise") if spot.refs]
    backed = _backed(piece, named[0]) if named else None
    if backed is not None:
        piece.claim(named[0])
        return _narrowed(piece, backed)
    strangers = [spot for spot in piece.spots("enterprise") if not spot.refs] if not named else []
    parts = (_by_part(piece, spot) for spot in strangers)  # 蜀璟食品肉制品, a firm with what it makes
    if part := next((part for part in parts if part), None):
        return _narrowed(piece, part)
    nickname = _nickname(piece, best)
    return _narrowed(piece, nickname) if nickname else None


def _nickname(piece: Piece, best: Spot | None) -> Spot | None:
    """Return the surest product named that is no part of a project nobody knows: 储能项目 in 天合储能项目."""
    free = [spot for spot in _weak(piece) if best is None or not best.start <= spot.start < best.end]
    return max(free, key=lambda spot: (spot.refs[0].weight, spot.end - spot.start, -spot.start), default=None)


def _weak(piece: Piece) -> Iterator[Spot]:
    starts = {token.start for token in piece.tokens}
    return (spot for spot in piece.weak if spot.start in starts)


def _by_part(piece: Piece, said: Spot) -> Spot | None:
    """Return a firm's project that is named by a part of its name: 茂钦建材节能门项目 for 节能门窗."""
    words, book = fold(said.text), piece.book
    for size in range(len(words) - 1, SHORTEST - 1, -1):
        firms = [ref for ref in book.spoken.get(words[:size]) if ref.kind == "enterprise"]
        if firms:
            rest = words[size:].removesuffix(book.words.project_word).strip(book.words.joints)
            ids = [one for ref in firms for one in book.backed_by(ref.id)]
            ids = [one for one in ids if len(rest) >= SHORTEST and rest in fold(book.rows["project"][one].name)]
            return _as_project(piece, said, ids)
    return None


def _narrowed(piece: Piece, spot: Spot) -> Spot:
    """Narrow a project that fits several to the unit, firm or product named beside it: 临港那个显示模组项目."""
    if not spot.doubtful or spot.close:
        return spot
    book, kept = piece.book, [ref.id for ref in spot.refs]
    units = [unit.refs[0].id for unit in piece.spots("unit") if unit.linked]
    rows = book.rows["project"]
    firms = {one for firm in piece.spots("enterprise") for ref in firm.refs for one in book.backed_by(ref.id)}
    products = {ref.id for weak in _weak(piece) for ref in weak.refs}
    for fitting in (
        {one for one in kept if any(book.within(rows[one].unit_id, unit) for unit in units)},
        firms,
        products,
    ):
        kept = [one for one in kept if one in fitting] or kept
    return _as_project(piece, spot, kept) or spot


def _as_project(piece: Piece, said: Spot, ids: list[int]) -> Spot | None:
    """Return words as a mention of these projects."""
    if not ids:
        return None
    ids = sorted(ids, key=lambda one: piece.book.rows["project"][one].ended)
    names = tuple(piece.book.name("project", one) for one in ids)
    refs = tuple(Ref("project", one, 1.0) for one in ids)
    value = names[0] if len(ids) == 1 else said.text
    return replace(said, entity="project", value=value, refs=refs, names=names, close=False)


def _backed(piece: Piece, firm: Spot) -> Spot | None:
    """Return the projects a firm invests in as a mention of a project."""
    ids = [project for ref in firm.refs for project in piece.book.backed_by(ref.id)]
    unit = piece.speaker.unit_id if piece.speaker else None
    if len(ids) > 1 and unit is not None:
        rows = piece.book.rows["project"]
        ids = [one for one in ids if piece.book.within(rows[one].unit_id, unit)] or ids
    return _as_project(piece, firm, ids)


def _trade_project(piece: Piece, slot: str) -> str | None:
    """Return 光伏项目 as said: a project by its trade that the ledger does not know."""
    word = piece.book.words.project_word
    for spot in piece.spots("industry"):
        if piece.rest(spot).startswith(word):
            piece.unknown.append(slot)
            return piece.claim(spot).text + word
    return None


@role("project_backed")
def project_backed(piece: Piece, slot: str) -> Any:
    """Return a project the ledger knows, by its name or its investor; words alone are none."""
    spot = next((spot for spot in piece.spots("project") if spot.linked), None)
    spot = spot or _known(piece, next(iter(piece.spots("project")), None))
    return piece.link(slot, spot) if spot and spot.linked else None


@role("project_transferred")
def project_transferred(piece: Piece, slot: str) -> Any:
    """Return a project named outright, or a firm's where 二期 or 项目 says that it is meant."""
    return project_said(piece, slot) or _of_phase(piece, slot)


def _of_phase(piece: Piece, slot: str) -> Any:
    """Return the project of a firm named with a phase or as its project: 朗禾酒业二期, 朗禾酒业的项目."""
    word, phases = piece.book.words.project_word, piece.roles["phases"]
    for token, *after in zip(piece.tokens, piece.tokens[1:], [*piece.tokens[2:], None], strict=False):
        said = [one.text for one in after if one and one.text not in piece.roles["of_words"]][:1]
        if token.spot is None or token.entity != "enterprise" or not said or said[0] not in (word, *phases):
            continue
        backed = _backed(piece, token.spot)
        if backed is not None and backed.linked and (said[0] == word or said[0] in backed.names[0]):
            piece.claim(token.spot)
            return piece.link(slot, backed)
    return None


@role("project_linked", of=("project",))
@role("project_said", of=("project",))
def project_said(piece: Piece, slot: str) -> Any:
    """Return a project named outright, linked or as said."""
    spot = next(iter(piece.spots("project")), None)
    if spot is None:
        return None
    known = spot if spot.linked else _known(piece, spot)
    value = piece.link(slot, known if known and known.linked else spot)
    if slot in piece.unknown:
        piece.unknown.remove(slot)
    return value
