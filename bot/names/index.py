"""A dictionary of written forms that finds all of them in a text, whatever their number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from bot.names.pairs import pairs_of

_KEPT = 4096  # sets of lengths
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
        # lengths of forms, a bit each: by their first two characters whether these are one, by three the longer ones
        self._heads: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self._forms: dict[tuple[str, int], tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._refs)

    def add(self, kind: str, row_id: int, forms: Iterable[tuple[str, float]]) -> Mapping[str, float]:
        """Let these forms mean a row; return them, each once, as surely as it means it."""
        kept: dict[str, float] = {}
        for form, weight in forms:
            if len(form) >= PREFIX and weight > kept.get(form, 0.0):
                kept[form] = weight
        self._forms[kind, row_id] = tuple(kept)
        refs: dict[float, tuple[Ref, ...]] = {}  # by weight: many forms share one
        for form, weight in kept.items():
            ref = refs.get(weight)
            if ref is None:
                ref = refs[weight] = (Ref(kind, row_id, weight),)
            others = self._refs.get(form)
            if others is None:
                self._refs[form] = ref
                self._begins(form)
            else:
                self._refs[form] = others + ref
        return kept

    def _begins(self, form: str) -> None:
        head, start = form[:PREFIX], form[: PREFIX + 1]
        self._heads[head] = self._heads.get(head, 0) | (1 << PREFIX if head == form else 0)
        if start != head:
            self._lengths[start] = self._lengths.get(start, 0) | 1 << len(form)

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
        heads, lengths, refs = self._heads, self._lengths.get, self._refs
        size, pairs = len(text), pairs_of(text)
        for start in compress(range(size), map(heads.__contains__, pairs)):
            known = lengths(text[start : start + PREFIX + 1], 0) | heads[pairs[start]]
            for length in _longest_first(known) if known else ():
                end = start + length
                hit = refs.get(text[start:end]) if end <= size else None
                if hit is not None:
                    found.append(Hit(start, end, hit))
                    break
        return found


@lru_cache(_KEPT)
def _longest_first(lengths: int) -> tuple[int, ...]:
    """Return the numbers of the bits that are set."""
    return tuple(number for number in range(lengths.bit_length(), -1, -1) if lengths >> number & 1)
