"""Reads an utterance: mentions, then pieces, then intents by evidence, then slots by role."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.catalog import Catalog
from bot.dialogue import DialogueState, Spoken, asking, meanwhile
from bot.names.book import NameBook
from bot.parsing.context import CALLED_OFF, Situation, answered, continued, detail, inherited, plans, referred
from bot.parsing.courtesies import Courtesies
from bot.parsing.evidence import Evidence, Part
from bot.parsing.features import Features
from bot.parsing.forms import filled_in, named_again
from bot.parsing.further import each_unit, same_day, several, subjects_shared
from bot.parsing.group import Group
from bot.parsing.intents import read_intents
from bot.parsing.judging import Judge
from bot.parsing.leaning import marked
from bot.parsing.learnt import read_learnt
from bot.parsing.leaving import leaves
from bot.parsing.lexicon import read_lexicon
from bot.parsing.mentions import Found, Mentions
from bot.parsing.piece import Piece
from bot.parsing.pushed import ORDERS, pushed
from bot.parsing.reading import OUT_OF_SCOPE, Command, Reading, Speaker
from bot.parsing.recognise import ACCEPT, Recogniser
from bot.parsing.segments import LIMIT, Segments
from bot.parsing.slots import fill
from bot.parsing.tenses import Tenses
from bot.parsing.ticked import ticked
from bot.parsing.together import came_along, said_once
from bot.parsing.tokens import Token
from bot.parsing.trust import oddness, signs

NOTHING_SAID = DialogueState()
LONGEST_ELLIPSIS = 16
GOING_ON = frozenset(("ne", "then", "narrow"))  # what follows changes the last question
MOSTLY = 0.5  # a message mostly of words we know nothing of is no detail of a record
SEVERAL = 2
RANKED = 6  # candidates an explanation shows at most
TYPED_BREAK = ("\\n", " \n")  # typed as two characters it is a line break too, of the same length
_OTHER_TOPICS = frozenset(
    ("{unit}", "{project}", "{enterprise}", "{person}", "{period}", "{date}", "{event}", "{industry}", "{place}")
) | {"origin_said", "each", "us", "ranking", "target"}
TOPICS = frozenset(("metric", "unit", "period", "person", "filters"))


class Reader:
    """Turns what a person says into commands; holds no state of its own."""

    def __init__(self, catalog: Catalog, names: NameBook) -> None:
        self.intents = read_intents(catalog)
        self.names = names
        self._lexicon = read_lexicon(catalog)
        self._mentions = Mentions(self._lexicon, names)
        self._features = Features(self._lexicon)
        self._recogniser = Recogniser(self.intents)
        learnt = read_learnt(catalog.learnt())
        self._judge = Judge(self._recogniser, learnt.leaning)
        self._trust = learnt.trust
        self._courtesies = Courtesies(self._recogniser.whole, self._lexicon.roles["whole_skip"])
        self._tenses = Tenses(self._lexicon.roles, self.intents)
        self._segments = Segments(self._lexicon, self._recogniser, self._judge, self._features, self.intents, names)

    def read(
        self, text: str, at: datetime, speaker: Speaker | None = None, state: DialogueState | None = None
    ) -> Reading:
        """Return what an utterance says, in the light of what was said before."""
        state = state or NOTHING_SAID
        said = text.replace(*TYPED_BREAK)
        found = self._mentions.find(said, at, speaker)
        commands = self._commands(said, at, speaker, state, found)
        shown = signs(commands, found, follows=state is not NOTHING_SAID and state != NOTHING_SAID)
        trusted = tuple([self._trusted(command, of_it) for command, of_it in zip(commands, shown, strict=True)])
        ask = asking(trusted, self.intents)
        mentions = self._tenses.shown(found, trusted, at.date())
        return Reading(text, trusted, mentions, ask, found.impossible, shown)

    def evidence(self, text: str, at: datetime, speaker: Speaker | None = None) -> Evidence:
        """Return what a reading of an utterance by itself rests on."""
        found = self._mentions.find(text, at, speaker)
        parts = [self._part(text, group) for group in self._segments.split(found.tokens)]
        return Evidence(found.spots, self._courtesies.intent(text), parts)

    def examples(self, text: str, at: datetime, *, several: bool) -> list[tuple[str, frozenset[str]]]:
        """Return what there is to learn from a sentence: the pattern and features of all of it, or of each part."""
        tokens = self._mentions.find(text, at, None).tokens[:LIMIT]
        parts = [group.tokens for group in self._segments.split(tokens)] if several else [tokens]
        return [(marked(part), self._features.of(part)) for part in parts]

    def _part(self, text: str, group: Group) -> Part:
        said = text[group.tokens[0].start : group.tokens[-1].end] if group.tokens else ""
        words = {feature: self._features.words(feature, group.tokens) for feature in group.features}
        return Part(said, group.features, words, self._judge.ranked(group.tokens, group.features)[:RANKED])

    def _trusted(self, command: Command, shown: Sequence[float]) -> Command:
        spec = self.intents[command.intent]
        return command.trusted(self._trust.of(shown), record=spec.record, question=spec.question)

    def _commands(
        self, text: str, at: datetime, speaker: Speaker | None, state: DialogueState, found: Found
    ) -> list[Command]:
        whole = self._courtesies.intent(text)
        if whole is not None:
            return [Command(whole)]
        answer, rest = self._answer(text, at, speaker, state, found) if state.question else (None, found.tokens)
        read: list[Command] = [] if answer is None else [answer]
        groups = self._segments.split(rest) if rest or answer is None else []
        pieces = self._pieces(text, at, speaker, state, found, groups)
        if state.question is None and (in_context := self._in_context(found, groups, pieces, state)):
            return each_unit(in_context, pieces[0])
        for group, piece in zip(groups, pieces, strict=True):
            command = self._command(group, piece, state, meanwhile(state, read))
            if command and command.intent in ORDERS:
                last = Spoken(read[-1].intent, read[-1].slots) if read else state.last
                command = pushed(command, last, self.intents[command.intent])
            command = same_day(command, piece, read[-1]) if command and read else command
            read += several(command, piece) if command else []
        read = subjects_shared(came_along(read, pieces[-1] if pieces else None))
        read = filled_in(read, self.intents) if state.record is None else named_again(read)
        return self._topics_shared(said_once(read)) or [Command(OUT_OF_SCOPE)]

    def _topics_shared(self, commands: list[Command]) -> list[Command]:
        """Return questions with the unit and period named just before in the same message."""
        if len(commands) < SEVERAL:
            return commands
        shared: list[Command] = []
        for command in commands:
            before = shared[-1] if shared else None
            topic = DialogueState(last=Spoken(before.intent, before.slots)) if before else NOTHING_SAID
            shared.append(inherited(command, topic, self.intents[command.intent]))
        return shared

    def _piece(self, text: str, at: datetime, speaker: Speaker | None, found: Found, group: Group) -> Piece:
        intent = group.head.intent if group.head else OUT_OF_SCOPE
        return Piece(
            text=text,
            folded=found.folded,
            tokens=group.tokens,
            features=group.features,
            spec=self.intents[intent],
            at=at,
            lexicon=self._lexicon,
            book=self.names,
            speaker=speaker,
            weak=found.weak,
        )

    def _pieces(
        self,
        text: str,
        at: datetime,
        speaker: Speaker | None,
        state: DialogueState,
        found: Found,
        groups: Sequence[Group],
    ) -> list[Piece]:
        pieces = [self._piece(text, at, speaker, found, group) for group in groups]
        if state.record is None:
            return pieces
        return [self._after_record(piece, state.record, ahead=plans(state, self.intents)) for piece in pieces]

    def _answer(
        self, text: str, at: datetime, speaker: Speaker | None, state: DialogueState, found: Found
    ) -> tuple[Command | None, Sequence[Token]]:
        """Return the waiting command made whole, if it is answered, and the words that are no part of the answer."""
        groups = self._segments.split(found.tokens, after_answer=True)
        pieces = self._pieces(text, at, speaker, state, found, groups)
        left = self._left_at(groups, pieces, state)
        if not left:
            return None, found.tokens
        tokens = [token for group in groups[:left] for token in group.tokens]
        piece = replace(pieces[0], tokens=tokens, features=self._features.of(tokens))
        rest = found.tokens[len(tokens) :]
        if rest and self._courtesies.intent(piece.said):
            return None, rest  # 算了,全市到位多少
        answer = answered(Situation(found, piece, state), self.intents, alone=not rest)
        return (None, found.tokens) if answer is None else (answer, rest)

    def _after_record(self, piece: Piece, record: Spoken, *, ahead: bool) -> Piece:
        kept = frozenset(self.intents[record.intent].slots)
        return replace(piece, of_plan=ahead, record=record.slots, record_slots=kept)

    def _left_at(self, groups: Sequence[Group], pieces: Sequence[Piece], state: DialogueState) -> int:
        """Return where an utterance leaves the open question: the first command that is a sentence of its own."""
        assert state.question is not None
        for index, (group, piece) in enumerate(zip(groups, pieces, strict=True)):
            if group.head is not None and group.head.opens:
                alone = replace(piece, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
                named = {"register", "enter_project"} & group.features and group.head.intent != state.question.intent
                command = fill(alone, group.head.confidence)
                named = bool(named) or "question" in group.features
                if leaves(command, state.question, self.intents, named=named):
                    return index
        return len(groups)

    def _in_context(
        self, found: Found, groups: Sequence[Group], pieces: Sequence[Piece], state: DialogueState
    ) -> Command | None:
        """Return the command of an ellipsis or a detail; a clear command of its own is none."""
        if state.last is None:
            return None
        strong = any(group.head is not None and group.head.opens for group in groups)
        short = len(found.folded) <= LONGEST_ELLIPSIS
        if strong and not short:
            return None
        tokens = found.tokens[:LIMIT]
        features = groups[0].features if len(groups) == 1 else self._features.of(tokens)
        now = Situation(found, replace(pieces[0], tokens=tokens, features=features), state)
        if done := ticked(now.piece, state, self.intents):
            return done
        odd = oddness(tokens)  # a bare name or figure is not: it always means what was said before
        chatter = odd > 0 and not GOING_ON & features and self._judge.chatter(tokens, features)
        if short and not chatter and self._elliptic(now, strong=strong):
            further = continued(now, self.intents)
            if further is not None or strong:
                return further
        aside = chatter or odd > MOSTLY
        return None if strong or (aside and not features >= CALLED_OFF) else detail(now, self.intents)

    def _elliptic(self, now: Situation, *, strong: bool) -> bool:
        """Tell whether an utterance only changes the last question: it says 那 or 呢, or nothing of its own."""
        features = now.piece.features
        if "ranking" in features or "explain" in features or "record_word" in features:
            return False
        last = now.state.last
        asked = last is not None and self.intents[last.intent].question
        if "narrow" in features or (asked and {"correct_strong", "not_but"} & features and "field" not in features):
            return True
        of_it = _asks_its_funds(features) or _asks_issues(features)
        if last is not None and last.intent == "query_project" and of_it:
            return True
        elsewhere = last is not None and "{unit}" in features and "unit" not in self.intents[last.intent].slots
        return not strong or bool({"ne", "then"} & features and "visit" not in features and not elsewhere)

    def _command(self, group: Group, piece: Piece, state: DialogueState, now: DialogueState) -> Command | None:
        if group.head is None or (group.head.intent == "amend" and group.head.score < ACCEPT and state.record is None):
            return None  # a detail alone corrects nothing
        spec = piece.spec
        command = referred(fill(piece, group.head.confidence), piece, now, spec)
        if state.last is None:
            return command
        if {"then", "ne"} & piece.features or spec.name == "explain_figure" or _follows(command, piece, state):
            command = inherited(command, state, spec)
        return command


def _asks_its_funds(features: frozenset[str]) -> bool:
    """Tell whether a question right after one about a project asks what came in, and names nothing: 钱到位多少了."""
    asked = "arrive" in features and {"how_many", "question"} & features
    return bool(asked) and not _OTHER_TOPICS & features


def _asks_issues(features: frozenset[str]) -> bool:
    """Tell whether a question right after one about a project asks what blocks it: 有啥问题没解决不."""
    return {"ask_on_issue", "question"} <= features and not (_OTHER_TOPICS | {"city_whole"}) & features


def _follows(command: Command, piece: Piece, state: DialogueState) -> bool:
    """Tell whether a question names so little that it goes on with the last: 还差多少, 前三名是谁, 没开工的呢."""
    said = TOPICS & command.slots.keys()
    if "it_unit" in piece.features:
        return said <= {"metric", "unit"}
    if command.intent == "list_projects":
        return not said and "project_word" not in piece.features
    if command.intent == "query_metric":
        return said == {"metric"} and "also" in piece.features
    if "each" in piece.features and not {"who", "which"} & piece.features:
        return False
    goes_on = state.last is not None and state.last.intent == command.intent == "query_ranking"
    if command.intent == "query_target":
        return said <= {"period"}
    placed = "ordinal_asked" in piece.features and said == {"metric"}  # 换成开工率,又排第几
    return command.intent == "query_ranking" and (not said or (goes_on and (placed or "metric" not in said)))
