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
    "日币": "JPY", "泰铢": "THB", "澳币": "AUD", "新币": "SGD", "越南盾": "VND", "印尼盾": "IDR", "卢比": "INR",
    "林吉特": "MYR", "马币": "MYR", "瑞郎": "CHF", "新元": "SGD", "瑞士法郎": "CHF", "澳元": "AUD", "加元": "CAD",
    "卢布": "RUB",
    "USD": "USD", "EUR": "EUR", "HKD": "HKD", "JPY": "JPY", "GBP": "GBP",
}  # fmt: skip
SIGNS = (
    "HK$", "US$", "¥", "$", "€", "£", "人民币", "港币", "港元", "美元", "美金", "欧元", "日元", "新台币", "台币",
)  # fmt: skip
_SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS)
_HOME_UNITS = ("", "元", "元整", "块")


def sign_before(text: str, start: int) -> str:
    """Return the currency sign that ends right before a place."""
    if text[start - 1 : start] not in _SIGN_ENDS:
        return ""
    sign = next((sign for sign in SIGNS if text.endswith(sign, 0, start)), "")
    # in 4人民币5美元 the sign belongs to the number before it
    before = text[max(0, start - len(sign) - 1) : max(0, start - len(sign))]
    return "" if before.isdecimal() or (before and before in "万亿千百十") else sign


def unit_of(sign: str, unit: str) -> str:
    """Return the unit that tells the currency: 港币3000元 is in Hong Kong dollars."""
    return sign if sign and unit.strip() in _HOME_UNITS else unit


def money(number: Numeral, unit: str) -> dict[str, Any]:
    """Return an amount in the contract's shape."""
    name, low = unit.strip(), plain(number.low)
    value: dict[str, Any] = {
        "min": low,
        "max": low if number.high == number.low else plain(number.high),
        "currency": _CURRENCIES.get(name, _CURRENCIES.get(name.removeprefix("元"), HOME)),
    }
    return value | {"approx": True} if number.approx else value
