"""Prints what was understood, field by field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.wording.formats import Formats


@dataclass(frozen=True, slots=True)
class CardWords:
    """Labels of slots, and how each slot's value is printed."""

    formats: Formats
    words: Mapping[str, Any]  # locale/replies/fields.toml: labels, kinds, choices, order
    choices: Mapping[str, Mapping[str, str]]

    def lines(self, slots: Mapping[str, Any], today: dt.date | None = None) -> str:
        """Return one line a slot, label and value, in the catalog's order; hidden ones left out."""
        order = {name: place for place, name in enumerate(self.words["labels"])}
        known = [name for name in slots if name in order and name not in self.words["hidden"]]
        return "\n".join(
            self.words["line"].format(self.label(name), self.value(slots[name], name, today))
            for name in sorted(known, key=order.__getitem__)
        )

    def label(self, slot: str) -> str:
        """Return what a slot is called."""
        return str(self.words["labels"].get(slot, slot))

    def value(self, value: Any, slot: str, today: dt.date | None = None) -> str:
        """Return a slot's value as people write it."""
        kind = self.words["kinds"].get(slot)
        if isinstance(value, list):
            return self.formats.names(value)
        if isinstance(value, bool):
            return str(self.formats.words["bools"]["yes" if value else "no"])
        if kind in ("land", "people"):
            return str(getattr(self.formats, kind)(value))
        if isinstance(value, Mapping):
            return self.formats.quantity(value) if "currency" in value else self.formats.span(value, today)
        if kind == "moment":
            return self.formats.moment(value, today)
        return str(self.words["choices"].get(slot, {}).get(value, value))
