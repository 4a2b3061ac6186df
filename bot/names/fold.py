"""Folds text for comparison, one character for one: width, script and letter case."""

from bot.parsing.normalise import normalise


def fold(text: str) -> str:
    """Return the text in one writing and lower case, every character in its place."""
    plain = normalise(text).text
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in plain)
