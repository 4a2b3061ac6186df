"""Prints values as people write them: money, ratios, dates, periods; the words come from the catalog."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.figures import round_half_up

YI = Decimal(100_000_000)
WAN = Decimal(10_000)
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats JSON values of slots and figures; `today` decides whether a year must be said."""

    words: Words  # locale/replies/formats.toml

    def money(self, value: Any) -> str:
        """Return an amount of 元 in 亿元, 万元 or 元, at most two decimals."""
        amount = Decimal(str(value))
        for size, word in ((YI, "hundred_million"), (WAN, "ten_thousand")):
            if abs(amount) >= size:
                return self._say("money", word, number(amount / size))
        return self._say("money", "one", number(amount))

    def quantity(self, value: Any) -> str:
        """Return money as said: exact, a range, open at one side, or about; in its own currency."""
        currency = self.words["currencies"].get(value.get("currency", "CNY"), value.get("currency", ""))
        return self._range(value, lambda amount: self._scaled(Decimal(str(amount)), currency))

    def land(self, value: Any) -> str:
        """Return an area in 亩, exact or a range."""
        return self._range(_as_range(value), lambda mu: self._say("area", "mu", number(Decimal(str(mu)))))

    def people(self, value: Any) -> str:
        """Return a number of people, exact or a range."""
        return self.measured(value, self.words["count"]["people"])

    def ratio(self, value: Any) -> str:
        """Return a ratio as a percentage, exact or a range."""
        return self._range(_as_range(value), self.percent)

    def measured(self, value: Any, measure: str) -> str:
        """Return a number in a measure such as `{}家`, exact or a range."""
        return self._range(_as_range(value), lambda count: measure.format(number(Decimal(str(count)))))

    def percent(self, value: Any) -> str:
        """Return a ratio as a percentage with two decimals at most."""
        return number(Decimal(str(value)) * 100) + "%"

    def count(self, value: Any, metric: str = "default") -> str:
        """Return a count with the measure word of its metric."""
        measures = self.words["count"]
        return str(measures.get(metric, measures["default"])).format(number(Decimal(str(value))))

    def day(self, text: str, today: dt.date | None = None) -> str:
        """Return a day with its weekday; the year only when it is not this one."""
        date = dt.date.fromisoformat(text[:10])
        same_year = today is not None and date.year == today.year
        shown = self._date("day" if same_year else "year_day", date)
        return self._say("dates", "weekday", day=shown, weekday=self.words["dates"]["weekdays"][date.weekday()])

    def date(self, text: str) -> str:
        """Return a day with its year, without its weekday."""
        return self._date("year_day", dt.date.fromisoformat(text[:10]))

    def moment(self, text: str, today: dt.date | None = None) -> str:
        """Return a day and a clock time."""
        moment = dt.datetime.fromisoformat(text)
        return self._say("dates", "moment", day=self.day(text, today), clock=f"{moment:%H:%M}")

    def month(self, text: str) -> str:
        """Return the month a day is in."""
        return self._date("month", dt.date.fromisoformat(text[:10]))

    def span(self, value: Mapping[str, Any], today: dt.date | None = None) -> str:
        """Return a stretch of days by its shortest name: a day, a month, a quarter, a half, a year, or from – to."""
        start, end = value.get("start"), value.get("end")
        if start is None:
            return self._say("dates", "until", self.day(end or "", today))
        if end is None:
            return self._say("dates", "since", self.day(start, today))
        if "T" in start:
            return self._say("dates", "span", start=self.moment(start, today), end=end[11:16])
        if start == end:
            return self.day(start, today)
        return self.period(start, end, today)

    def period(self, start: str, end: str, today: dt.date | None = None) -> str:
        """Return the name of a period that covers whole months, else both its days; this year's without the year."""
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        if first == last:
            return self._date("year_day", first)
        whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if not whole or first.year != last.year:
            key = "day" if today is not None and first.year == last.year == today.year else "year_day"
            return self._say("dates", "span", start=self._date(key, first), end=self._date(key, last))
        return self._months(first, last)

    def names(self, names: Sequence[Any]) -> str:
        """Return names in a row."""
        return str(self.words["lists"]["separator"]).join(str(name) for name in names)

    def _months(self, first: dt.date, last: dt.date) -> str:
        dates, year, months = self.words["dates"], first.year, (first.month, last.month)
        if months == (1, 12):
            return self._say("dates", "year", year=year)
        if months in ((1, 6), (7, 12)):
            return str(dates["half"][first.month // 7]).format(year=year)
        if first.month == last.month:
            return self._date("month", first)
        if first.month % 3 == 1 and last.month - first.month == 2:
            return self._say("dates", "quarter", year=year, quarter=dates["quarters"][first.month // 3])
        return self._say("dates", "months", year=year, start=first.month, end=last.month)

    def _range(self, value: Mapping[str, Any], show: Any) -> str:
        low, high = value.get("min"), value.get("max")
        if low is None and high is None:
            return str(self.words["figure"]["none"])
        if low is None:
            shown = self._say("ranges", "at_most", show(high))
        elif high is None:
            shown = self._say("ranges", "at_least", show(low))
        else:
            shown = show(low) if low == high else self._say("ranges", "between", show(low), show(high))
        return self._say("ranges", "about", shown) if value.get("approx") else shown

    def _scaled(self, amount: Decimal, currency: str) -> str:
        for size, word in ((YI, "hundred_million"), (WAN, "ten_thousand")):
            if abs(amount) >= size:
                return self._say("scales", word, number(amount / size, places=4), currency)
        return self._say("scales", "one", number(amount), currency)

    def _date(self, key: str, date: dt.date) -> str:
        return self._say("dates", key, year=date.year, month=date.month, day=date.day)

    def _say(self, group: str, key: str, *args: Any, **values: Any) -> str:
        return str(self.words[group][key]).format(*args, **values)


def _as_range(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {"min": value, "max": value}


def number(value: Decimal, places: int = 2) -> str:
    """Return a number rounded half-up, without trailing zeros."""
    text = f"{round_half_up(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
