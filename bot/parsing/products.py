"""Trades and fairs nobody listed, by the words around them: 做减速机的, 想搞竹浆纸, 石膏板项目."""

from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

LONGEST = 8
SHORTEST = 2


class Products:
    """Finds what is made, by shape."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.roles["trade_shapes"]
        self._lexicon = lexicon
        self._making = frozenset(words["making"])
        self._talking = frozenset(words["talking"])
        self._fields = frozenset(words["fields"])
        self._ends = frozenset(words["ends"])
        self._plants = tuple(words["plants"])
        self._suffixes = tuple(words["suffixes"])
        self._devices = frozenset(words["devices"])
        self._kinds = frozenset(words["kinds"])
        self._premises = frozenset(words["premises"])
        self._marks = frozenset((*lexicon.roles["separators"], *words["marks"]))
        self._fairs, self._fair_kinds = frozenset(words["fairs"]), frozenset(words["fair_kinds"])
        self._filling = frozenset(words["filling"])

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Spot]:
        """Yield trades longer than the listed ones they contain."""
        making, talking, marks, opens = self._making, self._talking, self._marks, True
        for index, token in enumerate(tokens):
            word, entity = token.text, token.entity
            if word in talking or (word in making and token.spot is None):
                yield from self._named(text, tokens, self._filled(tokens, index + 1), strict=word in talking)
            elif opens:
                field = word in self._fields
                start = index + 2 if field and self._marked(tokens, index + 1) else index + field
                yield from self._alone(text, tokens, self._filled(tokens, start), told=field)
            if entity == "industry":
                yield from self._wider(text, tokens, index)
            elif entity == "event" and token.spot and token.spot.value in self._fairs:
                yield from self._fair(text, tokens, index)
            opens = word in marks

    def _fair(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield a fair with what it is of: 省博览会, 新能源汽车产业峰会."""
        start = index
        while start and (tokens[start - 1].text in self._fair_kinds or tokens[start - 1].entity == "industry"):
            start -= 1
        if start < index:
            said = text[tokens[start].start : tokens[index].end]
            yield Spot("event", tokens[start].start, tokens[index].end, said, said)

    def _filled(self, tokens: Sequence[Token], index: int) -> int:
        while index < len(tokens) and (tokens[index].text in self._filling or self._sized(tokens[index])):
            index += 1
        return index

    @staticmethod
    def _sized(token: Token) -> bool:
        """Tell whether a word only says how large or how many: 5GW, 一个."""
        return token.entity == "count" or (token.spot is None and token.text[0].isdigit())

    def _marked(self, tokens: Sequence[Token], index: int) -> bool:
        return index < len(tokens) and tokens[index].text in self._marks

    def _reach(self, tokens: Sequence[Token], start: int) -> int:
        """Return where the words that may name a product end."""
        end = start
        while end < len(tokens) and (self._builds(tokens[end]) or self._device(tokens, end)):
            end += 1
        work = end < len(tokens) and tokens[end].text in self._making and tokens[end].text in self._suffixes
        unlisted = start < end and tokens[end - 1].spot is None
        return end + 1 if unlisted and work and self._closed(tokens, end + 1) else end  # 石材|加工

    def _device(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a verb only begins the name of a device: 连接|器."""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        return after in self._devices and len(after) == 1 and tokens[index].text.isalpha()

    def _builds(self, token: Token) -> bool:
        if token.spot is not None:
            return token.entity == "industry"
        if token.text in self._kinds or token.text in self._lexicon.trades:
            return True
        if token.text in self._making:
            return False
        said = token.text in self._lexicon.stops and token.text not in self._lexicon.soft
        return token.text.isalnum() and not said and token.text not in self._ends

    def _named(self, text: str, tokens: Sequence[Token], start: int, *, strict: bool) -> Iterator[Spot]:
        """Yield what stands after 做 or 谈; what is only talked of must be called a product."""
        end = self._reach(tokens, start)
        if end == start or not self._closed(tokens, end):
            return
        words, after = self._words(tokens, start, end), tokens[end] if end < len(tokens) else None
        project = after is not None and after.text.startswith(self._plants)
        if (project or not strict or words.endswith(self._suffixes)) and self._fits(words):
            yield self._spot(text, tokens, start, end)

    def _alone(self, text: str, tokens: Sequence[Token], start: int, *, told: bool) -> Iterator[Spot]:
        """Yield the words of a clause that is a product and 项目, or that a field's name introduces."""
        end = self._reach(tokens, start)
        if end == start:
            return
        plant = end < len(tokens) and tokens[end].text.startswith(self._plants)
        if end + plant < len(tokens) and tokens[end + plant].text not in self._marks:
            return
        words = self._words(tokens, start, end)
        bare = len(words) > SHORTEST and words.endswith(self._suffixes)
        firm = bare and any(token.entity == "enterprise" for token in tokens[:start])  # 录线索:京东方,显示模组
        if (told or plant or firm) and self._fits(words):
            yield self._spot(text, tokens, start, end)

    def _wider(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield a listed trade with the kind before it and the product behind it: 竹|家具, 锂电|隔膜."""
        start, end = index, index + 1
        while start and tokens[start - 1].text in self._kinds and tokens[start - 1].end == tokens[start].start:
            start -= 1
        while end < len(tokens) and tokens[end].entity == "industry":
            end += 1
        reach = self._reach(tokens, end)
        if self._words(tokens, end, reach).endswith(self._suffixes) and self._closed(tokens, reach):
            end = reach
        if end - start > 1 and self._stands(tokens, start) and self._fits(self._words(tokens, start, end)):
            yield self._spot(text, tokens, start, end)

    def _closed(self, tokens: Sequence[Token], end: int) -> bool:
        after = tokens[end] if end < len(tokens) else None
        return after is None or after.text in self._ends or after.text in self._marks or after.spot is not None

    def _stands(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether what stands before is no part of a name."""
        before = tokens[start - 1] if start else None
        return (
            before is None or before.text in self._lexicon.stops or not before.text.isalnum() or bool(before.concepts)
        )

    def _fits(self, words: str) -> bool:
        plain = words in self._lexicon.common or words.isdigit() or words.endswith(self._lexicon.bodies)
        plain = plain or words in self._premises  # 建仓库, 建分装线
        return SHORTEST <= len(words) <= LONGEST and not plain

    @staticmethod
    def _words(tokens: Sequence[Token], start: int, end: int) -> str:
        return "".join([token.text for token in tokens[start:end]])

    @staticmethod
    def _spot(text: str, tokens: Sequence[Token], start: int, end: int) -> Spot:
        first, last = tokens[start].start, tokens[end - 1].end
        said, ends = text[first:last], tokens[end - 1].spot
        value = said if ends is None else text[first : ends.start] + str(ends.value)  # 竹家具厂 makes 竹家具
        return Spot("industry", first, last, said, value)
