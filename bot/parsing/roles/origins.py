"""Where something comes from: the trade it is of, the source of a lead, the origin of funds."""

import re
from itertools import pairwise
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role


@role("trade")
def trade(piece: Piece, _slot: str) -> Any:
    """Return the trade as said."""
    shown = piece.roles["only_shown"]
    spot = next((spot for spot in piece.spots("industry") if not piece.rest(spot).startswith(shown)), None)
    if spot is not None:
        return piece.claim(spot).value
    return _trade_of_projects(piece) if piece.spec.question else _trade_of_form(piece)


def _trade_of_form(piece: Piece) -> str | None:
    """Return what a form gives as the trade: 行业:光学."""
    labels = piece.lexicon.words("field", "industry")
    for (label, mark), what in zip(pairwise(piece.tokens), piece.tokens[2:], strict=False):
        if label.text in labels and mark.text in piece.roles["field_marks"] and what.text in piece.lexicon.trades:
            return what.text
    return None


def _trade_of_projects(piece: Piece) -> str | None:
    """Return a word for a trade right before 项目, which elsewhere is but a part of firms' names: 电子项目."""
    word = piece.book.words.project_word
    pairs = pairwise(piece.tokens)
    return next(
        (one.text for one, two in pairs if one.text in piece.lexicon.trades and two.text.startswith(word)), None
    )


@role("source")
def source(piece: Piece, _slot: str) -> Any:
    """Return where a lead comes from."""
    told = re.search(piece.roles["source_form"], piece.said)
    if told:
        return told["source"].strip(piece.roles["trim"]) or None
    for clause in piece.clauses:
        words = piece.folded[clause[0].start : clause[-1].end]
        for verb in piece.roles["source_after"]:
            place = words.find(verb)
            if place > 1:
                start = max(words.rfind(mark, 0, place) + 1 for mark in piece.roles["source_marks"])
                heard = re.fullmatch(piece.roles["only_heard"], words[start:place]) is not None
                if start < place and not (heard or words[start:place].endswith(piece.roles["denials"])):
                    return words[start:place].strip(piece.roles["trim"]) or None
    words = re.sub(piece.roles["phone_label"], "", piece.plain())
    named = next((word for word in piece.roles["sources"] if word in words), None)
    return named or _fair(piece)


def _fair(piece: Piece) -> str | None:
    """Return the fair a lead was got at: 在华创会上得到一条线索."""
    at = piece.roles["lead_came_by"]
    from_words = piece.roles["from_words"]
    for spot in piece.spots("event"):
        if piece.rest(spot).startswith(at) or piece.lead(spot).endswith(from_words):
            return str(piece.claim(spot).value)
    return None


@role("origin")
def origin(piece: Piece, _slot: str) -> Any:
    """Return where reported funds come from."""
    words = piece.said
    for mark in piece.roles["part_of_it"]:
        words = words.split(mark)[0]  # 其中省外5000万 says nothing of the rest
    code = piece.lexicon.code("origin", words) or _of_metric(piece, words)
    return None if code == "outside_city" else code


def _of_metric(piece: Piece, words: str) -> str | None:
    """Return the origin that the name of a figure says: 到了笔外资."""
    named = {str(token.spot.value) for token in piece.tokens if token.spot and token.entity == "metric"}
    own = {origin for origin, metric in piece.roles["origin_metrics"].items() if metric in named}
    said = any(token.entity == "metric" and token.text in words for token in piece.tokens)
    return own.pop() if said and len(own) == 1 else None
