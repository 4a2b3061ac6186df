"""The same assistant in a terminal: a line said, a button pressed or a file sent, and what comes back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import Assistant
from bot.channel import ListChannel
from bot.utterance import Utterance, writable
from domain import directory, pressing
from domain.errors import Invalid
from domain.shapes import EARLIEST_YEAR, LATEST_YEAR
from handlers.contract import Attachment

FIGURE_FIELDS = (
    "metric", "unit", "period", "value", "value_unit", "numerator", "denominator",
    "status", "as_of", "subject", "filters", "cohort",
)  # fmt: skip


@dataclass(slots=True)
class Chat:
    """Talks as people of the directory; keeps the last buttons of each, and dialogues only while it lasts."""

    assistant: Assistant
    buttons: dict[int, Sequence[Sequence[Mapping[str, str]]]] = field(default_factory=dict)
    labels: Sequence[str] = ()  # what the last reply's buttons say
    met: set[int] = field(default_factory=set)

    def line(self, request: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
        """Return the replies to one line of contract §3; raise DomainError for a line that cannot be taken."""
        if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            raise Invalid("time_out_of_range", at=at.date().isoformat())
        if not isinstance(request.get("user"), str):
            raise Invalid("line_without_user")
        with self.assistant.ledger.read(at) as uow:
            person = directory.person_by_name(uow, request["user"])
            person_id, name = person.id, directory.printed_name(uow, person)
        self._meet(person_id, at)
        utterance = self._utterance(request, person_id, at)
        channel = ListChannel()
        self.assistant.dispatch.hear(utterance, channel)
        return {"replies": [self._reply(each, name, person_id, at) for each in channel.contents]}

    def _meet(self, person_id: int, at: dt.datetime) -> None:
        if person_id not in self.met:
            self.assistant.dispatch.forget(Utterance(person_id, "", at, _chat_id(person_id)))
            self.met.add(person_id)

    def _utterance(self, request: Mapping[str, Any], person_id: int, at: dt.datetime) -> Utterance:
        chat = _chat_id(person_id)
        if "press" in request:
            action = self._action(person_id, str(request["press"]), at)
            return Utterance(person_id, "", at, chat, action=action)
        if "file" in request:
            path = Path(str(request["file"]))
            if not path.is_file():
                raise Invalid("no_file", name=str(path))
            return Utterance(person_id, "", at, chat, attachment=Attachment("document", path.name, path))
        if not isinstance(request.get("text"), str):
            raise Invalid("line_without_text")
        return Utterance(person_id, writable(request["text"]), at, chat)

    def _action(self, person_id: int, label: str, at: dt.datetime) -> Mapping[str, Any]:
        for row in self.buttons.get(person_id, ()):
            for button in row:
                if self.assistant.wording.label(button["label"]) == label:
                    with self.assistant.ledger.read(at) as uow:
                        return pressing.meaning(uow, button["key"], person_id)
        raise Invalid("no_button", label=label)

    def _reply(self, content: Mapping[str, Any], name: str, person_id: int, at: dt.datetime) -> dict[str, Any]:
        worded = self.assistant.wording.word(content, now=at)
        self.buttons[person_id] = content.get("buttons", ())
        self.labels = [label for row in worded.buttons for label, _ in row]
        return {
            "to": name,
            "text": worded.text,
            "buttons": [[label for label, _ in row] for row in worded.buttons],
            "files": [dict(file) for file in worded.files],
            "figures": [contract_figure(figure) for figure in content.get("figures", ())],
        }


def contract_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure with the fields of contract §3 only."""
    return {name: figure[name] for name in FIGURE_FIELDS if name in figure}


def _chat_id(person_id: int) -> int:
    return -person_id  # Telegram's private chats are positive: a terminal never shares one
