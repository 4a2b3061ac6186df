"""Prints figures: value, share, as-of day and status of each, ready for a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.wording.formats import Formats, number


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure as words: what a template may say of it."""

    metric: str
    value_unit: str
    filters: Mapping[str, Any]
    name: str
    text: str
    value: Any
    unit: str | None
    subject: str | None
    period: str
    year: int
    as_of: str
    as_of_month: str
    headline: str  # the figure as a clause: 还差…, 已超额…, 完成率…
    compared: str | None  # what a growth is against
    status: str
    share: str | None  # numerator/denominator, of a ratio
    parts: str | None  # numerator ÷ denominator, of anything that has both
    cohort: str | None
    live: bool
    notes: Sequence[str]
    narrowed: str  # what its filters leave in, as words
    empty: bool


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Turns figures into views."""

    formats: Formats
    metrics: Mapping[str, str]
    words: Mapping[str, Any]  # locale/replies/figures.toml
    choices: Mapping[str, Mapping[str, str]]

    def view(self, figure: Mapping[str, Any]) -> FigureView:
        """Return one figure's words."""
        return FigureView(
            metric=figure["metric"],
            value_unit=figure["value_unit"],
            filters=figure.get("filters", {}),
            name=self.name(figure["metric"]),
            text=self._text(figure),
            value=figure["value"],
            unit=figure.get("unit"),
            subject=figure.get("subject"),
            period=self.formats.period(**figure["period"]),
            year=int(figure["period"]["end"][:4]),
            as_of=self.formats.date(figure["as_of"]),
            as_of_month=self.formats.month(figure["as_of"]),
            headline=self._headline(figure),
            compared=self._compared(figure),
            status=str(self.words["status"].get(figure["status"], figure["status"])),
            share=self._share(figure),
            parts=self._parts(figure),
            cohort=self.words["cohorts"].get(figure.get("cohort"), figure.get("cohort")),
            live=bool(figure.get("live")),
            notes=[words for note in figure.get("notes", ()) if (words := self._note(note))],
            narrowed=self._narrowed(figure),
            empty=figure["value"] is None,
        )

    def name(self, metric: str) -> str:
        """Return a metric's printed name."""
        return str(self.metrics.get(metric, self.words["names"].get(metric, metric)))

    def pick(self, views: Sequence[FigureView], metric: str, status: str | None = None) -> FigureView | None:
        """Return the first view of a metric (and a status, as printed), or None."""
        printed = self.words["status"].get(status, status)
        return next((view for view in views if view.metric == metric and printed in (None, view.status)), None)

    def _text(self, figure: Mapping[str, Any]) -> str:
        value, unit = figure["value"], figure["value_unit"]
        if value is None:
            return str(self.formats.words["figure"]["none"])
        if unit == "CNY":
            return self.formats.money(value)
        if unit == "ratio":
            return self._signed(figure, self.formats.percent(value))
        if unit == "count":
            return self.formats.count(value, figure["metric"])
        words: str = self.formats.words["figure"][unit]
        return self._signed(figure, words.format(number(Decimal(str(value)))))

    def _headline(self, figure: Mapping[str, Any]) -> str:
        """Return the clause of a figure: one for a value above nothing, one for a value below."""
        clauses = self.words["headlines"].get(figure["metric"], self.words["headlines"]["default"])
        value = figure["value"]
        if value is None:
            return self.name(figure["metric"]) + self._text(figure)
        clause = clauses["below" if value < 0 else "above"] if isinstance(clauses, Mapping) else clauses
        plain = {**figure, "value": abs(value)}
        return str(clause).format(name=self.name(figure["metric"]), text=self._text(plain).removeprefix("+"))

    def _compared(self, figure: Mapping[str, Any]) -> str | None:
        notes = figure.get("notes", ())
        return next((words for key, words in self.words["compared"].items() if f"growth_{key}" in notes), None)

    def _note(self, note: str) -> str:
        return str(self.words["notes"][note])

    def _narrowed(self, figure: Mapping[str, Any]) -> str:
        """Return what a figure is narrowed to; the list that is its cohort is named there already."""
        filters = figure.get("filters") or {}
        shown = {name: self._filter(name, value, filters) for name, value in filters.items()}
        lines = self.words["filters"]
        kept = [name for name in lines if shown.get(name) and filters[name] != figure.get("cohort")]
        if "period" in kept and "stage" in kept:
            kept.remove("stage")  # the period says when the stage was reached
        return self.formats.names([lines[name].format(shown[name]) for name in kept])

    def _filter(self, name: str, value: Any, filters: Mapping[str, Any]) -> str:
        if name == "amount":
            return self.formats.quantity(value)
        if name == "period":
            stage = self.choices["milestone"].get(filters.get("stage", "signed"), "")
            return self.formats.span(value) + stage
        if name in ("stage", "milestone_missing"):
            return str(self.choices["milestone"].get(value, value))
        if name == "list":
            return str(self.words["cohorts"].get(value, value))
        return str(self.words["origins"].get(value, value)) if name == "origin" else str(value)

    def _signed(self, figure: Mapping[str, Any], text: str) -> str:
        signed = figure["metric"] in self.words["signed"] and figure["value"] > 0
        return f"+{text}" if signed else text

    def _parts(self, figure: Mapping[str, Any]) -> str | None:
        share = self._share(figure)
        return share.replace("/", " ÷ ") if share else None

    def _share(self, figure: Mapping[str, Any]) -> str | None:
        over, under = figure.get("numerator"), figure.get("denominator")
        if under is None or over is None or figure["value_unit"] != "ratio":
            return None
        whole = all(isinstance(part, int) and abs(part) < 1_000_000 for part in (over, under))
        show = str if whole else self.formats.money
        return f"{show(over)}/{show(under)}"
