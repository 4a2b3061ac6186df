"""A dictionary of written forms that finds all of them in a text, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from operator import add
from typing import NamedTuple

PREFIX = 2  # characters that decide whether a form may start here; no form is shorter


class Ref(NamedTuple):
    """A ledger row meant by a form, and how surely the form means it."""

    kind: str
    id: int
    weight: float


@dataclass(slots=True)
class Hit:
    """A form found in a text."""

    start: int
    end: int
    refs: tuple[Ref, ...]


class FormIndex:
    """Forms and the rows they mean; a text is scanned in time that depends on the text alone."""

    def __init__(self) -> None:
        self._refs: dict[str, tuple[Ref, ...]] = {}
        self._heads: set[str] = set()
        self._lengths: dict[str, tuple[int, ...]] = {}  # by the first three characters; of a form of two by itself
        self._forms: dict[tuple[str, int], list[str]] = {}

    def __len__(self) -> int:
        return len(self._refs)

    def add(self, kind: str, row_id: int, forms: Iterable[tuple[str, float]]) -> None:
        """Let these forms mean a row."""
        kept: dict[str, float] = {}
        for form, weight in forms:
            if len(form) >= PREFIX:
                kept[form] = max(weight, kept.get(form, 0.0))
        self._forms[kind, row_id] = list(kept)
        for form, weight in kept.items():
            ref, others = Ref(kind, row_id, weight), self._refs.get(form)
            if others is None:
                self._refs[form] = (ref,)
                self._note_length(form)
            else:
                self._refs[form] = (*others, ref)

    def discard(self, kind: str, row_id: int) -> None:
        """Forget a row; forms that mean nothing any more go with it."""
        for form in self._forms.pop((kind, row_id), ()):
            left = tuple(ref for ref in self._refs[form] if (ref.kind, ref.id) != (kind, row_id))
            if left:
                self._refs[form] = left
            else:
                del self._refs[form]

    def get(self, form: str) -> tuple[Ref, ...]:
        """Return the rows a form means."""
        return self._refs.get(form, ())

    def scan(self, text: str) -> list[Hit]:
        """Return the longest form at each place of the text where one starts."""
        found: list[Hit] = []
        lengths, refs, size = self._lengths.get, self._refs, len(text)
        for start in compress(range(size), map(self._heads.__contains__, map(add, text, text[1:]))):
            longer, shortest = lengths(text[start : start + PREFIX + 1], ()), lengths(text[start : start + PREFIX], ())
            for length in (*longer, *shortest):
                end = start + length
                hit = refs.get(text[start:end]) if end <= size else None
                if hit is not None:
                    found.append(Hit(start, end, hit))
                    break
        return found

    def _note_length(self, form: str) -> None:
        self._heads.add(form[:PREFIX])
        head, length = form[: PREFIX + 1], len(form)
        known = self._lengths.get(head, ())
        if length not in known:
            self._lengths[head] = tuple(sorted((*known, length), reverse=True))
