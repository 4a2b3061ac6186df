"""Where replies go: rows of the outbox for Telegram, a list for the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.utterance import Utterance
from domain import inbox, outbox
from domain.unit_of_work import UnitOfWork


class Channel(Protocol):
    """Takes what is said back, inside the unit of work that made it true."""

    def put(
        self, uow: UnitOfWork, utterance: Utterance, place: int, content: Mapping[str, Any], entry_id: int | None
    ) -> None:
        """Take the reply to the n-th command of an utterance."""
        ...

    def advance(self, uow: UnitOfWork, done: int, *, last: bool) -> None:
        """Note that so many commands of the utterance are applied."""
        ...


@dataclass(slots=True)
class OutboxChannel:
    """Owes each reply as an outbox row and marks the update done, in one transaction."""

    update_id: int

    def put(
        self, uow: UnitOfWork, utterance: Utterance, place: int, content: Mapping[str, Any], entry_id: int | None
    ) -> None:
        """Owe a reply; a pressed button is answered too, so that it stops blinking."""
        if utterance.callback_id and place == 0:
            answer = {"method": "answer", "callback_id": utterance.callback_id}
            self._owe(uow, utterance, f"answer:{self.update_id}", "answer", answer, None)
        kind = "edit" if content.get("method") == "edit" else "reply"
        self._owe(uow, utterance, f"reply:{self.update_id}:{place}", kind, content, entry_id)

    def advance(self, uow: UnitOfWork, done: int, *, last: bool) -> None:
        """Mark the update done, or how far it is."""
        if last:
            inbox.finish(uow, self.update_id)
        else:
            inbox.step(uow, self.update_id, done - 1)

    def _owe(
        self,
        uow: UnitOfWork,
        utterance: Utterance,
        key: str,
        kind: str,
        content: Mapping[str, Any],
        entry_id: int | None,
    ) -> None:
        outbox.owe(
            uow,
            key=key,
            kind=kind,
            chat_id=utterance.chat_id,
            content=dict(content),
            person_id=utterance.person_id,
            entry_id=entry_id,
        )


@dataclass(slots=True)
class ListChannel:
    """Collects replies for a terminal; nothing of it is owed to Telegram."""

    contents: list[Mapping[str, Any]] = field(default_factory=list)

    def put(
        self, uow: UnitOfWork, utterance: Utterance, place: int, content: Mapping[str, Any], entry_id: int | None
    ) -> None:
        """Collect a reply."""
        self.contents.append({**content, "entry_id": entry_id})

    def advance(self, uow: UnitOfWork, done: int, *, last: bool) -> None:
        """Do nothing: a terminal says each line once."""
