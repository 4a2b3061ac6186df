"""How they met: we went out, they came, by phone, at a fair."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.tokens import Token

_GOING = frozenset(("go", "go_out"))
_SEEN = frozenset(("place", "enterprise", "unit"))
_THEIRS = frozenset(("enterprise", "contact"))
_OURS = frozenset(("us", "me"))
_HERE = frozenset(("us", "us_unit", "city_whole"))
_VISITS = frozenset(("visit", "visit_plan"))
GOING_REACH = 4


@role("mode", early=1)
def mode(piece: Piece, _slot: str) -> str | None:
    """Return how they met, by the first clause that says so, else by looser words."""
    clauses = piece.clauses
    ways = [way for clause in clauses if (way := _way(piece, clause))]
    if not ways:
        return next((way for clause in clauses if (way := _loosely(piece, clause))), None)
    if ways[0] == "outbound" and any(_came_of_it(piece, clause) for clause in clauses) and not _went(piece):
        return "inbound"
    if ways[0] == "outbound" and "remote" in ways and _only_talked(piece, clauses):
        return "remote"
    return ways[0]


def _came_of_it(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether a clause says of them that it was they who came: 他们专程过来的."""
    signs = piece.roles["theirs_signs"]
    theirs = any(one.entity in _THEIRS or "guests" in one.concepts or one.text in signs for one in clause)
    said = piece.folded[clause[0].start : clause[-1].end]
    return theirs and re.search(piece.roles["came_of_it"], said) is not None


def _went(piece: Piece) -> bool:
    """Tell whether a word says that we went or visited; 在 does not."""
    words = [token for token in piece.tokens if token.text not in piece.roles["staying"]]
    return any(not (_GOING | _VISITS).isdisjoint(token.concepts) for token in words)


def _way(piece: Piece, clause: Sequence[Token]) -> str | None:
    said, done = _concepts(clause)
    if "call" in done:
        return "remote"
    entities = {token.entity for token in clause}
    firm, theirs = "enterprise" in entities, not _THEIRS.isdisjoint(entities)
    if (firm and _came_back(piece, clause)) or ("receive" in done and _met_away(piece, clause)):
        return "outbound"
    if "receive" in done:
        return "outbound" if _received_us(piece, clause) or _went_first(piece, clause) else "inbound"
    fetched = firm and "bare_receive" in said and _before_firm(clause, "bare_receive")
    if fetched or "event" in entities:
        return "inbound" if fetched else "event"
    if not done.isdisjoint(_VISITS) or (theirs and _met(piece, clause, said)):
        return "outbound"
    gone = None if done.isdisjoint(_GOING) else _going(piece, clause)
    came = (theirs or "guests" in said) and they_come(piece, clause)
    return gone or ("inbound" if came or ("look" in said and _party_seen(piece, clause)) else None)


def _concepts(clause: Sequence[Token]) -> tuple[set[str], set[str]]:
    """Return what the words of a clause stand for, and what those do that no 没 stands before: 没接待客商."""
    said: set[str] = set()
    for token in clause:
        said.update(token.concepts)
    if "not_yet" not in said:
        return said, said
    pairs = zip((None, *clause), clause, strict=False)
    done = [token for before, token in pairs if before is None or "not_yet" not in before.concepts]
    return said, {concept for token in done for concept in token.concepts}


def _met(piece: Piece, clause: Sequence[Token], said: set[str]) -> bool:
    """Tell whether a short word of meeting is said: 见了铭诚的人, 访铭诚."""
    met = not {token.text for token in clause}.isdisjoint(piece.roles["met_with"])
    return met or ("bare_visit" in said and _before_firm(clause, "bare_visit"))


def _before_firm(clause: Sequence[Token], concept: str) -> bool:
    """Tell whether a word stands right before a firm."""
    return any(concept in one.concepts and two.entity == "enterprise" for one, two in pairwise(clause))


def _party_seen(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether a firm's party looked at something, which is here: 铭诚一行六人看了两处厂房, 带铭诚看了仓库."""
    pairs = ((one, two) for one, two in pairwise(clause) if one.text in piece.roles["leading_them"])
    if any(two.entity == "enterprise" for _, two in pairs) and any("look" in token.concepts for token in clause):
        return True
    party = next((index for index, token in enumerate(clause) if "party" in token.concepts), 0)
    before, after = clause[:party], clause[party:]
    theirs = any(token.entity in _THEIRS for token in before) and not any(token.entity == "person" for token in before)
    return theirs and any("look" in token.concepts for token in after)


def _came_back(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether we come from them: 刚从铭诚出来."""
    for index, token in enumerate(clause[:-1]):
        if token.text in piece.roles["from_words"] and clause[index + 1].entity == "enterprise":
            return any(word.text in piece.roles["back_words"] for word in clause[index + 2 :])
    return False


def _met_away(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether all words of receiving are of meeting, and it was in another city: 在长沙会见."""
    words = [token for token in clause if "receive" in token.concepts]
    away = any(one.text in piece.roles["being_at"] and two.entity == "place" for one, two in pairwise(clause))
    return away and all(token.text in piece.roles["meeting"] for token in words)


def they_come(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether they are the ones who come: 铭诚的人下周三要来."""
    for index, token in enumerate(clause):
        if token.spot is not None or token.text not in piece.roles["comes"]:
            continue
        before, after = clause[:index], clause[index + 1 : index + 2]
        theirs = any(word.entity in _THEIRS or "guests" in word.concepts for word in before)
        ours = any(word.entity == "person" or _OURS.intersection(word.concepts) for word in before)
        if theirs and not ours and all(_ends_coming(piece, word) for word in after):
            return True
    return False


def _ends_coming(piece: Piece, after: Token) -> bool:
    """Tell whether a word may follow 来 where it is a coming: 来谈, 来20人."""
    units = (*piece.roles["people_units"], *piece.roles["counted_units"])
    return (after.entity == "count" and after.text.endswith(units)) or after.text in piece.roles["come_tails"]


def _denied(before: Token | None) -> bool:
    """Tell whether what follows a word did not happen: 没接待客商."""
    return before is not None and "not_yet" in before.concepts


def _received_us(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether they received us: 五粮液接待了我们."""
    for index, token in enumerate(clause):
        if "receive" in token.concepts:
            after = [word for word in clause[index + 1 : index + 3] if word.text not in piece.roles["past_words"]]
            theirs = any(word.entity in _THEIRS for word in clause[:index])
            return theirs and bool(after) and bool(_OURS.intersection(after[0].concepts))
    return False


def _went_first(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether we went to them before they said they would come: 去铭诚聊了,他们说月底来看."""
    came = next(index for index, token in enumerate(clause) if "receive" in token.concepts)
    before = clause[:came]
    if not any(token.entity in _THEIRS for token in before):
        return False
    visited = any("visit" in token.concepts and token.text not in piece.roles["talked"] for token in before)
    gone = (at for at, token in enumerate(before) if _GOING.intersection(token.concepts))
    return visited or any(word.entity in _THEIRS for at in gone for word in before[at + 1 : at + GOING_REACH])


def _going(piece: Piece, clause: Sequence[Token]) -> str | None:
    """Return who went: we to a place or firm, they to one of our places, or 他们明天到."""
    for index, token in enumerate(clause):
        if not _GOING.intersection(token.concepts):
            continue
        theirs = any(word.entity in _THEIRS or "guests" in word.concepts for word in clause[:index])
        ours = any(word.entity == "person" or _OURS.intersection(word.concepts) for word in clause[:index])
        seen = next((word for word in clause[index + 1 : index + GOING_REACH] if word.entity in _SEEN), None)
        comes = token.text in piece.roles["arriving"] and theirs and not ours
        here = index + 1 < len(clause) and _HERE.intersection(clause[index + 1].concepts)
        if comes and (here or index + 1 == len(clause) or (seen is not None and seen.entity == "unit")):
            return "inbound"
        if seen is not None or any(word.entity in ("place", "enterprise") for word in clause):
            return "outbound"
    return None


def _only_talked(piece: Piece, clauses: Sequence[Sequence[Token]]) -> bool:
    """Tell whether no word but one of talking says that we went: 聊了聊, 线上聊的."""
    visits = [token for clause in clauses for token in clause if "visit" in token.concepts]
    gone = any(_GOING.intersection(token.concepts) for clause in clauses for token in clause)
    return not gone and all(token.text in piece.roles["talked"] for token in visits)


def _loosely(piece: Piece, clause: Sequence[Token]) -> str | None:
    """Return how they met by everyday words: 过来坐了坐, 电联了."""
    said = piece.folded[clause[0].start : clause[-1].end]
    return next((way for way, words in piece.roles["loose_ways"].items() if any(word in said for word in words)), None)
