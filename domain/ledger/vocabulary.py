"""The words of the workbook, turned around: from what stands in a cell to the code it means."""

import re
from collections.abc import Iterable, Mapping

from domain.ledger.days import DayReader
from domain.ledger.faults import CellRefused
from domain.ledger.indicators import INDICATORS
from domain.ledger.quantities import QuantityCodec
from domain.ledger.text import folded
from domain.ports import SheetWords


class Vocabulary:
    """What one import or export needs of the words, prepared once."""

    def __init__(self, words: SheetWords) -> None:
        self.words = words
        self.days = DayReader(words)
        self.money = QuantityCodec(words, "money")
        self.land = QuantityCodec(words, "land")
        self.people = QuantityCodec(words, "count")
        self._codes = {enum: self._turned(enum, labels) for enum, labels in words.choices.items()}
        self._codes["metric"] = self._turned("metric", words.metrics)
        self._separators = re.compile("|".join(map(re.escape, words.lists["separators"])))
        self._empty = {folded(word) for word in words.lists["empty_cells"]}
        self._errors = set(words.lists["error_cells"])

    def code(self, enum: str, label: str) -> str:
        """Return the code of a printed label or one of its variants; raise CellRefused."""
        found = self._codes[enum].get(folded(label))
        if found is None:
            raise CellRefused("unknown_choice", value=label, allowed=self.joined(self.words.choices[enum].values()))
        return found

    def indicator(self, label: str) -> str:
        """Return the metric a target is set for; raise CellRefused."""
        found = self._codes["metric"].get(folded(label))
        if found not in INDICATORS:
            allowed = [name for code, name in self.words.metrics.items() if code in INDICATORS]
            raise CellRefused("unknown_metric", value=label, allowed=self.joined(allowed))
        return found

    def label(self, enum: str, code: str) -> str:
        """Return the printed label of a code."""
        return self.words.choices[enum][code]

    def split(self, text: str) -> list[str]:
        """Return the names of a cell, each once, in order."""
        return list(dict.fromkeys(name for part in self._separators.split(text) if (name := part.strip())))

    def joined(self, names: Iterable[str]) -> str:
        """Return names as one cell."""
        return self.words.words["separator"].join(names)

    def is_empty(self, text: str) -> bool:
        """Tell whether a cell's text only says that there is nothing."""
        return folded(text) in self._empty

    def is_error(self, text: str) -> bool:
        """Tell whether a cell holds what a spreadsheet shows of a broken formula."""
        return text in self._errors

    def _turned(self, enum: str, labels: Mapping[str, str]) -> dict[str, str]:
        turned = {folded(label): code for code, label in labels.items()}
        for code in labels:
            for word in self.words.lists.get(f"{enum}.{code}", ()):
                turned.setdefault(folded(word), code)
        return turned
