"""An utterance: what one person said, pressed or sent, when and where."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.unit_of_work import Actor
from handlers.contract import Attachment


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a member of staff did in one chat at one moment."""

    person_id: int
    text: str
    now: dt.datetime
    chat_id: int
    message_id: int | None = None
    reply_to: int | None = None  # the message it answers
    edited: bool = False
    attachment: Attachment | None = None
    action: Mapping[str, Any] | None = None  # what a pressed button means
    pressed_on: int | None = None  # the message whose button was pressed
    callback_id: str | None = None
    actor: Actor | None = None  # the person, where already looked up


def writable(text: str) -> str:
    """Return text as a database can keep it: without NUL, with halves of characters replaced."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
