"""A mention: one thing found in an utterance, where it stands and what it means."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Mention:
    """A typed stretch of an utterance; offsets count code points of the text as given."""

    entity: str  # an entity type of contract §2
    start: int
    end: int
    text: str
    value: Any  # JSON, in the shape contract §2 gives this entity type, read as a report or question
    ahead: Any = None  # the value when read in a plan, reminder or deadline, where that differs
    candidates: tuple[str, ...] = ()  # canonical names when the mention fits several
    linked: bool = False  # the value is a canonical name of the ledger
    score: float = 1.0

    def leaning(self, *, ahead: bool) -> Any:
        """Return the value as a plan reads it, or as a report does."""
        return self.ahead if ahead and self.ahead is not None else self.value
