"""How far an address reaches around its title: 技术总监, 投资部部长沈涛, 志强局长."""

from collections.abc import Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

NAME_SIZES = (3, 2)
WORDS_BEFORE = 4


class Address:
    """Knows departments and how names stand beside titles."""

    def __init__(self, lexicon: Lexicon) -> None:
        roles = lexicon.roles
        self._lexicon = lexicon
        self._departments = tuple(sorted(roles["departments"], key=len, reverse=True))
        self._sections = ("", *roles["sections"])
        self._familiar = frozenset(roles["familiar"])

    def head(self, text: str, tokens: Sequence[Token], index: int) -> int:
        """Return where the departments before a title start: 区域|经理, 投资部|部长."""
        place = tokens[index].start
        starts = {
            token.start for token in tokens[max(0, index - WORDS_BEFORE) : index] if token.entity in ("", "place")
        }
        found: int | None = place
        while found is not None:
            place = found
            found = self._department(text[:place], starts, tokens, inner=place < tokens[index].start)
        return place

    def _department(self, lead: str, starts: set[int], tokens: Sequence[Token], *, inner: bool) -> int | None:
        """Return where one more department before a title starts: 部 of 投资部 only right before it."""
        for section in ("",) if inner else self._sections:
            stem = lead.removesuffix(section)
            if not lead.endswith(section) or not stem.endswith(self._departments):
                continue
            department = next((word for word in self._departments if stem.endswith(word)), "")
            start = len(stem) - len(department)
            if department and start in starts and self._apart(tokens, start, department):
                return start
        return None

    def _apart(self, tokens: Sequence[Token], start: int, department: str) -> bool:
        """Tell whether a word that also ends firms' names stands for itself: not 华锐物流经理."""
        before = next((token for token in reversed(tokens) if token.end <= start), None)
        if department in (*self._lexicon.legal, *self._lexicon.bodies):
            return before is None or before.text in self._lexicon.stops or not before.text.isalnum()
        return (
            department not in self._lexicon.trades
            or before is None
            or self._closes(before)
            or before.text in self._lexicon.trades
        )

    def tail(self, text: str, tokens: Sequence[Token], index: int) -> int:
        """Return where a name right after a title ends: 副总经理|吴敏, 总监|小谭."""
        place = tokens[index].end
        after = tokens[index + 1 : index + 4]
        short = len(tokens[index].text) == 1
        if short or not after or after[0].spot is not None or after[0].start != place:
            return place
        if after[0].text in self._familiar:
            named = len(after) > 1 and after[1].text in self._lexicon.titles.surnames
            return after[1].end if named and self._ends(tokens, after[1].end) else place
        return self.name(text, tokens, index + 1) or place

    def name(self, text: str, tokens: Sequence[Token], index: int) -> int | None:
        """Return the end of a whole name nobody knows that starts here."""
        after = tokens[index : index + 3]
        if not after or after[0].text in self._lexicon.stops:
            return None
        place = after[0].start
        if text[place : place + 1] not in self._lexicon.titles.surnames:
            return None
        ends = {token.end for token in after if token.spot is None}
        for size in NAME_SIZES:
            end = place + size
            if end in ends and self._given(tokens, place, end) and self._ends(tokens, end):
                return end
        return None

    def _given(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether what follows a surname is single characters that say nothing by themselves."""
        words = [token for token in tokens if start <= token.start < end]
        return len(words) == end - start and all(map(self._strange, words[1:]))

    def _strange(self, token: Token) -> bool:
        said = token.text in self._lexicon.stops and token.text not in self._lexicon.soft
        return token.spot is None and token.text.isalpha() and not token.concepts and not said

    def _ends(self, tokens: Sequence[Token], end: int) -> bool:
        after = next((token for token in tokens if token.start >= end), None)
        return after is None or self._closes(after)

    def _closes(self, token: Token) -> bool:
        return token.spot is not None or token.text in self._lexicon.stops or not token.text.isalnum()

    def full_name(self, text: str, tokens: Sequence[Token], index: int) -> int | None:
        """Return where a whole name right before a title starts: 陈建国|董事长."""
        place = tokens[index].start
        for size in NAME_SIZES:
            start = place - size
            words = [token for token in tokens if start <= token.start < place]
            if start < 0 or not words or words[0].start != start:
                continue
            before = next((token for token in reversed(tokens) if token.end <= start), None)
            apart = before is None or self._closes(before)
            surname = text[start] in self._lexicon.titles.surnames
            if surname and apart and self._given(tokens, start, place):
                return start
        return None

    def familiar(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return the end of 小李 or 老王 where they stand by themselves."""
        if index + 1 >= len(tokens) or tokens[index].text not in self._familiar:
            return None
        name = tokens[index + 1]
        apart = index == 0 or self._closes(tokens[index - 1])
        given = (
            tokens[index].text in self._lexicon.roles["before_given"] and len(name.text) == 1 and self._strange(name)
        )
        if not apart or name.spot is not None or not (given or name.text in self._lexicon.titles.surnames):
            return None
        return name.end if self._ends(tokens, name.end) else None
