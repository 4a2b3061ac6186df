"""Further commands that the same words say: of a second unit, figure, project or side; and what commands share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.reading import Command
from bot.parsing.roles.beforehand import rung_before
from bot.parsing.roles.times import DAYS
from bot.parsing.slots import fill
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

DAY_LENGTH = len("2026-03-18")
NAMED = frozenset(("project", "enterprise"))
OF_UNITS = frozenset(
    ("query_metric", "query_target", "query_ranking", "generate_report", "list_projects", "list_issues", "list_visits")
) | {"list_lagging"}
OF_PROJECTS = frozenset(("report_milestone", "note_progress"))
OF_SEVERAL = OF_UNITS | OF_PROJECTS | {"query_project", "report_funds", "explain_figure"}
KINDS = {"generate_report": "report_kind", "subscribe": "push_kind", "unsubscribe": "push_kind"}
PAIR = 2
NEEDS_PROJECT = frozenset(
    ("report_milestone", "report_funds", "raise_issue", "resolve_issue", "note_progress", "query_project")
)


def _each_kind(command: Command, piece: Piece) -> list[Command]:
    """Return an order for each document or push of a list: 通报和排名表各来一份, 排名、滞后的推送都停了."""
    slot = KINDS[command.intent]
    asked = dict.fromkeys(piece.first_code(slot, piece.plain(part)) for part in _listed(piece))
    asked.pop(None, None)
    if command.slots.get("kind") not in asked:
        return [command]
    return [replace(command, slots={**command.slots, "kind": kind}) for kind in asked]


def _listed(piece: Piece) -> list[list[Token]]:
    """Return the words between the marks of a list; a comma is none here."""
    parts: list[list[Token]] = [[]]
    for token in piece.clauses[0] if piece.clauses else ():
        if token.spot is None and token.text in piece.roles["list_marks"]:
            parts.append([])
        parts[-1].append(token)
    return parts


def several(command: Command, piece: Piece) -> list[Command]:
    """Return a command with those that the same words say of further figures, projects, units or aspects."""
    if command.intent in KINDS:
        return [one for each in each_unit(command, piece) for one in _each_kind(each, piece)]
    if command.intent not in OF_SEVERAL:
        return [command]
    return [
        *_each_aspect(each_unit(command, piece), piece),
        *_further_figures(command, piece),
        *_further_milestones(command, piece),
        *_further_sums(command, piece),
        *(_further_asked if command.intent == "query_project" else _further_projects)(command, piece),
    ]


def same_day(command: Command, piece: Piece, before: Command) -> Command:
    """Return a further visit or reminder on the day of the one before, where none or a part of it is said."""
    if command.intent == "remind_me" and not {"moment", "date"} & command.slots.keys():
        return replace(command, slots=rung_before(piece, command.slots))
    if "date" in before.slots and "date" in piece.spec.slots and "date" not in command.slots and piece.says("same_day"):
        return _with(command, piece, "date", before.slots["date"])
    if command.intent != before.intent or command.intent not in ("log_visit", "remind_me"):
        return command
    command = _met_alike(command, piece, before)
    days = [token for token in piece.tokens if token.entity in DAYS]
    parts, today = piece.roles["part_of_day"], piece.roles["today_words"]
    own = [token for token in days if token.text not in parts or token.text.startswith(today)]
    if command.intent == "remind_me" and (own or not days):
        return _same_day_rung(command, own, piece, before)
    if own or "date" not in before.slots:
        return command
    return _with(command, piece, "date", before.slots["date"])


def _met_alike(command: Command, piece: Piece, before: Command) -> Command:
    """Return a further visit with way and place of the one before, where how many there were was said first."""
    if command.intent != "log_visit" or "mode" in command.slots or "mode" not in before.slots:
        return command
    if re.search(piece.roles["counted_firms"], piece.folded[: piece.start]) is None:
        return command
    for slot in ("mode", "place"):
        if slot in before.slots and slot not in command.slots:
            command = _with(command, piece, slot, before.slots[slot])
    return command


def _same_day_rung(command: Command, own: Sequence[Token], piece: Piece, before: Command) -> Command:
    """Return a reminder with only a clock time on the day of the one before."""
    day = str(before.slots.get("moment") or before.slots.get("date", {}).get("start") or "")[:DAY_LENGTH]
    alone = all(re.match(piece.roles["clock_alone"], token.text) for token in own)
    if not (own and alone and day and "moment" in command.slots) or "repeat" in command.slots:
        return command
    return _with(command, piece, "moment", day + command.slots["moment"][DAY_LENGTH:])


def _with(command: Command, piece: Piece, slot: str, value: Any) -> Command:
    slots = {**command.slots, slot: value}
    return replace(command, slots={name: slots[name] for name in piece.spec.slots if name in slots})


def _further_figures(command: Command, piece: Piece) -> list[Command]:
    """Return a question for each further figure named in one breath: 到位资金和签约额分别多少."""
    if command.intent in ("query_ranking", "query_target"):
        named = [str(token.spot.value) for token in piece.tokens if token.spot and token.entity == "metric"]
        listed = any(token.text in piece.roles["list_marks"] for token in piece.tokens)
        named = [metric for metric in named if metric not in (command.slots.get("metric"), "completion") and listed]
    elif command.intent == "explain_figure":
        named = [str(token.spot.value) for token in piece.tokens if token.spot and token.entity == "metric"]
        named = [metric for metric in named if metric != command.slots.get("metric")]
        named = named if any(token.text in piece.roles["list_marks"] for token in piece.tokens) else []
    elif command.intent == "query_metric":
        named = [str(spot.value) for spot in piece.spots("metric")] or _twins(command, piece)
    else:
        return []
    return [replace(command, slots={**command.slots, "metric": metric}) for metric in dict.fromkeys(named)]


def _twins(command: Command, piece: Piece) -> list[str]:
    """Return further figures of the same things, named in a list by what is counted: 签约个数和总投资."""
    metric, words = command.slots.get("metric"), "".join(token.text for token in piece.tokens)
    rows = [row for row in piece.roles["metric_twins"] if metric in row["of"]]
    heads = tuple(
        mark + word for mark in piece.roles["list_marks"] for row in rows for word in row[_other(row, metric)]
    )
    return [_other(rows[0], metric)] if rows and any(head in words for head in heads) else []


def _other(row: Mapping[str, Any], metric: Any) -> str:
    return str(next(each for each in row["of"] if each != metric))


def each_unit(command: Command, piece: Piece) -> list[Command]:
    """Return a question for each unit of a list, in the order said: 全市和翠屏区到位多少."""
    if command.intent not in OF_UNITS or "unit" not in command.linked or _compares(command, piece):
        return [command]
    named = [(index, token.spot) for index, token in enumerate(piece.tokens) if token.spot and token.entity == "unit"]
    listed: dict[int, Spot] = {}
    for (place, before), (index, spot) in pairwise(named):
        between = piece.tokens[place + 1 : index]
        marked = all(token.text in piece.roles["list_marks"] for token in between)
        apart = (
            between or not piece.book.within(spot.refs[0].id, before.refs[0].id) if spot.refs and before.refs else False
        )
        if before.linked and spot.linked and marked and apart:
            listed |= {before.refs[0].id: before, spot.refs[0].id: spot}
    if command.linked["unit"] not in listed:
        return [command]
    return [
        replace(command, slots={**command.slots, "unit": spot.value}, linked={**command.linked, "unit": row})
        for row, spot in listed.items()
    ]


def _compares(command: Command, piece: Piece) -> bool:
    """Tell whether units are held against each other: 南溪和江安谁靠前."""
    return command.intent == "query_ranking" and bool({"who", "which"} & piece.features)


def _each_aspect(commands: list[Command], piece: Piece) -> list[Command]:
    """Return a question for each side of a project asked in one breath, in the order said: 进展和负责人."""
    command = commands[0]
    asks = {"question", "how_many", "show", "sides_said"} & piece.features
    if command.intent != "query_project" or "aspect" not in command.slots or not asks:
        return commands
    parts: list[list[Token]] = [[]]
    for token in piece.tokens:
        if token.spot is None and token.text in piece.roles["list_marks"]:
            parts.append([])
        parts[-1].append(token)
    asked = dict.fromkeys(piece.first_code("project_aspect", piece.plain(part)) for part in parts)
    asked.pop(None, None)
    if command.slots["aspect"] not in asked:
        return commands
    return [replace(command, slots={**command.slots, "aspect": aspect}) for aspect in asked]


def _further_milestones(command: Command, piece: Piece) -> list[Command]:
    """Return the same for each further milestone of a list: 备案、环评、施工许可都办好了."""
    if command.intent != "report_milestone" or "milestone" not in command.slots:
        return []
    listed: dict[str, None] = {}
    stages = [(index, token.spot) for index, token in enumerate(piece.tokens) if token.spot and token.entity == "stage"]
    for (place, before), (index, spot) in pairwise(stages):
        between = [token.text for token in piece.tokens[place + 1 : index]]
        if between and all(text in piece.roles["list_marks"] for text in between) and "," not in between:
            listed |= {before.value: None, spot.value: None}
    if command.slots["milestone"] not in listed:
        return []
    others = [value for value in listed if value != command.slots["milestone"]]
    return [replace(command, slots={**command.slots, "milestone": value}) for value in others]


def _further_sums(command: Command, piece: Piece) -> list[Command]:
    """Return a report for each further arrival of a project: 到了两笔,一笔200万一笔350万."""
    if command.intent != "report_funds" or "amount" not in command.slots or "cumulative" in command.slots:
        return []
    first = next(
        (token.start for token in piece.tokens if token.spot and token.spot.value == command.slots["amount"]), 0
    )
    free = [spot for spot in piece.spots("money") if spot.start > first]
    sums = [*(t.spot for t in piece.tokens if t.spot and t.start == first), *free]
    if len(sums) < PAIR or not (_numbered(piece, sums) or _only_listed(piece, sums)):
        return []
    rest = [spot for spot in sums if spot.value != command.slots["amount"]]
    return [replace(command, slots={**command.slots, "amount": spot.value}) for spot in rest]


def _numbered(piece: Piece, sums: Sequence[Spot]) -> bool:
    """Tell whether as many arrivals are counted as sums are said, or each is called one: 一笔200万."""
    counted = [spot for spot in piece.spots("count") if spot.text.endswith(piece.roles["sum_units"])]
    said = any(spot.value == len(sums) for spot in counted) and len(counted) in (1, len(sums) + 1, len(sums))
    return said or sum(spot.value == 1 for spot in counted) == len(sums)


def _only_listed(piece: Piece, sums: Sequence[Spot]) -> bool:
    """Tell whether nothing but marks of a list stands between the sums, and they are said to come one by one."""
    between = [piece.folded[one.end : two.start] for one, two in pairwise(sums)]
    if all(re.fullmatch(piece.roles["then_came"], words) for words in between):
        return True
    apart = piece.says("one_by_one")
    return apart and all(words in piece.roles["list_marks"] for words in between)


def _further_projects(command: Command, piece: Piece) -> list[Command]:
    """Return the same milestone, reached or denied, for each further project of a list: A和B都开工了."""
    if command.intent not in OF_PROJECTS or "project" not in command.slots:
        return []
    said = "".join(token.text for token in piece.tokens)
    kinds = ("project", "enterprise") if piece.says("all_of_them", said) else ("project",)
    further: list[Command] = []
    tokens = list(piece.tokens)
    for index, token in enumerate(piece.tokens):
        listed = token.spot is None and token.text in piece.roles["list_marks"] and index
        beside = next((two.entity for two in piece.tokens[index + 1 :] if two.entity in NAMED), "")
        if not listed or piece.tokens[index - 1].entity not in kinds or beside not in kinds:
            continue
        tokens = [other for other in tokens if other.start >= token.start or other.entity not in kinds]
        alone = replace(piece, tokens=tokens, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
        other = fill(alone, command.confidence)
        if "project" in other.slots and other.slots["project"] not in [one.slots["project"] for one in further]:
            further.append(other)
    return [one for one in further if one.slots["project"] != command.slots["project"]]


def _further_asked(command: Command, piece: Piece) -> list[Command]:
    """Return the same question for each further project of a list, named outright or by its product: A和B谁负责."""
    spots = [token.spot for token in piece.tokens if token.spot and token.entity == "project"]
    starts = {token.start for token in piece.tokens}
    spots += [weak for weak in piece.weak if weak.start in starts and not any(_meet(weak, spot) for spot in spots)]
    further: list[Command] = []
    for before, spot in pairwise(sorted(spots, key=lambda spot: spot.start)):
        between = piece.folded[before.end : spot.start].removeprefix(piece.book.words.project_word)
        if between.strip() not in piece.roles["list_marks"]:
            continue
        tokens = [token for token in piece.tokens if token.start >= spot.start]
        alone = replace(piece, tokens=tokens, slots={}, linked={}, doubts={}, unknown=[], claimed=set())
        further.append(fill(alone, command.confidence))
    first = command.slots.get("project")
    return [one for one in further if one.slots.get("project", first) != first]


def _meet(one: Spot, other: Spot) -> bool:
    return one.start < other.end and other.start < one.end


def subjects_shared(commands: list[Command]) -> list[Command]:
    """Return commands that name no project with the one named just before in the same message."""
    shared: list[Command] = []
    for command in commands:
        before = shared[-1] if shared else None
        wanting = command.intent in NEEDS_PROJECT and "project" not in command.slots
        if before is not None and wanting and "project" in before.slots:
            slots = {"project": before.slots["project"], **command.slots}
            linked = {**command.linked, "project": before.linked.get("project")}
            unknown = ("project",) if "project" in before.unknown else ()
            command = replace(command, slots=slots, linked=linked, unknown=unknown)  # noqa: PLW2901 - the fuller one
        shared.append(command)
    return shared
