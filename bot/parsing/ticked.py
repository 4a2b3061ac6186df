"""A reminder just made that is told to be done: 催交初设,已完成."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue import DialogueState
from bot.parsing.intents import IntentSpec
from bot.parsing.piece import Piece
from bot.parsing.reading import Command
from bot.parsing.slots import fill

_OWN = frozenset(("{stage}", "{money}", "{ratio}", "question", "remind", "problem"))
_SAME = 0.6  # how much of what is said the reminder must hold
CONFIDENCE = 0.9


def ticked(piece: Piece, state: DialogueState, intents: Mapping[str, IntentSpec]) -> Command | None:
    """Return the command that closes the to-do just set, where its own words are said to be done."""
    record = state.record
    if record is None or state.last != record or record.intent != "remind_me":
        return None
    if "done" not in piece.features or _OWN & piece.features:
        return None
    said = [token.text for token in piece.tokens if "done" not in token.concepts and token.text.isalnum()]
    text = str(record.slots.get("text", ""))
    held = sum(len(word) for word in said if all(char in text for char in word))
    if held < _SAME * sum(map(len, said)):
        return None
    alone = replace(piece, spec=intents["complete_task"], slots={}, linked={}, doubts={}, unknown=[], claimed=set())
    return fill(alone, CONFIDENCE)
