"""Cuts the words of an utterance into clauses: at commas, at 顺便, and before the numbers of a list."""

from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

TURN_REACH = 6
_DAYS = frozenset(("date", "period", "moment"))
_DOING = frozenset(("visit", "visit_plan", "receive", "call", "go", "go_out", "remind", "register", "lead_word")) | {
    "transfer"
}


class Clauses:
    """Knows what ends a clause and what begins one."""

    def __init__(self, lexicon: Lexicon) -> None:
        roles = lexicon.roles
        self._separators = frozenset(roles["separators"])
        self._lists = frozenset(roles["list_marks"])
        self._stops = frozenset(roles["full_stops"])
        self._asides = frozenset(roles["asides"])
        self._numbers = frozenset(roles["item_numbers"])
        self._circled = frozenset(roles["circled_numbers"])
        self._turns, self._filling = frozenset(roles["turning"]), frozenset(roles["turn_filling"])
        self._opening = self._asides | self._numbers | self._circled | self._turns
        self._behind_number = frozenset(roles["item_marks"])

    def cut(self, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        """Yield clauses with the mark that ends them."""
        start = 0
        asked = False  # the word before asks how many
        for index, token in enumerate(tokens):
            text = token.text
            if (asked and token.entity == "stage") or (text in self._opening and self._begins(tokens, start, index)):
                yield tokens[start:index]  # 签约几个开工几个; 接待8人顺便问一下
                start = index
            listed = asked and text in self._lists
            asked = "how_many" in token.concepts
            if (listed or text in self._separators) and token.spot is None:
                yield tokens[start : index + 1]
                start = index + 1
        if start < len(tokens):
            yield tokens[start:]

    def _begins(self, tokens: Sequence[Token], start: int, index: int) -> bool:
        """Tell whether an aside or the number of an item begins a clause inside another."""
        if index == start:
            return False
        if tokens[index].text in self._turns:
            return self._turns_to(tokens, index)
        return tokens[index].text in self._asides or self.numbered(tokens, index)

    def _turns_to(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether something done comes next, not one more of a list: 然后下午呢接待了铭诚."""
        after = [t for t in tokens[index + 1 : index + 1 + TURN_REACH] if t.text not in self._filling]
        while after and after[0].entity in _DAYS:
            after.pop(0)
        return bool(after) and bool(_DOING.intersection(after[0].concepts))

    def numbered(self, tokens: Sequence[Token], index: int = 0) -> bool:
        """Tell whether the number of an item stands here: 二、登记线索."""
        if tokens and tokens[index].text in self._circled:
            return True
        if index + 1 >= len(tokens) or tokens[index].text not in self._numbers:
            return False
        apart = index == 0 or tokens[index - 1].text in self._separators or not tokens[index - 1].text.strip(" :")
        return apart and tokens[index + 1].text in self._behind_number

    def told(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return words without the number of an item before them, which counts nothing."""
        if not self.numbered(tokens):
            return tokens
        return tokens[1 if tokens[0].text in self._circled else 2 :]

    def stopped(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a full stop, and no comma, ends these words."""
        last = next((token.text for token in reversed(tokens) if token.text.strip(" ")), "")
        return last in self._stops
