"""Words a reply: its key and values become text, buttons and a keyboard."""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from bot.catalog import Catalog, CatalogFault
from bot.wording.card import read_card_words
from bot.wording.figures import FigureWords
from bot.wording.formats import Formats

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Worded:
    """A message ready to be shown: plain text, inline buttons (label, key), a reply keyboard, files."""

    text: str
    buttons: Sequence[Sequence[tuple[str, str]]] = ()
    keyboard: Sequence[Sequence[str]] | None = None
    files: Sequence[Mapping[str, str]] = field(default_factory=tuple)


class Wording:
    """Looks a reply's words up in the catalog and fills them in; templates are compiled once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._formats = Formats(catalog.table("replies/formats"))
        words = catalog.sheet_words()
        self._figures = FigureWords(self._formats, words.metrics, catalog.table("replies/figures"), words.choices)
        self._card = read_card_words(catalog)
        self._environment = self._build_environment(words.choices)
        self._templates: dict[tuple[str, str], Template] = {}

    def word(self, content: Mapping[str, Any], *, now: dt.datetime) -> Worded:
        """Return the message a reply's content says, as of `now`; words that cannot be made are apologised for."""
        try:
            text = self.say(
                content["scope"], content["key"], content.get("values", {}), content.get("figures", ()), now
            )
        except (TemplateError, CatalogFault, TypeError, KeyError, ValueError):
            log.exception("%s/%s cannot be worded", content["scope"], content["key"])
            text = self.say("common", "unworded", {}, (), now)
        return Worded(
            text=text,
            buttons=[[(self.label(each["label"]), each["key"]) for each in row] for row in content.get("buttons", ())],
            keyboard=self._keyboard(content.get("keyboard")),
            files=tuple(content.get("files", ())),
        )

    def say(
        self,
        scope: str,
        key: str,
        values: Mapping[str, Any],
        figures: Sequence[Mapping[str, Any]] = (),
        now: dt.datetime | None = None,
    ) -> str:
        """Return one reply's text."""
        shown = [self._figures.view(figure) for figure in figures]
        text = self._template(scope, key).render(**values, figures=shown, now=now, today=now.date() if now else None)
        return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())

    def label(self, label: str) -> str:
        """Return a button's label: a key of replies/buttons, else the words themselves."""
        return str(self._catalog.table("replies/buttons").get(label, label))

    def fault(self, fault: Mapping[str, Any]) -> str:
        """Return a refusal or remark of an import: where it is and why."""
        said = {**self._catalog.get("ledger/faults", "notes"), **self._catalog.get("ledger/faults", "faults")}
        reason = str(said[fault["reason"]]).format(**fault["values"])
        words = self._catalog.table("replies/places")
        place = [str(words[name]).format(fault[name]) for name in ("sheet", "row", "column") if fault.get(name)]
        return str(words["line"]).format("".join(place), reason) if place else reason

    def _behind(self, row: Mapping[str, Any]) -> str:
        """Return one row behind a figure: what it is, its unit, its day and its numbers."""
        lines = self._catalog.get("replies/definitions", "rows")
        shown = {
            **row,
            **{name: self._formats.money(row[name]) for name in ("amount", "verified") if row.get(name) is not None},
            **{name: self._formats.day(row[name]) for name in ("date", "start") if row.get(name)},
            **{name: self._formats.names(row[name]) for name in ("enterprises", "places") if name in row},
        }
        parts = [str(line).format(**shown) for key, line in lines.items() if _present(row, key)]
        return " ".join(parts)

    def _keyboard(self, name: str | None) -> Sequence[Sequence[str]] | None:
        return None if name is None else list(self._catalog.get("replies/keyboards", name))

    def _template(self, scope: str, key: str) -> Template:
        if (scope, key) not in self._templates:
            self._templates[scope, key] = self._environment.from_string(self._source(scope, key))
        return self._templates[scope, key]

    def _source(self, scope: str, key: str) -> str:
        places = (
            self._catalog.tables.get(f"intents/{scope}", {}).get("replies", {}),
            self._catalog.tables.get(f"replies/{scope}", {}),
            self._catalog.table("replies/common"),
            self._catalog.table("replies/errors"),
        )
        for replies in places:
            if key in replies:
                return str(replies[key])
        raise CatalogFault(f"no reply {key} for {scope}")

    def _build_environment(self, choices: Mapping[str, Mapping[str, str]]) -> Environment:
        environment = Environment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text for a chat, not HTML
        )
        formats = self._formats
        environment.filters |= {
            "money": formats.money,
            "quantity": formats.quantity,
            "land": formats.land,
            "percent": formats.percent,
            "count": formats.count,
            "day": formats.day,
            "date": formats.date,
            "moment": formats.moment,
            "month": formats.month,
            "span": formats.span,
            "people": formats.people,
            "card": self._card.lines,
            "understood": self._card.understood,
            "field": self._card.label,
            "shown": self._card.value,
            "names": formats.names,
            "choice": lambda code, enum: choices[enum].get(code, code),
            "metric": self._figures.name,
            "behind": self._behind,
            "fault": self.fault,
            "titled": lambda intent: self._catalog.tables.get(f"intents/{intent}", {}).get("title"),
            "example": lambda intent: self._catalog.tables.get(f"intents/{intent}", {}).get("example"),
            "definition": lambda key: self._catalog.get("replies/definitions", "metrics").get(key, key),
            "left_out": lambda key: self._catalog.get("replies/definitions", "left_out").get(key, key),
        }
        environment.globals |= {"pick": self._figures.pick}
        return environment


def _present(row: Mapping[str, Any], key: str) -> bool:
    """Tell whether a row has something to say under a key; `name=no` asks for that value."""
    name, _, wanted = key.partition("=")
    return bool(row.get(name)) if not wanted else row.get(name) is (wanted == "yes")
