"""Reads `locale/` once into one frozen object; names file and key when it is wrong."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.ports import ColumnWords, SheetSpec, SheetWords

Table = Mapping[str, Any]
LEARNT = "learnt/intents.json"


class CatalogFault(Exception):
    """A data file is broken or lacks a key; the message names both."""


@dataclass(frozen=True)
class Catalog:
    """All of `locale/`: each file by its path without ending, such as `intents/log_visit`."""

    tables: Mapping[str, Table]
    root: Traversable

    def table(self, name: str) -> Table:
        """Return one file's content."""
        try:
            return self.tables[name]
        except KeyError:
            raise CatalogFault(f"locale/{name}.toml is missing") from None

    def folder(self, name: str) -> dict[str, Table]:
        """Return the files directly in one folder, by their bare names, sorted."""
        prefix = f"{name}/"
        return {
            path.removeprefix(prefix): table
            for path, table in sorted(self.tables.items())
            if path.startswith(prefix) and "/" not in path.removeprefix(prefix)
        }

    def get(self, name: str, key: str) -> Any:
        """Return one value; say file and key when it is not there."""
        table = self.table(name)
        if key not in table:
            raise CatalogFault(f"locale/{name}.toml has no key {key}")
        return table[key]

    def sheet_words(self) -> SheetWords:
        """Return the words of the workbook as the domain takes them."""
        order = self.get("ledger/words", "sheets")
        return SheetWords(
            sheets=tuple(_sheet(code, self.table(f"ledger/sheets/{code}")) for code in order),
            choices=self.table("ledger/choices"),
            metrics=self.table("ledger/metrics"),
            words=self.get("ledger/words", "words"),
            lists={key: tuple(words) for key, words in self.get("ledger/words", "lists").items()},
            provinces={
                city: province
                for province, cities in self.get("lexicon/provinces", "provinces").items()
                for city in cities
            },
        )

    def learnt(self) -> Mapping[str, Any]:
        """Return what was learnt from `locale/examples`; it is large, so only what reads sentences asks for it."""
        try:
            learnt: Mapping[str, Any] = json.loads(self.root.joinpath(LEARNT).read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CatalogFault(f"locale/{LEARNT}: {fault}") from None
        return learnt


def locale_root() -> Traversable:
    """Return the data folder: inside the wheel, beside us in a checkout."""
    packaged = files("bot") / "locale"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "locale"


@cache
def load_catalog() -> Catalog:
    """Return the catalog, read once a process."""
    return read_catalog(locale_root())


def read_catalog(root: Traversable) -> Catalog:
    """Read every data file below `root`."""
    return Catalog(MappingProxyType(dict(_read(root, ""))), root)


def _read(folder: Traversable, prefix: str) -> list[tuple[str, Table]]:
    found: list[tuple[str, Table]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _read(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".toml"):
            found.append((prefix + item.name.removesuffix(".toml"), _parse(item, prefix)))
    return found


def _parse(item: Traversable, prefix: str) -> Table:
    try:
        return tomllib.loads(item.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CatalogFault(f"locale/{prefix}{item.name}: {fault}") from fault


def _sheet(code: str, table: Table) -> SheetSpec:
    columns = tuple(
        ColumnWords(**{**column, "variants": tuple(column.get("variants", ()))}) for column in table["columns"]
    )
    return SheetSpec(code, table["title"], columns, tuple(table.get("variants", ())))
