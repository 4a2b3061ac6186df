"""The ways a name is said: in full, without place and form, by its brand, by a nickname."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.names.fold import fold
from bot.names.words import NameWords
from domain.names import Named

FULL, ALIAS, BARE, PARTIAL, BRAND, PRODUCT, NICKNAME, TRADE = 1.0, 0.98, 0.95, 0.9, 0.85, 0.7, 0.6, 0.5
SHORTEST = 2

_BRACKETS = re.compile(r"\([^()]*\)")

Form = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm's name in its parts: where, what brand, which trades."""

    place: str
    brand: str
    trades: tuple[str, ...]

    @property
    def core(self) -> str:
        """Return brand and trades: the name without place and legal form."""
        return self.brand + "".join(self.trades)


def split_firm(name: str, words: NameWords) -> Firm:
    """Take a firm's folded name apart."""
    plain = _BRACKETS.sub("", name)
    bare = _strip_tails(plain, words.legal)
    place, rest = _strip_place(bare, words)
    brand, trades = _split_trades(rest, words)
    if place and brand in words.trades:  # the place is all that tells it apart
        place, (brand, trades) = "", _split_trades(bare, words)
    return Firm(place, brand, trades)


@lru_cache(1)  # a row learnt is taken apart for its forms and for its slips
def split_row(row: Named, words: NameWords) -> Firm:
    """Take an enterprise's name apart; a place its short name keeps is part of the brand: 宁德时代."""
    firm = split_firm(fold(row.name), words)
    kept = firm.place + firm.brand
    short = [fold(name) for name in (row.short_name, *row.aliases) if name]
    bare = any(name.startswith(firm.brand) for name in short)
    if firm.place and (kept in words.famous or (not bare and any(name.startswith(kept) for name in short))):
        return Firm("", kept, firm.trades)
    return firm if firm.brand in words.famous else _as_said(firm, short, words)


def _as_said(firm: Firm, short: Sequence[str], words: NameWords) -> Firm:
    """Return a firm whose short names tell where its brand starts and ends: 璞宸汽配 of 湖北璞宸汽车部件."""
    for name in short:
        brand, _ = _split_trades(name, words)
        before, found, after = firm.brand.partition(brand)
        if found and (before or after) and len(brand) >= SHORTEST:
            return Firm(firm.place + before, brand, (after, *firm.trades) if after else firm.trades)
    return firm


def firm_forms(row: Named, words: NameWords) -> list[Form]:
    """Return how an enterprise is said, with how surely each form means it."""
    name = fold(row.name)
    firm = split_row(row, words)
    bare = _strip_tails(_BRACKETS.sub("", name), words.legal)
    forms = [(name, FULL), (_BRACKETS.sub("", name), ALIAS), *_given(row)]
    forms += [(bare, BARE), (firm.core, BARE)]
    forms += [(firm.brand + "".join(firm.trades[:count]), PARTIAL) for count in range(1, len(firm.trades))]
    forms.append((firm.brand, BRAND))
    return [form for form in forms if _telling(form[0], words) or form[1] >= ALIAS]


def unit_forms(row: Named, city: str, words: NameWords) -> list[Form]:
    """Return how a unit is said: with and without the city before it and its kind behind it."""
    name = fold(row.name)
    stems = [(name, FULL), *_given(row)]
    short = city.rstrip("".join(tail for tail in words.place_tails if len(tail) == 1))
    heads = [head for head in (city, short) if head and name.startswith(head) and len(name) - len(head) >= SHORTEST]
    stems += [(name.removeprefix(head), BARE) for head in heads]
    forms = list(stems)
    for stem, weight in stems:
        for tail, shorts in words.unit_tails.items():
            if stem.endswith(tail):
                forms += [(stem.removesuffix(tail) + other, min(weight, BARE)) for other in shorts]
    return [form for form in forms if form[1] >= ALIAS or form[0] not in words.common | words.unit_tails.keys()]


def project_forms(row: Named, investors: Sequence[Named], sites: Sequence[str], words: NameWords) -> list[Form]:
    """Return how a project is said: by its name, its investor, its product; without where it is."""
    name = fold(row.name)
    bare = _strip_tails(name, words.project_tails)
    forms = [(name, FULL), (bare, BARE), (bare + words.project_word, BARE)]
    site = max((site for site in sites if bare.startswith(site)), key=len, default="")
    product, brands = bare.removeprefix(site) or bare, []
    for investor in investors:
        said = firm_forms(investor, words)
        forms += [(form + words.project_word, min(weight, BRAND)) for form, weight in said]
        heads = [form for form, _ in said if product.startswith(form)]
        product = product.removeprefix(max(heads, key=len, default=""))
        brands += [form for form, weight in said if weight <= ALIAS]
    forms += _product_forms(product, name, brands, words)
    return [form for form in forms if _telling(form[0], words) or (form[1] == NICKNAME and form[0] in words.industries)]


def person_forms(row: Named) -> list[Form]:
    """Return how a person is said in full; titles and given names need a context."""
    return [(fold(row.name), FULL)]


def _product_forms(product: str, name: str, brands: Sequence[str], words: NameWords) -> Iterator[Form]:
    plain = words.scale.sub("", _strip_place(product, words)[1])
    plain = plain.strip(words.joints)
    if len(plain) >= SHORTEST:
        stems = _stems(plain, name, words)
        yield plain + words.project_word, PRODUCT
        yield from ((stem + tail, NICKNAME) for stem in stems for tail in ("", words.project_word))
        for brand in brands:
            yield from ((brand + stem + tail, BRAND) for stem in stems for tail in ("", words.project_word))
    for trade in words.industries:
        if trade in plain and trade != plain:
            yield trade + words.project_word, TRADE


def _stems(plain: str, name: str, words: NameWords) -> set[str]:
    """Return a product as it is said for short: 软件园, 竹笋加工基地, 锂电隔膜."""
    whole = next((plain + tail for tail in words.project_tails if name.endswith(plain + tail)), plain)
    stages = {plain, _strip_tails(plain, words.project_phases)}
    short = {kept for stem in stages if len(kept := _strip_tails(stem, words.product_tails)) >= SHORTEST}
    return {whole} | stages | short


def _given(row: Named) -> list[Form]:
    return [(fold(name), ALIAS) for name in (row.short_name, *row.aliases) if name]


def _telling(form: str, words: NameWords) -> bool:
    """Tell whether a form can stand for a name: no ordinary word, place or trade."""
    return form not in words.common and form not in words.places and form not in words.trades


def _strip_tails(name: str, tails: tuple[str, ...]) -> str:
    while name.endswith(tails):
        tail = next((tail for tail in tails if name.endswith(tail) and len(name) - len(tail) >= SHORTEST), "")
        if not tail:
            break
        name = name.removesuffix(tail)
    return name


def _strip_place(name: str, words: NameWords) -> tuple[str, str]:
    place = ""
    while (size := _leading_place(name, words)) and len(name) - size >= SHORTEST:
        place, name = place + name[:size], name[size:]
    return place, name


def _leading_place(name: str, words: NameWords) -> int:
    for size in range(min(8, len(name)), 1, -1):
        if name[:size] in words.places:
            tails = (tail for tail in words.place_tails if name.startswith(tail, size))
            tail = next(tails, "")
            return size + len(tail) if len(name) - size - len(tail) >= SHORTEST else size
    return 0


def _split_trades(core: str, words: NameWords) -> tuple[str, tuple[str, ...]]:
    trades: tuple[str, ...] = ()
    while trade := _last_trade(core, words):
        core, trades = core.removesuffix(trade), (trade, *trades)
    return core, trades


def _last_trade(core: str, words: NameWords) -> str:
    """Return the longest trade at the end that leaves a brand before it, or nothing."""
    most = min(words.longest_trade, len(core) - SHORTEST)
    return next((core[-size:] for size in range(most, 0, -1) if core[-size:] in words.trades), "")
