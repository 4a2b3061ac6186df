"""Dates, months, years and stretches of days in cells, both ways."""

import calendar
import datetime as dt
import re
from typing import Any

from domain.ledger.faults import CellRefused
from domain.ledger.text import folded, text_of, to_number
from domain.ports import SheetWords

FIRST_YEAR, LAST_YEAR = 1949, 2100
SERIAL_DAYS = range(20_000, 80_000)  # what Excel counts for 1954–2119
SERIAL_START = dt.date(1899, 12, 30)
CLOCK = r"(?:[ t]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"

Days = dict[str, dt.date | None]


class DayReader:
    """Reads days with the city's date marks (contract §4: `2012.3.5`, `20120305`, Excel dates)."""

    def __init__(self, words: SheetWords) -> None:
        mark = "[" + "".join(re.escape(one) for one in words.lists["date_marks"]) + "]"
        self._day = re.compile(rf"(\d{{4}}){mark}(\d{{1,2}}){mark}(\d{{1,2}}){mark}?{CLOCK}")
        self._month = re.compile(rf"(\d{{4}}){mark}(\d{{1,2}}){mark}?")
        self._year = re.compile(rf"(\d{{4}})(?:{'|'.join(words.lists['year_words'])})?")
        marks = [mark for mark in words.lists["range_marks"] if mark != "-"]
        self._between = re.compile("|".join(map(re.escape, marks)))
        self._mark = words.words["range"]

    def day(self, cell: Any) -> dt.date:
        """Return the date of a cell; raise CellRefused."""
        found = _as_date(cell)
        if found is None:
            text = folded(text_of(cell))
            matched = self._day.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
            found = _date(*matched.groups()) if matched else _from_serial(text)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise CellRefused("bad_date", value=text_of(cell))
        return found

    def month(self, cell: Any) -> dt.date:
        """Return the first day of a cell's month; raise CellRefused."""
        found = _as_date(cell)
        if isinstance(cell, float) and text_of(cell).endswith(".1"):  # 2012.10 typed as a number looks the same
            raise CellRefused("unclear_month", value=text_of(cell))
        if found is None:
            text = folded(text_of(cell))
            matched = self._month.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})", text)
            found = _date(matched[1], matched[2], "1") if matched else self._day_or_none(cell)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise CellRefused("bad_month", value=text_of(cell))
        return found.replace(day=1)

    def year(self, cell: Any) -> int:
        """Return the year of a cell; raise CellRefused."""
        found = _as_date(cell)
        matched = self._year.fullmatch(folded(text_of(cell)))
        year = found.year if found else int(matched[1]) if matched else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CellRefused("bad_year", value=text_of(cell))
        return year

    def days(self, cell: Any) -> Days:
        """Return the stretch of days of a cell: one day, a month, or two ends of which one may be open."""
        ends = self._between.split(text_of(cell))
        if len(ends) == 1:
            return self._whole(cell)
        if len(ends) > 2 or not any(map(str.strip, ends)):
            raise CellRefused("bad_days", value=text_of(cell))
        start, end = (self.day(one) if one.strip() else None for one in ends)
        if start and end and end < start:
            raise CellRefused("bad_days", value=text_of(cell))
        return {"start": start, "end": end}

    def show(self, days: Days) -> dt.date | str | None:
        """Return a stretch of days as a cell."""
        start, end = days.get("start"), days.get("end")
        if start == end:
            return start
        return f"{start.isoformat() if start else ''}{self._mark}{end.isoformat() if end else ''}"

    def _whole(self, cell: Any) -> Days:
        day = self._day_or_none(cell)
        if day is not None:
            return {"start": day, "end": day}
        try:
            first = self.month(cell)
        except CellRefused:
            raise CellRefused("bad_days", value=text_of(cell)) from None
        return {"start": first, "end": first.replace(day=calendar.monthrange(first.year, first.month)[1])}

    def _day_or_none(self, cell: Any) -> dt.date | None:
        try:
            return self.day(cell)
        except CellRefused:
            return None


def _as_date(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell if isinstance(cell, dt.date) else None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _from_serial(text: str) -> dt.date | None:
    number = to_number(text)
    if number is None or int(number) not in SERIAL_DAYS:
        return None
    return SERIAL_START + dt.timedelta(days=int(number))
