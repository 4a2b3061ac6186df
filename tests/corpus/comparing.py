"""How a reading is held against its label: commands paired in order, slots by exact value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FREE_WORDS = frozenset(("summary", "next_step", "needs", "text"))  # the user's words, not compared word for word
PRESENT = "said"  # stands for words of which only the presence counts

Slots = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Meant:
    """A command as compared: its free words are left out."""

    intent: str
    slots: Slots
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled command with the one read in its place; either may be missing."""

    label: Meant | None
    read: Meant | None

    @property
    def named(self) -> bool:
        """Tell whether the intent is right."""
        return self.label is not None and self.read is not None and self.label.intent == self.read.intent

    @property
    def exact(self) -> bool:
        """Tell whether intent and all slots are right."""
        return self.named and _slots(self.label) == _slots(self.read)

    @property
    def slips(self) -> dict[str, tuple[Any, Any]]:
        """Return the slots that differ, as labelled and as read; None where absent."""
        label, read = _slots(self.label), _slots(self.read)
        return {
            slot: (label.get(slot), read.get(slot))
            for slot in (*label, *(slot for slot in read if slot not in label))
            if slot not in label or slot not in read or label[slot] != read[slot]
        }


def meant(intent: str, slots: Slots, confidence: float = 1.0) -> Meant:
    """Return a command without the words that are not compared."""
    kept = {slot: value for slot, value in slots.items() if slot not in FREE_WORDS}
    if intent == "remind_me" and "text" in slots:
        kept["text"] = PRESENT
    if intent == "amend" and slots.get("field") in FREE_WORDS and "value" in slots:
        kept["value"] = PRESENT
    return Meant(intent, kept, confidence)


def paired(label: Sequence[Meant], read: Sequence[Meant]) -> list[Pair]:
    """Return commands side by side in their order, so that the most agree."""
    best: list[list[tuple[int, list[Pair]]]] = [[(0, [])]]
    for column, said in enumerate(read, 1):
        best[0].append((0, [*best[0][column - 1][1], Pair(None, said)]))
    for row, wanted in enumerate(label, 1):
        best.append([(0, [*best[row - 1][0][1], Pair(wanted, None)])])
        for column, said in enumerate(read, 1):
            together = _with(best[row - 1][column - 1], Pair(wanted, said))
            above = _with(best[row - 1][column], Pair(wanted, None))
            left = _with(best[row][column - 1], Pair(None, said))
            best[row].append(max(together, above, left, key=lambda item: (item[0], -len(item[1]))))
    return best[-1][-1][1]


def _with(before: tuple[int, list[Pair]], pair: Pair) -> tuple[int, list[Pair]]:
    return before[0] + _likeness(pair), [*before[1], pair]


def _likeness(pair: Pair) -> int:
    if pair.label is None or pair.read is None:
        return 0
    alike = sum(1 for slot, value in pair.label.slots.items() if pair.read.slots.get(slot) == value)
    return (100 if pair.named else 0) + alike + (50 if pair.exact else 0)


def _slots(command: Meant | None) -> Slots:
    return command.slots if command else {}
