"""The report of `make eval`: one column a split."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.corpus.frames import SPLITS
from tests.corpus.reads import Read
from tests.corpus.tally import BINS, SURE, Finding, Share, Tally, figures, labelled, of_split, tally

COLUMNS = (*SPLITS, "all")
MOST = 10
WIDE, NARROW = 26, 15
FIGURES = {
    "intents": "intent accuracy",
    "commands": "exact commands",
    "messages": "whole messages exact",
    "slot_precision": "slot precision",
    "slot_recall": "slot recall",
    "slot_f1": "slot F1",
    "links": "without a wrong link",
    "ask_precision": "ask precision",
    "ask_recall": "ask recall",
    "sure_intents": f"intent right at >= {SURE}",
    "sure_commands": f"command right at >= {SURE}",
}


def report(reads: Sequence[Read], elsewhere: Sequence[Read], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Yield the report's lines; `elsewhere` was said in another city."""
    counted = {column: tally(of_split(reads, column)) for column in columns}
    yield from _headline("all lines", counted)
    since = {column: tally(labelled(of_split(reads, column))) for column in columns}
    yield from _headline("labelled/ alone", since)
    yield from _headline("another city", {"all": tally(elsewhere)})
    yield from _slots(counted)
    yield from _calibration(counted)
    yield from _parts("intent (exact commands)", _by_intent(reads), columns, lambda each: each.commands)
    yield from _parts("phenomenon (exact messages)", _by_phenomenon(reads), columns, lambda each: each.messages)
    yield from _confusions(counted)


def _headline(title: str, counted: Mapping[str, Tally]) -> Iterator[str]:
    yield from _heading(title, list(counted))
    yield _row("messages", [str(each.messages.whole) for each in counted.values()])
    yield _row("commands", [str(each.commands.whole) for each in counted.values()])
    values = [figures(each) for each in counted.values()]
    for key, words in FIGURES.items():
        yield _row(words, [_percent(each[key]) for each in values])
    yield _row("wrong-link rate", [_percent(_rest(each.links)) for each in counted.values()])


def _slots(counted: Mapping[str, Tally]) -> Iterator[str]:
    yield from _heading("slot (precision/recall/F1)", list(counted))
    slots = sorted({slot for each in counted.values() for slot in each.by_slot})
    for slot in slots:
        yield _row(slot, [_found(each.by_slot.get(slot, Finding())) for each in counted.values()])


def _calibration(counted: Mapping[str, Tally]) -> Iterator[str]:
    yield from _heading("confidence (intent/command)", list(counted))
    for low, high in zip(BINS, (*BINS[1:], None), strict=True):
        empty = (Share(), Share())
        cells = [each.bins.get(low, empty) for each in counted.values()]
        words = f"{low:.2f} - {high:.2f}" if high is not None else f"{low:.2f}"
        yield _row(words, [f"{_percent(named.percent)}/{_share(exact)}" for named, exact in cells])


def _parts(
    title: str, parts: Mapping[str, Sequence[Read]], columns: Sequence[str], share: Callable[[Tally], Share]
) -> Iterator[str]:
    yield from _heading(title, columns)
    for name, some in parts.items():
        yield _row(name, [_share(share(tally(of_split(some, column)))) for column in columns])


def _by_intent(reads: Sequence[Read]) -> dict[str, list[Read]]:
    """Return the lines by labelled intent, each with the commands of that intent alone."""
    parts: dict[str, list[Read]] = {}
    for read in reads:
        own: dict[str, list[int]] = {}
        for place, pair in enumerate(read.pairs):
            if pair.label is not None:
                own.setdefault(pair.label.intent, []).append(place)
        for intent, places in own.items():
            pairs = tuple(read.pairs[place] for place in places)
            parts.setdefault(intent, []).append(Read(read.line, pairs, read.ask, read.wrong_links))
    return dict(sorted(parts.items()))


def _by_phenomenon(reads: Sequence[Read]) -> dict[str, list[Read]]:
    parts: dict[str, list[Read]] = {}
    for read in reads:
        for phenomenon in read.line.phenomena:
            parts.setdefault(phenomenon, []).append(read)
    return dict(sorted(parts.items()))


def _confusions(counted: Mapping[str, Tally]) -> Iterator[str]:
    for column, each in counted.items():
        yield from ("", f"the most frequent confusions, {column}")
        for (label, read), times in each.confused.most_common(MOST):
            yield f"{times:5}  {label} read as {read}"
        for (intent, slot, how), times in each.slipped.most_common(MOST):
            yield f"{times:5}  {intent}.{slot} {how}"


def _heading(title: str, columns: Sequence[str]) -> Iterator[str]:
    yield ""
    yield _row(title, columns)


def _row(title: str, cells: Sequence[str]) -> str:
    width = max(WIDE, len(title) + 1)
    return (title.ljust(width) + "".join(cell.rjust(NARROW + 5) for cell in cells)).rstrip()


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _share(share: Share) -> str:
    return f"{_percent(share.percent)} ({share.right}/{share.whole})" if share.whole else "-"


def _found(found: Finding) -> str:
    if not found.labelled and not found.read:
        return "-"
    return f"{_percent(found.precision)}/{_percent(found.recall)}/{_percent(found.f1)}"


def _rest(share: Share) -> float | None:
    return None if share.percent is None else 100 - share.percent
