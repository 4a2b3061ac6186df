"""One cell to its typed value and back, by the kind of its column."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from domain.ledger.faults import CellRefused
from domain.ledger.indicators import value_unit
from domain.ledger.quantities import HOME_CURRENCY, TEN_THOUSAND, Quantity, canonical
from domain.ledger.rows import Row
from domain.ledger.text import folded, for_sheet, printed, text_of, to_number
from domain.ledger.vocabulary import Vocabulary
from domain.ports import ColumnWords

FEN = Decimal("0.01")
MICRO = Decimal("0.000001")
LARGEST_VALUE = Decimal(9_000_000_000_000)  # what millionths in 64 bits hold
LARGEST_INTEGER = 2**31 - 1
PERCENT_FROM = 2  # a ratio above this was meant in percent

Read = Callable[[Vocabulary, ColumnWords, Any, Decimal | None, Row], Any]
Show = Callable[[Vocabulary, ColumnWords, Any, Row], Any]

FREE = ("text", "names", "figure")  # kinds whose cells may say a mere dash


def read_cell(vocabulary: Vocabulary, column: ColumnWords, cell: Any, factor: Decimal | None, row: Row) -> Any:
    """Return the typed value of a cell, None when it is empty; raise CellRefused.

    `factor` is the unit in the header's brackets, `row` what was read of the row so far.
    """
    text = text_of(cell)
    if not text or (column.kind not in FREE and vocabulary.is_empty(text)):
        return None
    if vocabulary.is_error(text):
        raise CellRefused("error_cell", value=text)
    return READERS[column.kind](vocabulary, column, cell, factor, row)


def show_cell(vocabulary: Vocabulary, column: ColumnWords, value: Any, row: Row) -> Any:
    """Return a typed value as the canonical cell."""
    if value is None or value in ([], {}, ""):
        return None
    shower = SHOWERS.get(column.kind)
    return shower(vocabulary, column, value, row) if shower else value


def _text(_v: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> str:
    return text_of(cell)


def _names(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> list[str] | None:
    return vocabulary.split(text_of(cell)) or None


def _choice(vocabulary: Vocabulary, column: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> str:
    return vocabulary.code(column.choices or "", text_of(cell))


def _flag(vocabulary: Vocabulary, column: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> bool:
    return vocabulary.code(column.choices or "flag", text_of(cell)) == "yes"


def _milestones(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> list[str]:
    return [vocabulary.code("milestone", name) for name in vocabulary.split(text_of(cell))]


def _metric(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> str:
    return vocabulary.indicator(text_of(cell))


def _day(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> Any:
    return vocabulary.days.day(cell)


def _month(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> Any:
    return vocabulary.days.month(cell)


def _year(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> int:
    return vocabulary.days.year(cell)


def _days(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> Any:
    return vocabulary.days.days(cell)


def _integer(vocabulary: Vocabulary, column: ColumnWords, cell: Any, _f: Decimal | None, _r: Row) -> int:
    marks = vocabulary.words.lists["rank_words"] if column.field == "rank" else vocabulary.words.lists["count_units"]
    text = folded(text_of(cell))
    for mark in marks:
        text = text.removeprefix(mark).removesuffix(mark)
    number = to_number(text)
    if number is None:
        raise CellRefused("bad_number", value=text_of(cell))
    if number != number.to_integral_value():
        raise CellRefused("bad_integer", value=text_of(cell))
    if abs(number) > LARGEST_INTEGER:
        raise CellRefused("number_too_large", value=text_of(cell))
    if number < 0 and column.field != "sort_order":
        raise CellRefused("negative", value=text_of(cell))
    return int(number)


def _money(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, factor: Decimal | None, _r: Row) -> Decimal:
    return _rounded(_exact(vocabulary.money.read, cell, factor, "bad_amount"), FEN)


def _area(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, factor: Decimal | None, _r: Row) -> Decimal:
    return _rounded(_exact(vocabulary.land.read, cell, factor, "bad_number"), MICRO)


def _amount(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, factor: Decimal | None, _r: Row) -> Quantity:
    return vocabulary.money.read(cell, factor)


def _land(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, factor: Decimal | None, _r: Row) -> Quantity:
    return vocabulary.land.read(cell, factor)


def _people(vocabulary: Vocabulary, _c: ColumnWords, cell: Any, factor: Decimal | None, _r: Row) -> Quantity:
    return vocabulary.people.read(cell, factor)


def _measure(vocabulary: Vocabulary, column: ColumnWords, cell: Any, factor: Decimal | None, row: Row) -> Decimal:
    unit = value_unit(row.get("indicator", ""))
    if unit == "CNY":
        return _money(vocabulary, column, cell, factor, row)
    if unit == "ratio":
        return _ratio(cell)
    return _rounded(_exact(vocabulary.people.read, cell, None, "bad_number"), MICRO)


def _ratio(cell: Any) -> Decimal:
    text = folded(text_of(cell))
    number = to_number(text.removesuffix("%"))
    if number is None:
        raise CellRefused("bad_number", value=text_of(cell))
    if number < 0:
        raise CellRefused("negative", value=text_of(cell))
    return _rounded(number / 100 if text.endswith("%") or number > PERCENT_FROM else number, MICRO)


def _exact(read: Callable[[Any, Decimal | None], Quantity], cell: Any, factor: Decimal | None, bad: str) -> Decimal:
    """Return the one number a quantity is; raise CellRefused for ranges, vague and foreign ones."""
    try:
        found = read(cell, factor)
    except CellRefused as refused:
        if refused.reason != "bad_quantity":
            raise
        raise CellRefused(bad, value=text_of(cell)) from None
    if found.get("currency", HOME_CURRENCY) != HOME_CURRENCY:
        raise CellRefused("foreign_money", value=text_of(cell))
    if found["min"] is None or found["min"] != found["max"] or found.get("approx"):
        raise CellRefused("not_exact", value=text_of(cell))
    return Decimal(str(found["min"]))


def _rounded(number: Decimal, places: Decimal) -> Decimal:
    if abs(number) > LARGEST_VALUE:
        raise CellRefused("number_too_large", value=printed(number))
    return number.quantize(places, rounding=ROUND_HALF_UP)


def _show_names(vocabulary: Vocabulary, _c: ColumnWords, value: list[str], _r: Row) -> str:
    return vocabulary.joined(value)


def _show_choice(vocabulary: Vocabulary, column: ColumnWords, value: str, _r: Row) -> str:
    return vocabulary.label(column.choices or "", value)


def _show_flag(vocabulary: Vocabulary, column: ColumnWords, value: bool, _r: Row) -> str:  # noqa: FBT001 - a cell's value
    return vocabulary.label(column.choices or "flag", "yes" if value else "no")


def _show_milestones(vocabulary: Vocabulary, _c: ColumnWords, value: list[str], _r: Row) -> str:
    return vocabulary.joined(vocabulary.label("milestone", code) for code in value)


def _show_metric(vocabulary: Vocabulary, _c: ColumnWords, value: str, _r: Row) -> str:
    return vocabulary.words.metrics[value]


def _show_month(_v: Vocabulary, _c: ColumnWords, value: Any, _r: Row) -> str:
    return f"{value:%Y-%m}"


def _show_days(vocabulary: Vocabulary, _c: ColumnWords, value: Any, _r: Row) -> Any:
    return vocabulary.days.show(value)


def _show_money(_v: Vocabulary, _c: ColumnWords, value: Decimal, _r: Row) -> Any:
    return for_sheet(value / TEN_THOUSAND)


def _show_number(_v: Vocabulary, _c: ColumnWords, value: Decimal, _r: Row) -> Any:
    return for_sheet(value)


def _show_amount(vocabulary: Vocabulary, _c: ColumnWords, value: Quantity, _r: Row) -> Any:
    return vocabulary.money.show(canonical(value) or {})


def _show_land(vocabulary: Vocabulary, _c: ColumnWords, value: Quantity, _r: Row) -> Any:
    return vocabulary.land.show(canonical(value) or {})


def _show_measure(_v: Vocabulary, _c: ColumnWords, value: Decimal, row: Row) -> Any:
    unit = value_unit(row.get("indicator", ""))
    if unit == "ratio" and value > PERCENT_FROM:
        return printed(value * 100) + "%"
    return for_sheet(value / TEN_THOUSAND if unit == "CNY" else value)


def _show_figure(_v: Vocabulary, _c: ColumnWords, value: str, _r: Row) -> Any:
    number = to_number(value)
    return for_sheet(number) if number is not None and printed(number) == value else value


READERS: dict[str, Read] = {
    "text": _text,
    "figure": _text,
    "unit": _text,
    "project": _text,
    "enterprise": _text,
    "names": _names,
    "enterprises": _names,
    "choice": _choice,
    "flag": _flag,
    "milestones": _milestones,
    "metric": _metric,
    "date": _day,
    "month": _month,
    "year": _year,
    "days": _days,
    "integer": _integer,
    "money": _money,
    "area": _area,
    "amount": _amount,
    "land": _land,
    "people": _people,
    "measure": _measure,
}
SHOWERS: dict[str, Show] = {
    "names": _show_names,
    "enterprises": _show_names,
    "choice": _show_choice,
    "flag": _show_flag,
    "milestones": _show_milestones,
    "metric": _show_metric,
    "month": _show_month,
    "days": _show_days,
    "money": _show_money,
    "area": _show_number,
    "amount": _show_amount,
    "land": _show_land,
    "people": _show_land,
    "measure": _show_measure,
    "figure": _show_figure,
}
