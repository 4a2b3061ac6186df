"""Money in whole units of its currency: 1.2个亿, 5000万元, 3-5亿美元."""

from typing import Any

from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.values import plain

HOME = "CNY"
_CURRENCIES = {
    "美元": "USD", "美金": "USD", "US$": "USD", "$": "USD",
    "欧元": "EUR", "€": "EUR", "港元": "HKD", "港币": "HKD", "HK$": "HKD",
    "日元": "JPY", "英镑": "GBP", "£": "GBP", "韩元": "KRW", "韩币": "KRW",
    "新台币": "TWD", "台币": "TWD", "新加坡元": "SGD",
    "新元": "SGD", "瑞士法郎": "CHF", "澳元": "AUD", "加元": "CAD", "卢布": "RUB",
    "USD": "USD", "EUR": "EUR", "HKD": "HKD", "JPY": "JPY", "GBP": "GBP",
}  # fmt: skip
SIGNS = ("HK$", "US$", "¥", "$", "€", "£", "人民币")


def sign_before(text: str, start: int) -> str:
    """Return the currency sign that ends right before a place."""
    return next((sign for sign in SIGNS if text.endswith(sign, 0, start)), "")


def money(number: Numeral, unit: str) -> dict[str, Any]:
    """Return an amount in the contract's shape."""
    value: dict[str, Any] = {
        "min": plain(number.low),
        "max": plain(number.high),
        "currency": _CURRENCIES.get(unit.strip(), HOME),
    }
    return value | {"approx": True} if number.approx else value
