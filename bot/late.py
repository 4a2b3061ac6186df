"""Modules loaded where they are first used: a command waits only for what it needs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot import app, opening
    from bot.commands import books, lines, operate, sentences, showcase, terminal

__all__ = ["app", "books", "lines", "opening", "operate", "sentences", "showcase", "terminal"]
_OF_BOT = ("app", "opening")


def __getattr__(name: str) -> Any:
    """Load a module the first time it is named."""
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"bot.{name}" if name in _OF_BOT else f"bot.commands.{name}")
