"""What the command line says: words of the catalog, filled in."""

from dataclasses import dataclass
from typing import Any

from bot.catalog import Catalog
from bot.wording.words import Wording
from domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class Voice:
    """Says sentences of locale/cli.toml, and refusals as the chat says them."""

    catalog: Catalog

    def help(self, key: str) -> str:
        """Return a help text."""
        return str(self.catalog.get("cli", "help")[key])

    def say(self, key: str, **values: Any) -> str:
        """Return a sentence."""
        return str(self.catalog.get("cli", "says")[key]).format(**values)

    def doctor(self, key: str, **values: Any) -> str:
        """Return what a check found."""
        return str(self.catalog.get("cli", "doctor")[key]).format(**values)

    def explain(self, key: str, **values: Any) -> str:
        """Return a sentence of an explanation."""
        return str(self.catalog.get("cli", "explain")[key]).format(**values)

    def refusal(self, error: DomainError) -> str:
        """Return why something could not be done."""
        return Wording(self.catalog).say("errors", error.key, error.values)
