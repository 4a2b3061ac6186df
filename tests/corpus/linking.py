"""Wrong links: rows of the ledger that a reading holds though its message meant another, or nothing known."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus.comparing import Pair

KINDS = ("units", "people", "enterprises", "projects")


def wrong_links(text: str, pairs: Sequence[Pair], ask: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return the rows linked though nobody meant them.

    A project for its own investor is none, nor a name truly said that only has no place in the label.
    """
    wanted = {name for pair in pairs if pair.label for name in _linked(pair.label.slots)}
    kin = {name for two in _invested() if wanted & two for name in two}
    fair = wanted | kin | (set(ask["choices"]) if ask else set())
    return tuple(sorted(name for pair in pairs for name in _held(text, pair) if name not in fair))


def _held(text: str, pair: Pair) -> Iterator[str]:
    """Yield the rows a command read holds, but for those only put where no slot was wanted."""
    label = pair.label.slots if pair.label else {}
    for slot, value in (pair.read.slots if pair.read else {}).items():
        for name in _linked(value):
            if slot in label or not (slot == "unit" or any(form in text for form in _forms()[name])):
                yield name


def _linked(value: Any) -> Iterator[str]:
    """Yield the ledger's names in slots, however deep."""
    if isinstance(value, str) and value in _forms():
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _linked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _linked(inner)


@cache
def _ledger() -> dict[str, list[dict[str, Any]]]:
    path = Path(__file__).parent / "ledger.json"
    table: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return table


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Return each canonical name with the ways the ledger says it."""
    rows = [row for kind in KINDS for row in _ledger()[kind]]
    return {
        row["name"]: tuple(form for form in (row["name"], row.get("short_name"), *row.get("aliases", ())) if form)
        for row in rows
    }


@cache
def _invested() -> tuple[frozenset[str], ...]:
    """Return each project's name with each investor's."""
    named = {kind: {row["id"]: row["name"] for row in _ledger()[kind]} for kind in ("projects", "enterprises")}
    return tuple(
        frozenset((named["projects"][row["project_id"]], named["enterprises"][row["enterprise_id"]]))
        for row in _ledger()["investors"]
    )
