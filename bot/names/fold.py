"""Folds text for comparison, one character for one: width, script and letter case."""

from functools import lru_cache

from bot.parsing.normalise import normalise

_KEPT = 2048  # the message at hand is folded several times, and names and events with each message


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """Return the text in one writing and lower case, every character in its place."""
    plain = normalise(text).text
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in plain)
