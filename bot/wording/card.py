"""Prints what was understood, field by field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog import Catalog
from bot.wording.formats import Formats

QUANTITIES = ("land", "people", "ratio")  # kinds whose format has the same name
WHOLE = "value"  # the slot of a correction that has the shape of the field it names


@dataclass(frozen=True, slots=True)
class CardWords:
    """Labels of slots, and how each slot's value is printed."""

    formats: Formats
    words: Mapping[str, Any]  # locale/replies/fields.toml: labels in their order, kinds, measures, choices
    choices: Mapping[str, Mapping[str, str]]  # printed words of codes
    own: Mapping[str, Mapping[str, str]]  # intent -> what it calls some slots itself

    def lines(self, slots: Mapping[str, Any], today: dt.date | None = None) -> str:
        """Return one line a slot, label and value, in the catalog's order; hidden ones left out."""
        hidden = self.words["hidden"]
        return self.understood({name: slots[name] for name in slots if name not in hidden}, "", today)

    def understood(self, slots: Mapping[str, Any], intent: str, today: dt.date | None = None) -> str:
        """Return one line for every slot that has a label, called as the intent calls it."""
        labels = {**self.words["labels"], **self.own.get(intent, {})}
        return "\n".join(
            self.words["line"].format(label, self.value(slots[name], _shape(name, slots), today))
            for name, label in labels.items()
            if name in slots
        )

    def label(self, slot: str) -> str:
        """Return what a slot is called."""
        return str(self.words["labels"].get(slot, slot))

    def value(self, value: Any, slot: str, today: dt.date | None = None) -> str:
        """Return a slot's value as people write it."""
        kind = self.words["kinds"].get(slot)
        if isinstance(value, list):
            return self.formats.names([self.value(each, slot, today) for each in value])
        if kind in QUANTITIES:
            return str(getattr(self.formats, kind)(value))
        if isinstance(value, Mapping):
            return self._compound(value, slot, today)
        if isinstance(value, bool):
            return self._yes_or_no(value, slot)
        if isinstance(value, int | float):
            return self._measured(value, slot)
        return self.formats.moment(value, today) if kind == "moment" else self._word(value, slot)

    def _compound(self, value: Mapping[str, Any], slot: str, today: dt.date | None) -> str:
        """Return several values, a stretch of time, money or a range of numbers."""
        if self.words["kinds"].get(slot) == "pairs":
            return self.formats.names([self._pair(name, each, today) for name, each in value.items()])
        if value.keys() & {"start", "end"}:
            return self.formats.span(value, today)
        return self.formats.quantity(value) if "currency" in value else self._measured(value, slot)

    def _measured(self, value: Any, slot: str) -> str:
        return self.formats.measured(value, self.words["measures"].get(slot, "{}"))

    def _word(self, code: str, slot: str) -> str:
        """Return the words of a code: the slot's own, else those it shares; other words stay."""
        if self.words["kinds"].get(slot) == "field":
            return self.label(code)
        shared = self.choices.get(self.words["coded"].get(slot, ""), {})
        return str(self.words["choices"].get(slot, {}).get(code, shared.get(code, code)))

    def _yes_or_no(self, value: bool, slot: str) -> str:  # noqa: FBT001 - it is the value printed
        key = "yes" if value else "no"
        return str(self.words["choices"].get(slot, self.formats.words["bools"])[key])

    def _pair(self, name: str, value: Any, today: dt.date | None) -> str:
        return str(
            self.words["pair"].format(
                self.choices["metric"].get(name, self.label(name)), self.value(value, name, today)
            )
        )


def read_card_words(catalog: Catalog) -> CardWords:
    """Return what the catalog says of slots and their values."""
    words = catalog.sheet_words()
    spoken = catalog.table("replies/figures")
    return CardWords(
        formats=Formats(catalog.table("replies/formats")),
        words=catalog.table("replies/fields"),
        choices={
            **words.choices,
            "metric": words.metrics,
            "origin": spoken["origins"],
            "compare": spoken["compared"],
        },
        own={name: table.get("labels", {}) for name, table in catalog.folder("intents").items()},
    )


def _shape(name: str, slots: Mapping[str, Any]) -> str:
    """Return the slot whose values a slot's value is like."""
    return str(slots.get("field", name)) if name == WHOLE else name
