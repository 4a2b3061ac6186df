"""The characters of a text two by two: most words of a list are ruled out by the two they begin with."""

from functools import lru_cache
from operator import add

_KEPT = 16  # the message at hand is looked through for several lists of words


@lru_cache(_KEPT)
def pairs_of(text: str) -> tuple[str, ...]:
    """Return the pairs of characters that stand together, in order."""
    return tuple(map(add, text, text[1:]))
