"""What an utterance or a part of it shows: concepts, kinds of mention, sentence shapes."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from operator import add

from bot.parsing.lexicon import Lexicon
from bot.parsing.needs import Shapes
from bot.parsing.spots import NAMING, Spot
from bot.parsing.tokens import Token

_ASKING = frozenset(("how_many", "which", "who", "what", "how", "whether", "ne", "question_mark", "why", "where"))
_COUNTS = (
    ("people", "people_units"),
    ("firms", "firm_units"),
    ("batches", "batch_units"),
    ("times", "time_units"),
    ("lines", "line_units"),
)
_DENIED_WITHIN = 3
SEVERAL = 2
_DAYS = frozenset(("date", "period", "moment"))
_AWAITED = frozenset(("forecast_word", "delay"))
_DENYING = frozenset(("not_yet", "blocked"))
_OTHERWISE = frozenset(
    ("not_yet", "because", "solved", "visit", "receive", "call", "go_out", "remind", "supervise", "blocked", "register")
)
_ASKING_SHAPES = frozenset(("asks_tail", "a_not_a", "guess_said"))
FIELD = "<field>"
_SAID = ("category", "kind", "repeat")  # slots whose words show by themselves
_ALIKE = NAMING | _DAYS | {"money", "area", "count"}
_OF_ENTITY = {entity: (f"{{{entity}}}",) for entity in _ALIKE}  # mentions that show the same whatever they say
_MARKS = {entity: (f"<{entity}>",) for entity in NAMING | {"money", "area", "stage"}}  # and stand for the same


class _Said:
    """The words of slots that show by themselves, told by their beginnings: most texts hold none of them."""

    def __init__(self, values: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._slots: dict[str, list[tuple[str, str]]] = {}
        for slot in _SAID:
            for word, _ in values[slot]:
                self._slots.setdefault(word[:2], []).append((word, slot))
        self._heads = frozenset(self._slots)

    def slots(self, text: str, shown: AbstractSet[str]) -> list[str]:
        """Return the slots with a word in a text of these characters and pairs."""
        heads = self._heads & shown
        return [slot for head in heads for word, slot in self._slots[head] if word in text] if heads else []


class Features:
    """Turns words into the symbols that cues speak of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        roles = lexicon.roles
        self._units = tuple((name, tuple(roles[key])) for name, key in _COUNTS)
        self._reached = tuple(roles["reached_tails"])
        self._of_words = tuple(roles["of_words"])
        self._counted = frozenset(roles["counted_stages"])
        self._separators = frozenset(roles["separators"])
        self._by_them = frozenset(roles["asked_by_them"])
        self._calling = frozenset(roles["calling_me"])
        self._until = frozenset(roles["until_words"])
        self._fields = frozenset(word for word, _ in lexicon.values["field"])
        of_fields = {name: shape for name, shape in lexicon.patterns.items() if FIELD in shape.pattern}
        self._of_fields = Shapes(of_fields)
        self._shapes = Shapes({name: shape for name, shape in lexicon.patterns.items() if name not in of_fields})
        self._said = _Said(lexicon.values)

    def of(self, tokens: Sequence[Token]) -> frozenset[str]:
        """Return the features of a stretch of words."""
        found: set[str] = set()
        marks: list[str] = []  # of the words, what stands for mentions put in their place
        words: list[str] = []  # without names: what a firm is called says nothing
        for token in tokens:
            if token.concepts:
                found.update(token.concepts)
            spot = token.spot
            if spot is None:
                marks.append(token.text)
                words.append(token.text)
            else:
                found.update(_OF_ENTITY.get(spot.entity) or self._of_spot(spot))
                marks.extend(_MARKS.get(spot.entity) or self._marks(token))
                words.append(" " if spot.entity in NAMING else token.text)
        self._add_shapes(found, marks, "".join(words))
        self._add_judgements(found, tokens)
        return frozenset(found)

    def _add_shapes(self, found: set[str], marks: Sequence[str], plain: str) -> None:
        """Add the shapes that the marks show, and the slots whose words the plain text holds."""
        shape = "".join(marks)
        shown = {*plain, *map(add, plain, plain[1:]), *shape, *marks}
        found.update(self._shapes.found(shape, shown), self._said.slots(plain, shown))
        if not self._fields.isdisjoint(marks):
            found.add("field")
            shown.add(FIELD)
            fields = [FIELD if mark in self._fields else mark for mark in marks]
            found.update(self._of_fields.found("".join(fields), shown))

    def _add_judgements(self, found: set[str], tokens: Sequence[Token]) -> None:
        """Add what words mean only together, and leave out what they do not mean here."""
        if "remind" in found and self._called_by_one_of_us(tokens):
            found.remove("remind")
        if "ne" in found and not self._asks_on(tokens):
            found.remove("ne")
        told = not _ASKING_SHAPES.isdisjoint(found) and any(token.text in self._by_them for token in tokens)
        if (_ASKING_SHAPES & found and not told) or (_ASKING & found and self._asks(tokens)):
            found.add("question")
        if {"not_yet", "far_off"} & found and self._denies(tokens):
            found.add("stage_denied")
        if {"stage_denied", "stage_failed"} & found and (self._promises(tokens) or self._announces(tokens)):
            found.add("stage_promised")
        if "{place}" in found and sum(token.entity == "place" for token in tokens) >= SEVERAL:
            found.add("several_places")

    def words(self, feature: str, tokens: Sequence[Token]) -> Sequence[str]:
        """Return the words that show a concept or a shape; a kind of mention or a judgement has none of its own."""
        said = [token.text for token in tokens if feature in token.concepts]
        pattern = self._lexicon.patterns.get(feature)
        if said or pattern is None:
            return tuple(dict.fromkeys(said))
        marks = [self._named(token) if FIELD in pattern.pattern else self._mark(token) for token in tokens]
        shape = pattern.search("".join(marks))
        if shape is None:
            return ()
        ends = list(accumulate(map(len, marks)))
        within = zip(tokens, marks, ends, strict=True)
        shown = [token.text for token, mark, end in within if end > shape.start() and end - len(mark) < shape.end()]
        return ("".join(shown),)

    def _mark(self, token: Token) -> str:
        """Return a word, or what stands for a mention: 8月签约的项目 -> <period><stage>的项目."""
        return token.text if token.spot is None else "".join(self._marks(token))

    def _marks(self, token: Token) -> Sequence[str]:
        entity, spot = token.entity, token.spot
        if entity == "count":
            return (f"<count:{unit}>" if (unit := self._unit(token)) else "<count>",)
        if spot is not None and entity == "metric":
            return (f"<metric:{spot.value}>",)
        return ("<deadline>", f"<{entity}>") if entity in _DAYS and spot and spot.deadline else (f"<{entity}>",)

    def _named(self, token: Token) -> str:
        return FIELD if token.spot is None and token.text in self._fields else self._mark(token)

    def _of_spot(self, spot: Spot) -> Iterator[str]:
        yield f"{{{spot.entity}}}"
        if spot.entity == "stage" and (
            spot.text.endswith(self._reached) or any(word in spot.text for word in self._of_words)
        ):
            yield "reach"
        if spot.entity == "stage" and spot.value in self._counted:
            yield "counted_stage"
        if spot.entity == "metric" and str(spot.value).startswith("funds_") and "rate" not in str(spot.value):
            yield "funds_metric"

    def _unit(self, token: Token) -> str | None:
        return next((name for name, units in self._units if token.text.endswith(units)), None)

    def _called_by_one_of_us(self, tokens: Sequence[Token]) -> bool:
        """Tell whether it was someone else who called me: 邱局喊我陪同."""
        calls = [(one, two) for one, two in zip((None, *tokens), tokens, strict=False) if "remind" in two.concepts]
        return all(one is not None and one.entity == "person" and two.text in self._calling for one, two in calls)

    def _asks_on(self, tokens: Sequence[Token]) -> bool:
        """Tell whether 呢 ends a clause; in 下午呢接待了铭诚 it is but a pause."""
        pairs = enumerate(zip(tokens, (*tokens[1:], None), strict=True))
        return any(
            "ne" in one.concepts and (two is None or not two.text[0].isalnum()) and not self._not_so_far(tokens[:at])
            for at, (one, two) in pairs
        )

    def _not_so_far(self, before: Sequence[Token]) -> bool:
        """Tell whether the clause before 呢 says that something is not so yet: 许可证还没拿到呢, not 没开工的呢."""
        if not before or before[-1].text in self._of_words:
            return False
        for token in reversed(before):
            if token.spot is None and token.text in self._separators:
                return False
            if _DENYING.intersection(token.concepts):
                return True
        return False

    def _asks(self, tokens: Sequence[Token]) -> bool:
        """Tell whether we are asked, rather than told what others asked."""
        for index, token in enumerate(tokens):
            if _ASKING.intersection(token.concepts):
                clause = tokens[max(0, index - 8) : index]
                if not any(word.text in self._by_them for word in clause):
                    return True
        return False

    def _promises(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a milestone denied is announced for a day all the same: 没能按期投产,调整为12月投产."""
        denied = dated = False
        for token in tokens:
            if token.spot is None and token.text in self._separators:
                denied = dated = False
            denied = denied or "not_yet" in token.concepts
            dated = dated or token.entity in _DAYS
            if token.entity == "stage" and dated and not denied:
                return True
        return False

    def _announces(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a clause after the denial only says when it will be: 还没拿证,要到4月10日才能办下来."""
        clause: list[Token] = []
        known = False
        for token in (*tokens, None):
            if token is not None and (token.spot is not None or token.text not in self._separators):
                clause.append(token)
                continue
            told = {concept for word in clause for concept in word.concepts}
            dated = any(word.entity in _DAYS for word in clause)
            awaited = _AWAITED & told or any(word.text in self._until for word in clause)
            if known and dated and awaited and not _OTHERWISE & told:
                return True
            if "because" in told:
                return False
            known = known or bool(_DENYING & told)
            clause = []
        return False

    def _denies(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a milestone is denied: 还没开工, not 开工了没有."""
        for index, token in enumerate(tokens):
            if "not_yet" in token.concepts:
                after = tokens[index + 1 : index + 1 + _DENIED_WITHIN]
                if any(word.entity == "stage" for word in after if word.text.isalnum()):
                    return True
            if "far_off" in token.concepts and any(word.entity == "stage" for word in tokens[:index][-_DENIED_WITHIN:]):
                return True
        return False
