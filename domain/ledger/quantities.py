"""Amounts, land and head counts as said – exact, open, a range, vague, foreign – and as cells, both ways."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.figures import plain
from domain.ledger.faults import CellRefused
from domain.ledger.text import folded, for_sheet, printed, text_of
from domain.ports import SheetWords

Quantity = dict[str, Any]  # {"min", "max"} and for money "currency" and "approx"
TEN_THOUSAND = Decimal(10_000)
HOME_CURRENCY = "CNY"
LARGEST = Decimal(10) ** 14


class QuantityCodec:
    """Reads and shows the quantities of one family: `money`, `land` or `count`."""

    def __init__(self, words: SheetWords, family: str) -> None:
        self._family = family
        self._default = TEN_THOUSAND if family == "money" else Decimal(1)
        self._units = _units(words, family)
        self._currencies = _currencies(words) if family == "money" else {}
        self._words = words
        number, unit = r"(-?\d+(?:\.\d+)?)", f"({_any(self._units)})?"
        between = _any(words.lists["range_marks"])
        self._pattern = re.compile(f"{number}{unit}(?:(?:{between}){number}{unit})?")

    def read(self, cell: Any, factor: Decimal | None = None) -> Quantity:
        """Return the quantity of a cell; a bare number counts in `factor`, by default the family's own."""
        factor = factor or self._default
        if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            return self._made(Decimal(str(cell)) * factor, Decimal(str(cell)) * factor, HOME_CURRENCY)
        marks, currency, body = self._stripped(text_of(cell))
        matched = self._pattern.fullmatch(body)
        if matched is None:
            raise CellRefused("bad_quantity", value=text_of(cell))
        first, first_unit, second, second_unit = matched.groups()
        bare = factor if currency == HOME_CURRENCY else Decimal(1)
        low = Decimal(first) * self._factor(first_unit or second_unit, bare)
        high = Decimal(second) * self._factor(second_unit or first_unit, bare) if second else low
        return self._marked(low, high, currency, marks)

    def show(self, quantity: Mapping[str, Any]) -> Decimal | str | None:
        """Return a quantity as a cell: a number when exact, else text a person reads."""
        low, high = (_number(quantity.get(end), self._default) for end in ("min", "max"))
        if low is None and high is None:
            return None
        currency = quantity.get("currency") or HOME_CURRENCY
        foreign = self._family == "money" and currency != HOME_CURRENCY
        if low is not None and low == high and not quantity.get("approx") and not foreign:
            return for_sheet(low)
        words = self._words.words
        tail = words["million_mark"] + words.get(f"currency.{currency}", currency) if foreign else ""
        vague = words["approx"] if quantity.get("approx") else ""
        return vague + self._body(low, high) + tail

    def _body(self, low: Decimal | None, high: Decimal | None) -> str:
        words = self._words.words
        if low is None or high is None:
            return (
                words["at_most"] + printed(high) if high is not None else words["at_least"] + printed(low or Decimal())
            )
        return printed(low) if low == high else printed(low) + words["range"] + printed(high)

    def _stripped(self, text: str) -> tuple[set[str], str, str]:
        """Take the marks and the currency off a text."""
        body, currency, marks, before = folded(text).replace(",", ""), HOME_CURRENCY, set[str](), None
        while body != before:
            before = body
            for mark in ("approx", "at_least", "at_most"):
                shorter = _without(body, self._words.lists[f"{mark}_marks"], self._words.lists[f"{mark}_endings"])
                if shorter != body:
                    body = shorter
                    marks.add(mark)
            for word, code in self._currencies.items():
                if body.endswith(word):
                    body, currency = body.removesuffix(word), code
                    break
        if self._currencies and (code_at_end := re.search(r"[a-z]{3}$", body)):
            body, currency = body[:-3], code_at_end[0].upper()
        return marks, currency, body

    def _marked(self, low: Decimal, high: Decimal, currency: str, marks: set[str]) -> Quantity:
        if high < low:
            raise CellRefused("bad_quantity", value=f"{printed(low)}~{printed(high)}")
        made = self._made(low, high, currency)
        if "at_least" in marks:
            made["max"] = None
        if "at_most" in marks:
            made["min"] = None
        if "approx" in marks:
            made["approx"] = True
        return made

    def _made(self, low: Decimal, high: Decimal, currency: str) -> Quantity:
        if low < 0:
            raise CellRefused("negative", value=printed(low))
        if high > LARGEST:
            raise CellRefused("number_too_large", value=printed(high))
        places = Decimal("0.01") if self._family == "money" else Decimal("0.000001")
        made: Quantity = {"min": plain(low.quantize(places)), "max": plain(high.quantize(places))}
        return made | {"currency": currency} if self._family == "money" else made

    def _factor(self, unit: str | None, bare: Decimal) -> Decimal:
        return self._units[unit] if unit else bare


def canonical(quantity: Any) -> Quantity | None:
    """Return a quantity in its one written form, so that equal ones compare equal; None when it says nothing."""
    if isinstance(quantity, int | float):
        quantity = {"min": quantity, "max": quantity}
    if not quantity or (quantity.get("min") is None and quantity.get("max") is None):
        return None
    made: Quantity = {end: _plain_number(quantity.get(end)) for end in ("min", "max")}
    if "currency" in quantity:
        made["currency"] = quantity["currency"] or HOME_CURRENCY
    return made | {"approx": True} if quantity.get("approx") else made


def _plain_number(value: Any) -> Any:
    return None if value is None else plain(Decimal(str(value)))


def _number(value: Any, scale: Decimal) -> Decimal | None:
    return None if value is None else Decimal(str(value)) / scale


def _units(words: SheetWords, family: str) -> dict[str, Decimal]:
    if family == "count":
        return {folded(unit): Decimal(1) for unit in words.lists["count_units"]}
    prefix = f"{family}."
    return {
        folded(key.removeprefix(prefix)): Decimal(value) for key, value in words.words.items() if key.startswith(prefix)
    }


def _currencies(words: SheetWords) -> dict[str, str]:
    prefix = "currency."
    named = {value: key.removeprefix(prefix) for key, value in words.words.items() if key.startswith(prefix)}
    codes = {code.lower(): code for code in named.values()}
    every = {folded(word): code for word, code in named.items()} | codes
    return dict(sorted(every.items(), key=lambda pair: -len(pair[0])))


def _any(words: Sequence[str] | Mapping[str, Any]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _without(text: str, starts: Sequence[str], ends: Sequence[str]) -> str:
    for start in sorted(starts, key=len, reverse=True):
        if text.startswith(start):
            return text.removeprefix(start)
    for end in sorted(ends, key=len, reverse=True):
        if text.endswith(end) and len(text) > len(end):
            return text.removesuffix(end)
    return text
