"""What an utterance or a part of it shows: concepts, kinds of mention, sentence shapes."""

import re
from collections.abc import Iterator, Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import NAMING
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
_ASKING_SHAPES = frozenset(("asks_tail", "a_not_a", "guess_said"))
FIELD = "<field>"


def _any_of(lexicon: Lexicon, slot: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in lexicon.values[slot]))


class Features:
    """Turns words into the symbols that cues speak of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        roles = lexicon.roles
        self._units = tuple((name, tuple(roles[key])) for name, key in _COUNTS)
        self._by_them = frozenset(roles["asked_by_them"])
        self._fields = frozenset(word for word, _ in lexicon.values["field"])
        self._of_fields = {name: shape for name, shape in lexicon.patterns.items() if FIELD in shape.pattern}
        self._shapes = {name: shape for name, shape in lexicon.patterns.items() if name not in self._of_fields}
        self._said = {name: _any_of(lexicon, name) for name in ("category", "kind", "repeat")}

    def of(self, tokens: Sequence[Token]) -> frozenset[str]:
        """Return the features of a stretch of words."""
        found: set[str] = set()
        for token in tokens:
            found.update(token.concepts)
            if token.spot is not None:
                found.update(self._of_spot(token))
        shape = self.skeleton(tokens)
        found.update(name for name, pattern in self._shapes.items() if pattern.search(shape))
        if any(token.text in self._fields and token.spot is None for token in tokens):
            found.add("field")
            shape = "".join(self._named(token) for token in tokens)
            found.update(name for name, pattern in self._of_fields.items() if pattern.search(shape))
        words = "".join(" " if token.entity in NAMING else token.text for token in tokens)
        found.update(name for name, pattern in self._said.items() if pattern.search(words))
        told = any(token.text in self._by_them for token in tokens)
        if self._asks(tokens) or (_ASKING_SHAPES & found and not told):
            found.add("question")
        if self._denies(tokens):
            found.add("stage_denied")
        if sum(token.entity == "place" for token in tokens) >= SEVERAL:
            found.add("several_places")
        return frozenset(found)

    def skeleton(self, tokens: Sequence[Token]) -> str:
        """Return the words with mentions as marks: 8月签约的项目 -> <period><stage>的项目."""
        return "".join(self._mark(token) for token in tokens)

    def _mark(self, token: Token) -> str:
        spot = token.spot
        if spot is None:
            return token.text
        if spot.entity == "count":
            return f"<count:{unit}>" if (unit := self._unit(token)) else "<count>"
        if spot.entity == "metric":
            return f"<metric:{spot.value}>"
        return ("<deadline>" if spot.deadline else "") + f"<{spot.entity}>"

    def _named(self, token: Token) -> str:
        return FIELD if token.spot is None and token.text in self._fields else self._mark(token)

    def _of_spot(self, token: Token) -> Iterator[str]:
        spot = token.spot
        if spot is None:
            return
        yield f"{{{spot.entity}}}"
        if spot.entity == "metric" and str(spot.value).startswith("funds_") and "rate" not in str(spot.value):
            yield "funds_metric"

    def _unit(self, token: Token) -> str | None:
        return next((name for name, units in self._units if token.text.endswith(units)), None)

    def _asks(self, tokens: Sequence[Token]) -> bool:
        """Tell whether we are asked, rather than told what others asked."""
        for index, token in enumerate(tokens):
            if _ASKING.intersection(token.concepts):
                clause = tokens[max(0, index - 8) : index]
                if not any(word.text in self._by_them for word in clause):
                    return True
        return False

    def _denies(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a milestone is denied: 还没开工, not 开工了没有."""
        for index, token in enumerate(tokens):
            if "not_yet" in token.concepts:
                after = tokens[index + 1 : index + 1 + _DENIED_WITHIN]
                if any(word.entity == "stage" for word in after if word.text.isalnum()):
                    return True
        return False
