"""Parts an utterance into the pieces that hold one command each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.parsing.features import Features
from bot.parsing.intents import IntentSpec
from bot.parsing.lexicon import Lexicon
from bot.parsing.recognise import Recognised, Recogniser
from bot.parsing.tokens import Token

HEAD = 2.6  # evidence a clause needs to open a command of its own
LIMIT = 300  # words read for commands; what comes later is still searched for mentions
_DETAILS = frozenset(("{money}", "{area}", "talk_about", "want_invest", "{industry}"))
_ASPECTS = frozenset(("gap", "pace", "forecast", "complete_word", "target", "half"))
_ASKED = frozenset(("how_many", "which", "who"))
_FIGURES = frozenset(("counted", "{metric}", "arrive"))
_WAYS = (frozenset(("receive",)), frozenset(("call",)), frozenset(("visit", "go")))


SEVERAL = 2


def _firm(token: Token) -> bool:
    return token.entity == "enterprise"


@dataclass
class Group:
    """Clauses that belong to one command."""

    tokens: list[Token]
    features: frozenset[str]
    head: Recognised | None
    days: set[str] = field(default_factory=set)
    joined: bool = False
    grown: list[frozenset[str]] = field(default_factory=list)  # features since the head was recognised, the last most


class Segments:
    """Splits by clauses that open a command their predecessor does not absorb."""

    def __init__(
        self, lexicon: Lexicon, recogniser: Recogniser, features: Features, intents: Mapping[str, IntentSpec]
    ) -> None:
        self._separators = frozenset(lexicon.roles["separators"])
        self._in_turn: Sequence[Sequence[str]] = lexicon.roles["in_turn"]
        self._lists = frozenset(lexicon.roles["list_marks"])
        self._recogniser = recogniser
        self._features = features
        self._intents = intents

    def split(self, tokens: Sequence[Token], *, after_answer: bool = False) -> list[Group]:
        """Return the groups of an utterance, at least one; an answer may stand before the first command."""
        clauses = list(self._clauses(tokens[:LIMIT]))
        if len(clauses) <= 1:
            return [self._group(list(tokens[:LIMIT]))]
        groups: list[Group] = []
        for clause in clauses:
            fresh = self._group(list(clause))
            if groups and not (self._opens(groups, fresh) or (after_answer and self._first(groups, fresh))):
                self._join(groups[-1], fresh)
            else:
                groups.append(fresh)
        return [part for group in groups for part in self._each_firms(self._closed(group))]

    def _each_firms(self, group: Group) -> list[Group]:
        """Return one group for each firm met together where clauses of their own follow: 比亚迪要200亩,华为想投3亿."""
        if group.head is None or group.head.intent != "log_visit":
            return [group]
        clauses = list(self._clauses(group.tokens))
        firms = list(dict.fromkeys(str(token.spot.value) for token in clauses[0] if token.spot and _firm(token)))
        owned: dict[str, list[Token]] = {}
        owner = ""
        shared = list(clauses[0])
        for clause in clauses[1:]:
            owner = self._owner(clause, firms) or owner
            (owned.setdefault(owner, []) if owner else shared).extend(clause)
        if len(owned) < SEVERAL:
            return [group]
        parts = []
        for firm in firms:
            others = [
                token for token in shared if token.spot is None or not _firm(token) or str(token.spot.value) == firm
            ]
            tokens = others + owned.get(firm, [])
            parts.append(Group(tokens, self._features.of(tokens), group.head, group.days, joined=True))
        return parts

    def _owner(self, clause: Sequence[Token], firms: Sequence[str]) -> str:
        """Return the firm a clause opens with, by name or as 一家, 另一家."""
        named = [str(token.spot.value) for token in clause if token.spot and _firm(token)]
        if len(named) == 1 and named[0] in firms:
            return named[0]
        words = "".join(token.text for token in clause)
        place = next((n for n, heads in enumerate(self._in_turn) if words.startswith(tuple(heads))), -1)
        return firms[place] if 0 <= place < len(firms) == len(self._in_turn) else ""

    def _clauses(self, tokens: Sequence[Token]) -> Iterable[Sequence[Token]]:
        """Yield clauses with the mark that ends them."""
        start = 0
        for index, token in enumerate(tokens):
            listed = token.text in self._lists and "how_many" in tokens[index - 1].concepts
            if token.spot is None and (token.text in self._separators or listed):
                yield tokens[start : index + 1]
                start = index + 1
        if start < len(tokens):
            yield tokens[start:]

    def _group(self, tokens: list[Token]) -> Group:
        features = self._features.of(tokens)
        days = {
            str(t.spot.value)
            for t in tokens
            if t.spot and t.entity in ("date", "period", "moment") and not t.spot.deadline
        }
        return Group(tokens, features, self._recogniser.best(features), days)

    def _join(self, group: Group, fresh: Group) -> None:
        group.tokens += fresh.tokens
        group.days |= fresh.days
        group.joined = True
        if fresh.features - group.features:
            group.features |= fresh.features
            group.grown.append(group.features)

    def _recognised(self, group: Group) -> Recognised | None:
        """Return the head of a group with all that joined it."""
        heads = map(self._recogniser.best, reversed(group.grown))
        group.head = next((head for head in heads if head is not None), group.head)
        group.grown.clear()
        return group.head

    def _closed(self, group: Group) -> Group:
        """Look at all clauses of a group together: some shapes reach across commas."""
        if group.joined:
            features = self._features.of(group.tokens)
            group.head = self._recogniser.best(features) or self._recognised(group)
            group.features = features
        return group

    @staticmethod
    def _first(groups: list[Group], fresh: Group) -> bool:
        """Tell whether a clause is the first that is a command."""
        return len(groups) == 1 and groups[0].head is None and fresh.head is not None and fresh.head.score >= HEAD

    def _opens(self, groups: list[Group], fresh: Group) -> bool:
        """Tell whether a clause starts another command."""
        head = fresh.head
        if head is None:
            return False
        current = groups[-1]
        before = self._recognised(current)
        if before is None or before.score < HEAD:
            return False
        if head.intent == before.intent:
            return self._repeats(current, fresh, head.intent)
        spec = self._intents[before.intent]
        if "stage_denied" in current.features and head.intent in spec.absorbs_denied:
            return False
        absorbed = head.intent in spec.absorbs and "also" not in fresh.features
        return head.score >= HEAD and not absorbed

    def _repeats(self, current: Group, fresh: Group, intent: str) -> bool:
        """Tell whether a clause of the same intent is about another thing."""
        slots = self._intents[intent].repeats
        if not slots:
            return False
        if "enterprises" in slots:
            return self._another_visit(current, fresh)
        if "aspect" in slots:
            return bool(_ASPECTS & current.features and _ASPECTS & fresh.features - current.features)
        if "stage" in slots:
            asked = _ASKED & current.features and _ASKED & fresh.features
            return bool(asked) and ("stage_denied" in current.features) != ("stage_denied" in fresh.features)
        kinds = {"project": "project", "milestone": "stage", "metric": "metric", "field": ""}
        for slot in slots:
            kind = kinds[slot]
            said, anew = self._values(current, kind), self._values(fresh, kind)
            if said and anew - said:
                return True
        return "metric" in slots and "counted" in fresh.features and bool(_FIGURES & current.features)

    @staticmethod
    def _values(group: Group, entity: str) -> set[str]:
        """Return what a group says of a kind; of any kind where none is named."""
        return {
            str(token.spot.value)
            for token in group.tokens
            if token.spot and entity in ("", token.entity) and "last_record" not in token.concepts
        }

    def _another_visit(self, current: Group, fresh: Group) -> bool:
        """Tell whether another firm comes with a day, a way or details of its own."""
        firms = self._values(fresh, "enterprise")
        if not firms or not self._values(current, "enterprise") or firms <= self._values(current, "enterprise"):
            return False
        if fresh.days and fresh.days != current.days:
            return True
        places = [self._values(group, "place") for group in (current, fresh)]
        if places[0] and places[1] and not places[0] & places[1]:
            return True
        ways = [{number for number, way in enumerate(_WAYS) if way & group.features} for group in (current, fresh)]
        if ways[0] and ways[1] and not ways[0] & ways[1]:
            return True
        return bool(_DETAILS & (current.features | fresh.features))
