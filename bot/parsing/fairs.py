"""Trade fairs by what they show: 佛山陶瓷展, 深圳国际电子展览会."""

from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token


def fairs(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Spot]:
    """Yield fairs whose trade stands before the word for a fair, with the place named before it."""
    for index, token in enumerate(tokens):
        if token.text not in lexicon.roles["fair_tails"] or (token.spot is not None and token.entity != "event"):
            continue
        start = index
        while start and _shown(tokens[start - 1], lexicon):
            start -= 1
        if not any(_trade(word, lexicon) for word in tokens[start:index]):
            continue
        while start and tokens[start - 1].entity == "place":
            start -= 1
        said = text[tokens[start].start : token.end]
        yield Spot("event", tokens[start].start, token.end, said, said)


def _shown(token: Token, lexicon: Lexicon) -> bool:
    return _trade(token, lexicon) or (token.spot is None and token.text in lexicon.roles["fair_words"])


def _trade(token: Token, lexicon: Lexicon) -> bool:
    return token.entity == "industry" or (token.spot is None and token.text in lexicon.trades)
