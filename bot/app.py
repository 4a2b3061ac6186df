"""The composition root: the only place that builds the assistant and connects its parts."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass

import handlers
from bot.catalog import Catalog, load_catalog
from bot.dispatch import Dispatch
from bot.opening import name_book, open_ledger, peek_ledger
from bot.parsing.reader import Reader
from bot.wording.words import Wording
from domain.unit_of_work import Ledger
from handlers.contract import REGISTRY, Handler

__all__ = ["Assistant", "build", "load_handlers", "open_ledger", "peek_ledger"]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that understands, answers and words; no Telegram in it."""

    catalog: Catalog
    ledger: Ledger
    reader: Reader
    wording: Wording
    dispatch: Dispatch


def build(ledger: Ledger) -> Assistant:
    """Build the assistant on a ledger."""
    catalog = load_catalog()
    reader = Reader(catalog, name_book(ledger))
    return Assistant(catalog, ledger, reader, Wording(catalog), Dispatch(ledger, reader, load_handlers()))


def load_handlers() -> Mapping[str, Handler]:
    """Import every module of `handlers` and return what they registered."""
    for module in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"handlers.{module.name}")
    return REGISTRY
