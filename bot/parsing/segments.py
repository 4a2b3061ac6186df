"""Parts an utterance into the pieces that hold one command each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.names.book import NameBook
from bot.parsing.another import another
from bot.parsing.apart import SEVERAL, Apart
from bot.parsing.clauses import Clauses
from bot.parsing.each import EachProject
from bot.parsing.features import Features
from bot.parsing.group import Group, leads_whole, told_whole, visits_whole
from bot.parsing.intents import IntentSpec
from bot.parsing.joining import opens, puts_right
from bot.parsing.judging import Judge
from bot.parsing.lexicon import Lexicon
from bot.parsing.onward import LISTING, WANTS, asks_another, asks_on
from bot.parsing.recognise import ACCEPT, OPENS, Recognised, Recogniser
from bot.parsing.spots import NAMING
from bot.parsing.together import lists_counted
from bot.parsing.tokens import Token

PAIR = 2
LIMIT = 300  # words read for commands; what comes later is still searched for mentions
_DETAILS = frozenset(("{money}", "{area}", "talk_about", "want_invest", "{industry}"))
_ASPECTS = frozenset(("gap", "pace", "forecast", "complete_word", "target", "half"))
_ASKED = frozenset(("how_many", "which", "who"))
_OF_UNIT = frozenset(("question", "how_many", "{unit}"))
_FIGURES = frozenset(("counted", "{metric}", "arrive"))
_WAYS = (frozenset(("receive",)), frozenset(("call",)), frozenset(("visit", "go")))


_RECORDING = frozenset(("lead_word", "record_word", "visit", "receive", "register"))
_TIMES = frozenset(("date", "period", "moment"))
_OF_PROJECTS = frozenset(
    ("report_milestone", "report_funds", "raise_issue", "resolve_issue", "note_progress", "verify_funds")
) | {"issue_supervision", "transfer_lead"}
_ASKS = frozenset(("question", "owner", "how_many", "show"))
_PROJECTS = frozenset(("{project}", "{enterprise}", "it"))
_BY_DAYS = frozenset(("report_funds", "report_milestone", "verify_funds"))
_SUBJECTS = frozenset(("project", "enterprise"))
_VISITING = frozenset(("visit", "receive", "call", "go", "go_out", "talk", "look"))
_NAMED = frozenset(("project", "enterprise", "unit", "person"))


class Segments:
    """Splits by clauses that open a command their predecessor does not absorb."""

    def __init__(
        self,
        lexicon: Lexicon,
        recogniser: Recogniser,
        judge: Judge,
        features: Features,
        intents: Mapping[str, IntentSpec],
        book: NameBook,
    ) -> None:
        self._clauses = Clauses(lexicon)
        self._ways: Mapping[str, Callable[[Group, Group], bool]] = {
            "enterprises": self._another_visit,
            "moment": self._another_reminder,
            "aspect": self._another_aspect,
            "stage": self._denied_or_not,
        }
        self._apart = Apart(lexicon)
        self._each_project = EachProject(lexicon, book)
        self._lexicon = lexicon
        self._recogniser, self._judge = recogniser, judge
        self._features = features
        self._intents = intents

    def split(self, tokens: Sequence[Token], *, after_answer: bool = False) -> list[Group]:
        """Return the groups of an utterance, at least one; an answer may stand before the first command."""
        clauses = list(self._clauses.cut(tokens[:LIMIT]))
        if len(clauses) <= 1:
            return self._judged([self._group(list(tokens[:LIMIT]))])
        groups: list[Group] = []
        for clause in clauses:
            fresh = self._group(list(clause))
            if groups and self._of_form(groups[-1], fresh):
                self._join(groups[-1], fresh)
            elif groups and self._another(groups[-1], fresh):
                groups.append(replace(fresh, head=groups[-1].head, kept=True))
            elif groups and not (self._opens(groups, fresh) or (after_answer and self._first(groups, fresh))):
                self._join(groups[-1], fresh)
            else:
                groups.append(fresh)
        return self._judged([self._closed(group) for group in groups])

    def _of_form(self, current: Group, fresh: Group) -> bool:
        """Tell whether a clause is a field of the record that the words before it open: 新线索,企业:华锐."""
        if "field" not in fresh.features:
            return False
        words = [token for token in self._clauses.told(fresh.tokens) if token.text.strip()]
        if len(words) < PAIR + 1 or words[1].text not in self._lexicon.roles["field_marks"]:
            return False
        return bool(_RECORDING & current.features) and not {"question", "remind"} & (current.features | fresh.features)

    def _judged(self, groups: Sequence[Group]) -> list[Group]:
        """Return the groups with the intent that cues and words together make likeliest, told apart by subject.

        A group that no cue makes a command stays none where there are others.
        """
        before: Recognised | None = None
        for group in groups:
            group.opened = group.head.intent if group.head else ""
            if group.kept:
                group.head = before
            elif group.head is not None or len(groups) == 1:
                group.head = self._judge.verdict(self._clauses.told(group.tokens), group.features)
            before = group.head
        groups = leads_whole(visits_whole(told_whole(groups, self._intents)))
        return self._days_shared([part for group in groups for part in self._each(group)])

    def _days_shared(self, groups: list[Group]) -> list[Group]:
        """Return the groups, a day said before one project holding for those told of after it."""
        for before, group in pairwise(groups):
            heads = [part.head.intent if part.head else "" for part in (before, group)]
            days = self._each_project.days_shared(before.tokens, group.tokens) if _OF_PROJECTS.issuperset(heads) else []
            if days:
                group.tokens = [*days, *group.tokens]
                group.features |= self._features.of(days)
        return groups

    def _each(self, group: Group) -> list[Group]:
        """Return a group, or one for each project or firm it tells of."""
        return self._each_projects(group) or self._each_firms(group)

    def _each_projects(self, group: Group) -> list[Group]:
        """Return one group for each project of a list; nothing where the words are not about projects."""
        if {"question", "show"} & group.features:
            return []
        parts = self._each_project.parts(group.tokens) or self._by_days(group)
        groups = [self._group(tokens) for tokens in parts]
        if group.head is None or group.head.intent not in _OF_PROJECTS:
            told = all(part.head and part.head.intent in _OF_PROJECTS for part in groups)
            return groups if told else []
        for part in groups:
            if part.head is None or part.head.intent not in _OF_PROJECTS:
                part.head = group.head
        return groups

    def _by_days(self, group: Group) -> list[list[Token]]:
        told = group.head is not None and group.head.intent in _BY_DAYS
        return self._each_project.by_days(group.tokens) if told else []

    def _each_firms(self, group: Group) -> list[Group]:
        """Return one group for each firm met together where clauses of their own follow: 比亚迪要200亩,华为想投3亿."""
        if group.head is None or group.head.intent not in ("log_visit", "register_lead"):
            return [group]
        if [token.entity for token in group.tokens].count("enterprise") < SEVERAL:
            return [group]
        apart, tokens = self._apart, group.tokens
        parts = apart.by_people(tokens) or apart.one_by_one(tokens) or apart.in_order(tokens)
        parts = parts or apart.parts(list(self._clauses.cut(tokens)))
        groups = [Group(tokens, self._features.of(tokens), group.head, group.days, joined=True) for tokens in parts]
        return groups or [group]

    def _group(self, tokens: list[Token]) -> Group:
        features = self._features.of(self._clauses.told(tokens))
        days = {str(t.spot.value) for t in tokens if t.entity in _TIMES and t.spot and not t.spot.deadline}
        return Group(tokens, features, self._recogniser.best(features), days)

    def _join(self, group: Group, fresh: Group) -> None:
        group.tokens += fresh.tokens
        group.days |= fresh.days
        group.joined = True
        if fresh.features - group.features:
            group.features |= fresh.features
            if group.kept:
                return
            group.grown.append(group.features)

    def _recognised(self, group: Group) -> Recognised | None:
        """Return the head of a group with all that joined it."""
        heads = map(self._recogniser.best, reversed(group.grown))
        group.head = next((head for head in heads if head is not None), group.head)
        group.grown.clear()
        return group.head

    def _closed(self, group: Group) -> Group:
        """Look at all clauses of a group together: some shapes reach across commas."""
        if group.joined and not group.kept:
            features = self._features.of(group.tokens)
            group.head = self._recogniser.best(features) or self._recognised(group)
            group.features = features
        return group

    @staticmethod
    def _first(groups: list[Group], fresh: Group) -> bool:
        """Tell whether a clause is the first that is a command."""
        return len(groups) == 1 and groups[0].head is None and fresh.head is not None and fresh.head.score >= OPENS

    def _asks_apart(self, fresh: Group, head: Recognised) -> bool | None:
        """Tell whether a clause asks a unit's figure, which no record takes in: 上午会见通威;全市到位多少."""
        asks = self._intents[head.intent].question and _FIGURES & fresh.features and head.score >= OPENS
        return True if asks and fresh.features >= _OF_UNIT else None

    def _opens(self, groups: list[Group], fresh: Group) -> bool:
        """Tell whether a clause starts another command."""
        head, current = fresh.head, groups[-1]
        listed = lists_counted(current.features, fresh.tokens, fresh.features)
        if head is None or listed or self._bare_reminder(current, fresh):
            return False
        before = self._recognised(current)
        if before is None or before.score < OPENS:
            return self._recorded_before(current, fresh)
        said = (before.intent, current.tokens, current.features), (head.intent, fresh.tokens, fresh.features)
        apart = another(*said, self._lexicon)
        if apart is not None or head.intent == before.intent:
            return self._repeats(current, fresh, head.intent) if apart is None else apart
        bare = before.intent == "remind_me" and self._of_nothing(current)
        own = (
            False
            if bare
            else self._asks_apart(fresh, head) or opens(before.intent, current.features, head.intent, fresh.features)
        )
        if own is not None:
            return own
        spec = self._intents[before.intent]
        if "stage_denied" in current.features and head.intent in spec.absorbs_denied:
            return False
        absorbed = (
            head.intent in spec.absorbs and "also" not in fresh.features and not self._parted(current, fresh, head)
        )
        return head.score >= OPENS and not absorbed

    def _bare_reminder(self, current: Group, fresh: Group) -> bool:
        """Tell whether a clause only asks to be reminded of what was said before it: 节前把资料交给他,提醒我."""
        if "remind" not in fresh.features or fresh.days or "visit" in current.features:
            return False
        if not any(token.entity in _TIMES for token in current.tokens):
            return False
        fillers = (*self._lexicon.roles["reminder_fillers"], *self._lexicon.roles["ahead_by"])
        words = [token for token in fresh.tokens if token.entity != "duration"]
        return all("remind" in t.concepts or t.text in fillers or not t.text.isalnum() for t in words)

    def _of_nothing(self, group: Group) -> bool:
        """Tell whether a reminder does not say yet of what: 下周一八点提醒我一下,把报告交给方局长."""
        filling = (*self._lexicon.roles["separators"], *self._lexicon.roles["bare_reminder"])
        said = [token for token in group.tokens if token.entity not in _TIMES and token.text not in filling]
        return bool(said) and "remind" in said[-1].concepts

    def _recorded_before(self, current: Group, fresh: Group) -> bool:
        """Tell whether a reminder comes besides what the words before it most likely record; note what that is."""
        named = {"{enterprise}", "{project}"} & current.features and current.days
        if not named or not {"remind", "also"} <= fresh.features:
            return False
        likely = self._judge.verdict(current.tokens, current.features)
        if (
            likely is None
            or not likely.opens
            or likely.intent == "remind_me"
            or not self._intents[likely.intent].record
        ):
            return False
        current.head = likely
        return True

    def _parted(self, current: Group, fresh: Group, head: Recognised) -> bool:
        """Tell whether more than a comma parts a clause that is a command of its own from what could take it in."""
        if self._clauses.numbered(fresh.tokens):
            return True
        counted = self._is(current, "report_activity") and self._clauses.stopped(current.tokens)
        if head.intent == "report_activity" or (
            head.intent == "log_visit" and (self._is(current, "log_trip") or counted)
        ):
            return bool(current.days and fresh.days - current.days)
        if not self._clauses.stopped(current.tokens):
            return False
        asks = self._intents[head.intent].question and "question" in fresh.features
        firms = self._values(fresh, "enterprise")
        return asks or (head.intent == "register_lead" and bool(firms - self._values(current, "enterprise")))

    def _visits_on(self, current: Group, fresh: Group) -> bool:
        """Tell whether a clause tells of a visit to another firm on a day of its own: 周六再去趟荣隆文旅."""
        goes = _VISITING & fresh.features and fresh.days - current.days
        firms = self._values(fresh, "enterprise")
        if not goes or not current.days or not firms or firms & self._values(current, "enterprise"):
            return False
        return self._is(current, "log_visit")

    def _another(self, current: Group, fresh: Group) -> bool:
        """Tell whether a clause without a head of its own says the same of another time, or asks another side."""
        if fresh.head is None and (self._visits_on(current, fresh) or self._asks_on(current, fresh)):
            return True
        if self._at_another_time(current, fresh):
            return self._is(current, "remind_me")
        if not (_ASKS & fresh.features and (current.kept or _PROJECTS & current.features)):
            return False
        if any(token.entity in _NAMED for token in fresh.tokens):
            return False
        aspect = self._aspect(fresh.tokens)
        return aspect not in (None, self._aspect(current.tokens)) and self._is(current, "query_project")

    def _asks_on(self, current: Group, fresh: Group) -> bool:
        """Tell whether a clause asks the same of another unit, time or person."""
        if WANTS.isdisjoint(fresh.features) or WANTS.isdisjoint(current.features):
            return False
        head = self._recognised(current)
        said = (current.tokens, current.features), (fresh.tokens, fresh.features)
        if head is None or head.score < ACCEPT:
            return False
        return asks_on(head.intent, *said) or (
            head.intent in LISTING and asks_another(head.intent, *said, self._lexicon)
        )

    def _is(self, group: Group, intent: str) -> bool:
        head = self._recognised(group)
        return head is not None and head.score >= OPENS and head.intent == intent

    @staticmethod
    def _at_another_time(current: Group, fresh: Group) -> bool:
        """Tell whether a clause opens with a time of its own after a reminder: 提醒我明天交周报,后天开会."""
        if not (current.kept or "remind" in current.features) or "remind" in fresh.features:
            return False
        first = next((token for token in fresh.tokens if token.text.isalnum()), None)
        opens = first is not None and first.spot is not None and first.entity in _TIMES and not first.spot.deadline
        return opens and bool(current.days and fresh.days - current.days)

    @staticmethod
    def _another_aspect(current: Group, fresh: Group) -> bool:
        return bool(_ASPECTS & current.features and _ASPECTS & fresh.features - current.features)

    @staticmethod
    def _another_reminder(current: Group, fresh: Group) -> bool:
        return "remind" in fresh.features and bool(current.days and fresh.days)

    def _denied_or_not(self, current: Group, fresh: Group) -> bool:
        """Tell whether another milestone, or the same not reached, is asked about."""
        asked = _ASKED & current.features and _ASKED & fresh.features
        other = ("stage_denied" in current.features) != ("stage_denied" in fresh.features)
        return bool(asked) and (other or bool(self._values(fresh, "stage") - self._values(current, "stage")))

    def _aspect(self, tokens: Sequence[Token]) -> str | None:
        """Return which side of a project words ask about."""
        words = "".join(" " if token.entity in NAMING else token.text for token in tokens)
        return self._lexicon.first_code("project_aspect", words)

    def _category(self, tokens: Sequence[Token]) -> str | None:
        """Return which kind of obstacle words are about."""
        return self._lexicon.code("category", "".join(" " if t.entity in NAMING else t.text for t in tokens))

    def _repeats(self, current: Group, fresh: Group, intent: str) -> bool:
        """Tell whether a clause of the same intent is about another thing."""
        both = (current.tokens, current.features), (fresh.tokens, fresh.features)
        if asks_on(intent, *both) or asks_another(intent, *both, self._lexicon):
            return True
        slots = self._intents[intent].repeats
        if not slots or (intent == "amend" and puts_right(current.tokens, fresh.tokens)):
            return False
        for slot, differs in self._ways.items():
            if slot in slots:
                return differs(current, fresh)
        kinds = {"project": "subject", "milestone": "stage", "metric": "metric", "field": ""}
        for slot in slots:
            kind = kinds[slot]
            said, anew = self._values(current, kind), self._values(fresh, kind)
            if said and anew - said:
                return True
        if intent == "raise_issue" and "enumerated" in fresh.features:
            before = self._category(current.tokens)
            return before is not None and self._category(fresh.tokens) not in (None, before)
        return "metric" in slots and "counted" in fresh.features and bool(_FIGURES & current.features)

    @staticmethod
    def _values(group: Group, entity: str) -> set[str]:
        """Return what a group says of a kind; of any kind where none is named."""
        kinds = _SUBJECTS if entity == "subject" else {entity}
        return {
            str(token.spot.value)
            for token in group.tokens
            if token.spot and (not entity or token.entity in kinds) and "last_record" not in token.concepts
        }

    @staticmethod
    def _receives_too(current: Group, fresh: Group) -> bool:
        """Tell whether guests without a name are received after a visit elsewhere: 上午见了国轩,下午接待客商5人."""
        went = "visit" in current.features and "receive" not in current.features
        received = {"receive", "guests"} <= fresh.features and "visit" not in fresh.features
        return went and received and "{count}" in fresh.features and bool(fresh.days)

    def _another_visit(self, current: Group, fresh: Group) -> bool:
        """Tell whether another firm comes with a day, a way or details of its own."""
        firms = self._values(fresh, "enterprise")
        if not firms:
            return self._receives_too(current, fresh)
        known = self._values(current, "enterprise")
        if not known or all(any(firm in one for one in known) for firm in firms):
            return False
        if (fresh.days and fresh.days != current.days) or self._clauses.numbered(fresh.tokens):
            return True
        places = [self._values(group, "place") for group in (current, fresh)]
        if places[0] and places[1] and not places[0] & places[1]:
            return True
        ways = [{number for number, way in enumerate(_WAYS) if way & group.features} for group in (current, fresh)]
        if ways[0] and ways[1] and not ways[0] & ways[1]:
            return True
        return bool(_DETAILS & (current.features | fresh.features))
