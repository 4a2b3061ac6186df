"""Counts over read lines: how many were right of how many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.corpus.comparing import Pair
from tests.corpus.reads import Read

SURE = 0.9
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)  # the last holds 1.0 alone


@dataclass(slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    whole: int = 0

    def add(self, *, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.whole += 1

    @property
    def percent(self) -> float | None:
        """Return the share in percent, nothing of nothing."""
        return 100 * self.right / self.whole if self.whole else None


@dataclass(slots=True)
class Finding:
    """How well things are found: right ones, those labelled, those read."""

    right: int = 0
    labelled: int = 0
    read: int = 0

    @property
    def precision(self) -> float | None:
        """Return how much of what was read is right, in percent."""
        return 100 * self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Return how much of what was labelled was read, in percent."""
        return 100 * self.right / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of both, in percent."""
        both = self.labelled + self.read
        return 200 * self.right / both if both else None


@dataclass(slots=True)
class Tally:
    """Everything counted over some lines."""

    messages: Share = field(default_factory=Share)
    intents: Share = field(default_factory=Share)
    commands: Share = field(default_factory=Share)
    links: Share = field(default_factory=Share)  # messages without a wrong one
    asks: Finding = field(default_factory=Finding)
    slots: Finding = field(default_factory=Finding)
    by_slot: dict[str, Finding] = field(default_factory=dict)
    sure: Share = field(default_factory=Share)  # commands said at SURE or more, exactly right
    sure_intents: Share = field(default_factory=Share)
    bins: dict[float, tuple[Share, Share]] = field(default_factory=dict)  # intent right, command right
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)  # intent labelled, intent read
    slipped: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # intent, slot, how


def tally(reads: Iterable[Read]) -> Tally:
    """Count over some lines."""
    counted = Tally()
    for read in reads:
        counted.messages.add(right=read.exact)
        counted.links.add(right=not read.wrong_links)
        _count_ask(counted.asks, read)
        for pair in read.pairs:
            _count_command(counted, pair)
    return counted


def _count_ask(asks: Finding, read: Read) -> None:
    asks.labelled += read.line.ask is not None
    asks.read += read.ask is not None
    asks.right += read.ask is not None and read.asked_rightly


def _count_command(counted: Tally, pair: Pair) -> None:
    counted.intents.add(right=pair.named)
    counted.commands.add(right=pair.exact)
    if not pair.named:
        counted.confused[_name(pair, "label"), _name(pair, "read")] += 1
    _count_slots(counted, pair)
    if pair.read is None:
        return
    if pair.read.confidence >= SURE:
        counted.sure.add(right=pair.exact)
        counted.sure_intents.add(right=pair.named)
    floor = max(edge for edge in BINS if edge <= pair.read.confidence)
    named, exact = counted.bins.setdefault(floor, (Share(), Share()))
    named.add(right=pair.named)
    exact.add(right=pair.exact)


def _count_slots(counted: Tally, pair: Pair) -> None:
    label = pair.label.slots if pair.label else {}
    read = pair.read.slots if pair.read else {}
    for slot in {*label, *read}:
        right = slot in label and slot in read and label[slot] == read[slot]
        for found in (counted.slots, counted.by_slot.setdefault(slot, Finding())):
            found.labelled += slot in label
            found.read += slot in read
            found.right += right
        if pair.named and not right:
            how = "differs" if slot in label and slot in read else "missed" if slot in label else "invented"
            counted.slipped[_name(pair, "label"), slot, how] += 1


def _name(pair: Pair, side: str) -> str:
    command = pair.label if side == "label" else pair.read
    return command.intent if command else "-"


def figures(counted: Tally) -> dict[str, float | None]:
    """Return the figures that have floors, in percent, more being better."""
    return {
        "intents": counted.intents.percent,
        "commands": counted.commands.percent,
        "messages": counted.messages.percent,
        "slot_precision": counted.slots.precision,
        "slot_recall": counted.slots.recall,
        "slot_f1": counted.slots.f1,
        "links": counted.links.percent,
        "ask_precision": counted.asks.precision,
        "ask_recall": counted.asks.recall,
        "sure_intents": counted.sure_intents.percent,
        "sure_commands": counted.sure.percent,
    }


def of_split(reads: Sequence[Read], split: str) -> list[Read]:
    """Return the lines of a split, or of all."""
    return [read for read in reads if split in ("all", read.line.split)]


def labelled(reads: Sequence[Read]) -> list[Read]:
    """Return the lines of `labelled/`, written before the reader saw them."""
    return [read for read in reads if read.line.unseen]
