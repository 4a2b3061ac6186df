"""Trade fairs by what they show: 佛山陶瓷展, 深圳国际电子展览会."""

from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token


class Fairs:
    """Finds fairs by the trade they are of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tails, self._words = frozenset(lexicon.roles["fair_tails"]), frozenset(lexicon.roles["fair_words"])
        self._trades = lexicon.trades

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Spot]:
        """Yield fairs whose trade stands before the word for a fair, with the place named before it."""
        tails = self._tails
        for index, token in enumerate(tokens):
            if token.text not in tails or (token.spot is not None and token.entity != "event"):
                continue
            start = index
            while start and self._shown(tokens[start - 1]):
                start -= 1
            if not any(map(self._trade, tokens[start:index])):
                continue
            while start and tokens[start - 1].entity == "place":
                start -= 1
            said = text[tokens[start].start : token.end]
            yield Spot("event", tokens[start].start, token.end, said, said)

    def _shown(self, token: Token) -> bool:
        return self._trade(token) or (token.spot is None and token.text in self._words)

    def _trade(self, token: Token) -> bool:
        return token.entity == "industry" or (token.spot is None and token.text in self._trades)
