"""What each intent is recognised by and made of, read from `locale/intents`."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog import Catalog, CatalogFault, Table
from bot.names.fold import fold


@dataclass(frozen=True, slots=True)
class Cue:
    """Evidence for or against an intent: everything in `all` is there, nothing of `none`."""

    all: frozenset[str]
    none: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class IntentSpec:
    """One intent's data file, without its replies; each is equal to itself alone."""

    name: str
    slots: Mapping[str, str]  # slot -> role, in the order they are filled
    cues: tuple[Cue, ...]
    required: tuple[tuple[str, ...], ...] = ()  # alternatives; each names the slots that must all be there
    link: frozenset[str] = frozenset()  # slots whose words must name a row of the ledger
    whole: frozenset[str] = frozenset()  # messages that are this intent and nothing else
    absorbs: frozenset[str] = frozenset()  # intents whose clauses stay part of this one
    absorbs_denied: frozenset[str] = frozenset()  # the same where a milestone is denied
    repeats: tuple[str, ...] = ()  # slots that, said anew, start another command of this intent
    record: bool = False
    question: bool = False
    ahead: bool = False  # dates are read as still to come
    example: str = ""


def read_intents(catalog: Catalog) -> dict[str, IntentSpec]:
    """Return every intent of the catalog by name."""
    return {name: _intent(name, table) for name, table in catalog.folder("intents").items()}


def _intent(name: str, table: Table) -> IntentSpec:
    try:
        return IntentSpec(
            name=name,
            slots=table.get("slots", {}),
            cues=tuple(_cue(shape, weight) for shape, weight in table.get("cues", {}).items()),
            required=tuple(tuple(group) for group in table["required"]),
            link=frozenset(table.get("link", ())),
            whole=frozenset(fold(words) for words in table.get("whole", ())),
            absorbs=frozenset(table.get("absorbs", ())),
            absorbs_denied=frozenset(table.get("absorbs_denied", ())),
            repeats=tuple(table.get("repeats", ())),
            record=table.get("record", False),
            question=table.get("question", False),
            ahead=table.get("ahead", False),
            example=table["example"],
        )
    except KeyError as missing:
        raise CatalogFault(f"locale/intents/{name}.toml has no key {missing.args[0]}") from None


def _cue(shape: str, weight: float) -> Cue:
    words = shape.split()
    return Cue(
        frozenset(word for word in words if not word.startswith("!")),
        frozenset(word.removeprefix("!") for word in words if word.startswith("!")),
        float(weight),
    )
