"""Whole messages that are set phrases: greetings, thanks, yes, no, stop; alone, said twice or one after another."""

import re
from collections.abc import Callable, Sequence

from bot.names.fold import fold

FARTHEST = 40  # characters of a set phrase with courtesy around it
LONGEST = 24  # characters of a message that may be several set phrases
PHRASE = 12
SHORTEST = 2  # of one among several
# what several set phrases together mean: the first of these that is among them
WEIGHTIEST = ("undo", "cancel", "help", "deny", "thanks", "greet", "confirm")
_NO_WORDS = re.compile(r"[\W_]+")


class Courtesies:
    """Knows set phrases and the words of courtesy around them."""

    def __init__(self, whole: Callable[[str], str | None], fillers: Sequence[str]) -> None:
        self._whole = whole
        self._fillers = sorted(fillers, key=len, reverse=True)
        self._first, self._last = (frozenset(filler[end] for filler in fillers) for end in (0, -1))

    def intent(self, text: str) -> str | None:
        """Return the intent that all of a text is a set phrase of."""
        words = fold(text).strip()
        if len(words) > FARTHEST:
            return None
        if alone := self._whole(words) or self._whole(self._bare(words)):
            return alone
        if len(words) > LONGEST:
            return None
        found: set[str] = set()
        for clause in filter(None, _NO_WORDS.split(words)):
            said = self._said(clause)
            if not said:
                return None
            found |= said
        return next((intent for intent in WEIGHTIEST if intent in found), None)

    def _bare(self, words: str) -> str:
        """Return the words without courtesy around them, as soon as they are a set phrase."""
        words = _NO_WORDS.sub("", words) or words
        if words[:1] not in self._first and words[-1:] not in self._last:
            return words
        for skipped in [filler for filler in self._fillers if filler in words]:
            if len(words) > len(skipped) and not self._whole(words):
                words = words.removeprefix(skipped).removesuffix(skipped)
        return words

    def _said(self, clause: str) -> set[str]:
        """Return the intents a clause is made of, nothing where other words stand in it."""
        if alone := self._whole(clause) or self._whole(self._bare(clause)):
            return {alone} & {*WEIGHTIEST}
        found: set[str] = set()
        place, before = 0, ""
        while place < len(clause):
            phrase = self._phrase(clause, place)
            if phrase and phrase[1:] != before:
                found.add(self._whole(phrase) or "")
                before = phrase
            else:
                phrase = next((word for word in self._fillers if clause.startswith(word, place)), "")
            if not phrase:
                return set()
            place += len(phrase)
        return found & {*WEIGHTIEST}

    def _phrase(self, clause: str, place: int) -> str:
        """Return the longest set phrase that stands at a place; a single character is none among others."""
        ends = range(min(len(clause), place + PHRASE), place + SHORTEST - 1, -1)
        return next((clause[place:end] for end in ends if self._whole(clause[place:end])), "")
