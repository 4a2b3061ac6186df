"""Firms whose names hold words that mean something else: 一家叫开工实业的公司, 线索:三只松鼠."""

from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

LONGEST, SHORTEST, PERSON = 14, 2, 3
BRAND = 3  # characters of a brand before its trade
_INTRODUCING = frozenset(("visit", "receive", "visit_plan"))
_ASKING = frozenset(("what", "how", "who", "which"))
_WORKING = frozenset(("stage", "metric"))
_DAYS = frozenset(("date", "period"))

Span = tuple[int, int]


class Called:
    """Finds the extent of names by what is said around them, whatever words they are made of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        roles = lexicon.roles
        self._words = frozenset(roles["called"])
        self._marks = frozenset((*roles["separators"], *roles["trade_shapes"]["marks"]))
        self._counting = tuple(unit for name in roles["counting_units"] for unit in roles[name])
        self._tails = (lexicon.trades | {*lexicon.legal}) - lexicon.stops
        self._telling = self._words | self._tails

    def find(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Yield where names start and end."""
        words, telling = self._words, self._telling
        for index, token in enumerate(tokens[:-1]):
            if not token.entity and token.text not in telling:
                continue
            if token.text in words and index and self._of_firm(tokens[index - 1]):
                yield from self._told(tokens, index + 1)
            elif token.entity == "count" and not token.text[0].isascii():
                yield from self._counted(tokens, index)
            elif token.entity in _WORKING and tokens[index + 1].text in self._tails:
                yield from self._worded(tokens, index)
            elif token.entity in _DAYS and not token.text[0].isascii():
                yield from self._dated(tokens, index)
            if token.text in self._tails and index > SHORTEST:
                yield from self._branded(tokens, index)

    def _of_firm(self, before: Token) -> bool:
        """Tell whether a word before 叫 speaks of a firm: 一家叫, 有个新的叫."""
        roles = self._lexicon.roles
        firms = before.entity == "count" and before.text.endswith(tuple(roles["named_units"]))
        return firms or (before.spot is None and before.text in (*roles["named_units"], *roles["firm_nouns"]))

    def _told(self, tokens: Sequence[Token], start: int) -> Iterator[Span]:
        """Yield what stands between 叫 and 的企业, else up to the next word of the sentence."""
        roles, end = self._lexicon.roles, start
        while end < len(tokens) and not self._stops(tokens[end]):
            here, after = tokens[end], tokens[end + 1] if end + 1 < len(tokens) else None
            if here.text == roles["attributive"] and end > start and (after is None or self._mark(after)):
                yield from self._sized(tokens, start, end)  # 有家叫川娃子食品的,
                return
            if here.text == roles["attributive"] and after and end > start:
                named = after.text in roles["firm_nouns"] and not self._of_person(tokens, start, end)
                if named and tokens[start].text not in roles["denials"]:
                    yield from self._sized(tokens, start, end)
                return
            end += 1
        said, end = end, start
        if self._ordinary(tokens[start]) and not any(token.spot for token in tokens[start:said]):
            end = said if said - start <= SHORTEST + 1 else start  # 公司叫未来可期
        while end < len(tokens) and not self._stops(tokens[end]) and not self._ordinary(tokens[end]):
            end += 1
        yield from self._sized(tokens, start, end)

    def _of_person(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether what 叫 is followed by may be a person's name: 叫李明的客商."""
        guest = "guests" in tokens[end + 1].concepts or tokens[end + 1].text in self._lexicon.roles["people_words"]
        words = "".join(token.text for token in tokens[start:end])
        return guest and len(words) <= PERSON and words[0] in self._lexicon.titles.surnames

    def _stops(self, token: Token) -> bool:
        said = token.spot is None and token.text in self._lexicon.roles["separators"]
        return said or bool(_ASKING.intersection(token.concepts))

    def _ordinary(self, token: Token) -> bool:
        if token.spot is not None:
            return token.entity not in ("place", "industry", "enterprise")
        return not token.text.isalnum() or (token.text in self._lexicon.stops and token.text not in self._lexicon.soft)

    def _counted(self, tokens: Sequence[Token], index: int) -> Iterator[Span]:
        """Yield a name that starts with a number of things: 三只松鼠; 三个客商 counts people."""
        if tokens[index].text.endswith(self._counting):
            return
        end = self._unknown_end(tokens, index + 1)
        words = "".join(token.text for token in tokens[index + 1 : end])
        everyday = words in self._lexicon.common or words in self._lexicon.trades
        if len(words) < SHORTEST or everyday or not self._introduced(tokens, index):
            return
        loose = tokens[index].text.endswith(tuple(self._lexicon.roles["counted_units"]))
        if not loose or self._alone(tokens, index, end):
            yield from self._sized(tokens, index, end)

    def _unknown_end(self, tokens: Sequence[Token], end: int) -> int:
        while end < len(tokens) and tokens[end].spot is None and not self._ordinary(tokens[end]):
            end += 1
        return end

    def _worded(self, tokens: Sequence[Token], index: int) -> Iterator[Span]:
        """Yield a name that starts with a word of work and ends as firms' names do: 拜访开工实业."""
        if self._introduced(tokens, index):
            end = index + 1
            while end < len(tokens) and tokens[end].text in self._tails:
                end += 1
            yield from self._sized(tokens, index, end)

    def _dated(self, tokens: Sequence[Token], index: int) -> Iterator[Span]:
        """Yield a name that starts with a word of time and ends as firms' names do: 拜访星期六鞋业, 接待周六福珠宝."""
        end = index + 1
        while end < len(tokens) and end - index <= SHORTEST and self._strange(tokens[end]):
            end += 1
        if end < len(tokens) and tokens[end].text in self._tails and self._introduced(tokens, index):
            while end < len(tokens) and tokens[end].text in self._tails:
                end += 1
            yield from self._sized(tokens, index, end)

    def _branded(self, tokens: Sequence[Token], index: int) -> Iterator[Span]:
        """Yield a name of two or three characters, the last of them also a verb, and a trade: 永发五金, 好运来食品."""
        if tokens[index - 1].text not in self._lexicon.roles["brand_seconds"]:
            return
        start = index - 1
        while start > max(0, index - BRAND) and self._strange(tokens[start - 1]):
            start -= 1
        if start in (0, index - 1):
            return
        listed = tokens[start - 1].text in self._lexicon.roles["listing_marks"]
        if listed or "with" in tokens[start - 1].concepts or self._introduced(tokens, start):
            yield from self._sized(tokens, start, index + 1)

    def _strange(self, token: Token) -> bool:
        """Tell whether a single character says nothing by itself."""
        said = token.text in self._lexicon.stops and token.text not in self._lexicon.soft
        return token.spot is None and len(token.text) == 1 and token.text.isalpha() and not said and not token.concepts

    def _introduced(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a verb of visiting stands right before, or only marks part it from the word for a lead."""
        place = index - 1
        while place >= 0 and (tokens[place].text in self._lexicon.roles["particles"] or self._mark(tokens[place])):
            place -= 1
        if place < 0:
            return False
        marked = any(self._mark(token) for token in tokens[place + 1 : index])
        concepts = frozenset(tokens[place].concepts)
        return bool(concepts & {"lead_word"}) if marked else bool(concepts & (_INTRODUCING | {"lead_word"}))

    def _alone(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether marks stand on both sides."""
        return self._mark(tokens[start - 1]) and (end == len(tokens) or self._mark(tokens[end]))

    def _mark(self, token: Token) -> bool:
        return token.spot is None and token.text in self._marks

    @staticmethod
    def _sized(tokens: Sequence[Token], start: int, end: int) -> Iterator[Span]:
        if end > start and SHORTEST <= tokens[end - 1].end - tokens[start].start <= LONGEST:
            yield tokens[start].start, tokens[end - 1].end
