"""Reads an utterance in the light of the last: answers, ellipses, pronouns, corrections."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue import DialogueState, Question, Spoken, asking
from bot.parsing.intents import IntentSpec
from bot.parsing.mending import without_denied
from bot.parsing.mentions import Found
from bot.parsing.piece import Piece
from bot.parsing.reading import Command
from bot.parsing.roles.registry import ROLES

# entity of a bare answer -> it can fill slots whose role takes such mentions
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "enterprises": ("enterprise",),
    "project": ("project", "enterprise"),
    "new_project": ("project",),
    "unit": ("unit",),
    "places": ("place", "unit"),
    "amount": ("money",),
    "cumulative": ("money",),
    "milestone": ("stage",),
    "metric": ("metric",),
    "moment": ("moment", "date", "period"),
    "date": ("date", "period", "moment"),
    "industry": ("industry",),
    "land_mu": ("area",),
    "event": ("event",),
    "person": ("person",),
    "leader": ("person",),
    "participants": ("person",),
    "people_count": ("count",),
    "enterprise_count": ("count",),
}
WORDS = frozenset(("summary", "text", "project", "enterprises", "category", "kind"))
VALUE_WORDS = frozenset(("summary", "next_step", "place", "text", "industry", "event", "source", "leader"))
NAME_ROLES = frozenset(("firms", "firms_unless_project", "project"))
COUNTS = frozenset(("people_count", "enterprise_count"))
PRONOUNS = (
    ("it", "project"),
    ("it_firm", "enterprises"),
    ("again_them", "enterprises"),
    ("to_them", "enterprises"),
    ("they_before", "enterprises"),
    ("if_nobody", "enterprises"),
    ("it_as_lead", "enterprises"),
    ("it_unit", "unit"),
    ("it_person", "person"),
)
CODED = frozenset(("kind",))  # slots that take one of a few codes, never words
CARRIED = frozenset(
    ("explain_figure", "query_metric", "query_target", "query_ranking", "list_projects", "list_lagging", "list_visits")
)
SINGLE = frozenset(("query_metric", "query_target"))
UNPLACED = frozenset(("order", "limit", "position"))
LISTED = ("list", "event", "industry")
TOPIC_SLOTS = ("metric", "period", "unit", "person", "filters", "list")
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "position": ("order", "limit", "unit"),
    "limit": ("position", "unit"),
    "order": ("position", "limit", "unit"),
}
ON_PROJECTS = frozenset(
    ("report_milestone", "report_funds", "raise_issue", "resolve_issue", "note_progress", "query_project")
) | {"issue_supervision", "transfer_lead"}
CALLED_OFF = frozenset(("dont_order", "remind"))
LONGEST_CALL_OFF = 8  # 先不用提醒我了
LONGEST_ANSWER = 40


@dataclass(frozen=True, slots=True)
class Situation:
    """An utterance with what was found in it, and the state it is said in."""

    found: Found
    piece: Piece
    state: DialogueState

    @property
    def said(self) -> str:
        """Return the words in question, as given."""
        return self.piece.text[self.piece.start : self.piece.end]

    def trimmed(self) -> str:
        """Return the words without marks around them."""
        return self.said.strip(self.piece.roles["trim"])


def plans(state: DialogueState, intents: Mapping[str, IntentSpec]) -> bool:
    """Tell whether the last record is of something still to come."""
    record = state.record
    return record is not None and bool(record.slots.get("planned") or intents[record.intent].ahead)


def answered(now: Situation, intents: Mapping[str, IntentSpec], *, alone: bool) -> Command | None:
    """Return the waiting command made whole by a bare answer, if this is one; `alone` if nothing else is said."""
    question = now.state.question
    if question is None or len(now.said) > LONGEST_ANSWER:
        return None
    chosen = _chosen(now, question)
    if chosen is not None:
        return _merged(question, chosen, None)
    spec = intents[question.intent]
    if question.intent == "amend" and "field" in question.slots:
        return _new_value(now, question, spec)
    return _coded(now, question, spec) if question.slot in CODED else _told(now, question, intents, alone=alone)


def _told(now: Situation, question: Question, intents: Mapping[str, IntentSpec], *, alone: bool) -> Command | None:
    """Return the waiting command with the mentions, else the words, of an answer."""
    spec = intents[question.intent]
    wanted = ANSWERS.get(question.slot, ())
    spots = now.piece.spots(*wanted) or (now.piece.weak if question.slot == "project" else ())
    if not spots and (another := _otherwise(now, question, spec, intents)) is not None:
        return another
    if spots or question.slot not in WORDS or not alone:
        return _filled(now, question, spec) if spots else None
    return _worded(now, question, spec)


def _otherwise(
    now: Situation, question: Question, spec: IntentSpec, intents: Mapping[str, IntentSpec]
) -> Command | None:
    """Return the command made whole by another slot than the one asked for: 给高县的, where a project was asked."""
    command = _filled(now, question, spec)
    answers = any(slot in command.slots and slot not in question.slots for group in spec.required for slot in group)
    return command if answers and asking([command], intents) is None else None


def _coded(now: Situation, question: Question, spec: IntentSpec) -> Command | None:
    command = _filled(now, question, spec)
    return command if question.slot in command.slots else None


def _name(now: Situation) -> str | None:
    """Return the name an answer gives: 是一家叫华锐的企业; a question gives none."""
    said = re.fullmatch(now.piece.roles["name_answer"], now.trimmed())
    return said["name"] if said and "question" not in now.piece.features else None


def _worded(now: Situation, question: Question, spec: IntentSpec) -> Command | None:
    """Take the answer's words as they are; names in them go where they belong."""
    words = _name(now) if spec.slots[question.slot] in NAME_ROLES else now.trimmed()
    if not words:
        return None
    value = [words] if spec.slots[question.slot].startswith("firms") else words
    command = _filled(now, replace(question, slots={**question.slots, question.slot: value}), spec, words_stand=True)
    unknown = (question.slot,) if question.slot in spec.link else ()
    return replace(command, unknown=unknown)


def _new_value(now: Situation, question: Question, spec: IntentSpec) -> Command | None:
    """Read an answer as the new value of the field that is being corrected."""
    held = dict(question.slots)
    piece = replace(now.piece, spec=spec, slots=held, linked={}, doubts={}, unknown=[], claimed=set())
    value = ROLES[spec.slots["value"]](piece, "value")
    if value is None and held["field"] in COUNTS:
        value = next((spot.value for spot in piece.spots("count")), None)  # 6, without 人
    if value is None and held["field"] in VALUE_WORDS:
        value = now.trimmed() or None
    if value is None:
        return None
    if held["field"] == "moment" and isinstance(value, dict):
        held["field"] = "date"  # a day without a clock time
    unknown = tuple(slot for slot in piece.unknown if slot in spec.link)
    return Command("amend", 1.0, {**held, "value": value}, piece.linked, piece.doubts, unknown)


def _chosen(now: Situation, question: Question) -> Any:
    """Return the choice an answer picks, by its number or by words only it holds."""
    if not question.choices:
        return None
    for spot in now.piece.spots("ordinal", "count"):
        if isinstance(spot.value, int) and 0 < spot.value <= len(question.choices):
            return question.choices[spot.value - 1]
    words = now.trimmed()
    named = re.fullmatch(now.piece.roles["choice_said"], words)
    for said in (words, named["name"] if named else ""):
        fitting = [choice for choice in question.choices if said and (said in choice or choice in said)]
        if len(fitting) == 1:
            return fitting[0]
    ends = {0: now.piece.roles["choice_first"], -1: now.piece.roles["choice_last"]}
    end = next((place for place, said in ends.items() if any(word in words for word in said)), None)
    return question.choices[end] if end is not None else _of_unit(now, question)


def _of_unit(now: Situation, question: Question) -> str | None:
    """Return the only project among the choices that settles in the unit said: 翠屏那个."""
    units = [spot.refs[0].id for spot in now.piece.spots("unit") if spot.linked]
    if question.slot != "project" or not units:
        return None
    book = now.piece.book
    rows = [row for row in book.rows["project"].values() if row.name in question.choices]
    inside = [row.name for row in rows if book.within(row.unit_id, units[0])]
    return inside[0] if len(inside) == 1 else None


def _merged(question: Question, value: Any, row: Any) -> Command:
    slots, linked = dict(question.slots), dict(question.linked)
    current = slots.get(question.slot)
    if isinstance(current, list) and not isinstance(value, list):
        value = [value]
    slots[question.slot] = value
    if row is not None:
        linked[question.slot] = row
    return Command(question.intent, 1.0, slots, linked)


def _filled(now: Situation, question: Question, spec: IntentSpec, *, words_stand: bool = False) -> Command:
    """Read the answer by the role of the slot asked for, and whatever else it says by the others."""
    piece = replace(now.piece, spec=spec, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
    piece.ahead = spec.ahead
    for slot, name in _asked_first(spec, question):
        value = None if words_stand and slot == question.slot else ROLES[name](piece, slot)
        if value is not None:
            piece.slots[slot] = value
    slots = {**question.slots, **piece.slots}
    unknown = tuple(slot for slot in piece.unknown if slot in spec.link)
    linked = {**question.linked, **piece.linked}
    ordered = {slot: slots[slot] for slot in spec.slots if slot in slots}
    return Command(question.intent, 1.0, ordered, linked, piece.doubts, unknown)


def _asked_first(spec: IntentSpec, question: Question) -> list[tuple[str, str]]:
    """Return the slot asked for, then what else an answer may say; what to be reminded of only where it is wanting."""
    free = {"summary", "reminder", "lead_summary", "project_summary", "issue_summary", "progress_summary", "task_text"}
    if spec.name == "remind_me" and "text" not in question.slots:
        free.remove("reminder")
    others = [(name, role) for name, role in spec.slots.items() if name != question.slot and role not in free]
    return [(question.slot, spec.slots[question.slot]), *others]


def continued(now: Situation, intents: Mapping[str, IntentSpec]) -> Command | None:
    """Return the last question asked anew with what an elliptic one changes: 那省外呢, 去年呢."""
    last = now.state.last
    if last is None or not intents[last.intent].question:
        return None
    if now.piece.features >= {"each", "ne"} and "who" not in now.piece.features and last.intent in SINGLE:
        last = Spoken("query_ranking", {slot: last.slots[slot] for slot in ("metric", "period") if slot in last.slots})
    if last.intent == "explain_figure" and {"how_many", "currently"} & now.piece.features:
        last = Spoken("query_metric", last.slots)
    spec = intents[last.intent]
    tokens = without_denied(now.piece.tokens, now.piece.roles)
    piece = replace(now.piece, tokens=tokens, spec=spec, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
    changed = _changes(piece, spec, last)
    if not changed and last is now.state.last:
        return None
    slots = {**last.slots, **changed}
    linked = {slot: row for slot, row in last.linked.items() if slot not in changed}
    ordered = {slot: slots[slot] for slot in spec.slots if slots.get(slot) is not None}
    unknown = tuple(slot for slot in piece.unknown if slot in spec.link)
    return Command(last.intent, 0.9, ordered, linked | piece.linked, piece.doubts, unknown)


def _changes(piece: Piece, spec: IntentSpec, last: Spoken) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for slot, name in spec.slots.items():
        value = ROLES[name](piece, slot)
        if value is not None:
            changed[slot] = value
            piece.slots[slot] = value
    if "tier" in changed and "aspect" in last.slots:
        changed.pop("aspect", None)  # 力争目标呢 asks the same of the other target
    for slot, others in INSTEAD.items():
        if slot in changed:
            gone = [other for other in others if other in last.slots and other not in changed]
            if slot == "order" and not piece.says("one_only"):
                gone = [other for other in gone if other != "limit"]  # 倒数的呢 after 前三名 asks for three
            changed |= dict.fromkeys(gone)  # 第二名呢 after 前三名 asks for no three
    if isinstance(changed.get("filters"), dict):
        changed["filters"] = {**last.slots.get("filters", {}), **changed["filters"]}
    return changed | _funds_of(piece, changed, last) | _twin_of(piece, changed, last)


def _twin_of(piece: Piece, changed: dict[str, Any], last: Spoken) -> dict[str, Any]:
    """Return the other figure of the same things, where only what is counted is said: 个数呢 after 签约额."""
    metric = last.slots.get("metric")
    if metric is None or "metric" in changed:
        return {}
    twins = [row for row in piece.roles["metric_twins"] if metric in row["of"]]
    other = [each for row in twins for each in row["of"] if any(word in piece.said for word in row[each])]
    return {"metric": other[0]} if other else {}


def _funds_of(piece: Piece, changed: dict[str, Any], last: Spoken) -> dict[str, Any]:
    """Return the funds of another origin, where funds or a target without an indicator were asked: 那省外呢."""
    funds = str(last.slots.get("metric", ""))
    headline = not funds and last.intent in ("query_target", "query_ranking")
    if "metric" in changed or not (headline or (funds.startswith("funds_") and "rate" not in funds)):
        return {}
    metric = piece.roles["origin_metrics"].get(piece.lexicon.code("origin", piece.plain()) or "")
    if metric:
        changed.pop("origin", None)
    return {"metric": metric} if metric else {}


def referred(command: Command, piece: Piece, state: DialogueState, spec: IntentSpec) -> Command:
    """Return the command with pronouns, and subjects left out, filled from what was spoken of."""
    if not state.referents and command.intent != "transfer_lead":
        return command
    slots, linked, unknown = dict(command.slots), dict(command.linked), set(command.unknown)
    for concept, slot in PRONOUNS:
        if concept == "to_them" and command.intent == "log_visit":
            continue  # 去深圳拜访,跟他们谈了20亿: a visit to others
        held = state.referents.get(slot)
        if held and concept in piece.features and slot in spec.slots and (slot not in slots or slot in unknown):
            _take(slot, state, slots, linked)
            unknown.discard(slot)
    for slot in _left_out(command, piece, state, slots):
        _take(slot, state, slots, linked)
    ordered = {slot: slots[slot] for slot in spec.slots if slot in slots}
    return replace(command, slots=ordered, linked=linked, unknown=tuple(unknown))


def _left_out(command: Command, piece: Piece, state: DialogueState, slots: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the slots whose subject is left out because it was just spoken of."""
    if _of_last_project(command, piece, state):
        return ("project",)
    if command.intent == "query_enterprise" and "enterprises" not in slots:
        return ("enterprises",)  # 谁在谈?联系人电话多少?
    if command.intent == "transfer_lead" and not {"project", "enterprises"} & slots.keys():
        return _handed_on(piece, state)
    return ()


def _take(slot: str, state: DialogueState, slots: dict[str, Any], linked: dict[str, Any]) -> None:
    """Fill a slot with what was spoken of."""
    held = state.referents.get(slot)
    if held:
        slots[slot] = held["value"]
        if held["linked"] is not None:
            linked[slot] = held["linked"]


def _of_last_project(command: Command, piece: Piece, state: DialogueState) -> bool:
    """Tell whether a report that names nothing goes on with the project just asked or told of: 还没开工呢."""
    of_own = {"project", "enterprises"} | ({"unit"} if command.intent != "transfer_lead" else set())
    if command.intent not in ON_PROJECTS or of_own & command.slots.keys():
        return False
    spoken = state.last is not None and "project" in state.last.slots and "project" in state.referents
    return spoken and not {"some_project", "again_them", "to_them"} & piece.features


def _handed_on(piece: Piece, state: DialogueState) -> tuple[str, ...]:
    """Return what the last record is of where a transfer names nothing: 这条线索转给珙县."""
    record = state.record.slots if state.record else {}
    slot = "project" if "project" in record and "lead_word" not in piece.features else "enterprises"
    return (slot,) if slot in record else ()


def inherited(command: Command, state: DialogueState, spec: IntentSpec) -> Command:
    """Return a follow-on question with the topic of the last where it names none: 那排名呢, 怎么算的."""
    last = state.last
    if last is None or last.intent not in CARRIED or not spec.question:
        return command
    held = {**last.slots}
    if spec.name == "query_ranking" and UNPLACED & command.slots.keys():
        held.pop("unit", None)  # 前三名 is of all
    if spec.name == "list_lagging":
        held.pop("metric", None)
    if spec.name == "list_projects":
        held |= {slot: value for slot, value in held.get("filters", {}).items() if slot in LISTED}
    carried = {
        slot: held[slot]
        for slot in (*TOPIC_SLOTS, *LISTED)
        if slot in spec.slots and slot in held and slot not in command.slots
    }
    slots = {**command.slots, **carried}
    return replace(command, slots={slot: slots[slot] for slot in spec.slots if slot in slots})


def detail(now: Situation, intents: Mapping[str, IntentSpec]) -> Command | None:
    """Return the amendment that a bare detail right after a record is: 要300亩地."""
    record = now.state.record
    if record is None or now.state.last != record:
        return None
    if record.intent == "remind_me" and now.piece.features >= CALLED_OFF and len(now.said) <= LONGEST_CALL_OFF:
        return Command("undo", 0.9)
    spec = intents["amend"]
    piece = replace(now.piece, spec=spec, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
    for slot, name in spec.slots.items():
        value = ROLES[name](piece, slot)
        if value is not None:
            piece.slots[slot] = value
    if "value" not in piece.slots or piece.slots["field"] not in intents[record.intent].slots:
        return None
    ordered = {slot: piece.slots[slot] for slot in spec.slots if slot in piece.slots}
    return Command("amend", 0.8, ordered, piece.linked, piece.doubts)
