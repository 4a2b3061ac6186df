"""`chat`: the assistant in a terminal and in a pipe."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import typer

from bot.app import Assistant
from bot.chat import Chat
from bot.commands.lines import json_lines, moment_of
from bot.commands.voice import Voice
from bot.settings import Clock
from domain.errors import DomainError


def chat_lines(
    assistant: Assistant, voice: Voice, clock: Clock, lines: Iterable[str], *, default_user: str | None, at: str | None
) -> Iterator[dict[str, Any]]:
    """Answer JSON lines in order; a line that cannot be taken gives an error in its place."""
    chat = Chat(assistant)

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        moment = moment_of(request.get("at", at), clock)
        return chat.line({"user": default_user, **request}, moment)

    return json_lines(lines, answer, voice)


def converse(assistant: Assistant, voice: Voice, clock: Clock, *, user: str, at: str | None) -> bool:
    """Talk in the terminal until an empty line; a number presses the button of that number."""
    chat = Chat(assistant)
    interactive = sys.stdin.isatty()
    if interactive:
        typer.echo(voice.say("chat_hello", name=user), err=True)
    whole = True
    for line in iter(sys.stdin.readline, ""):
        if not line.strip():
            if interactive:
                break
            continue
        try:
            answered = chat.line({"user": user, **_said(line.strip(), chat)}, moment_of(at, clock))
            typer.echo("\n".join(_shown(reply) for reply in answered["replies"]))
        except DomainError as error:
            whole = False
            typer.echo(voice.refusal(error), err=True)
    return whole or interactive


def _said(text: str, chat: Chat) -> dict[str, str]:
    return {"press": text} if text in chat.labels else {"text": text}


def _shown(reply: Mapping[str, Any]) -> str:
    buttons = "  ".join(f"[{label}]" for row in reply["buttons"] for label in row)
    return "\n".join(part for part in (reply["text"], buttons) if part)
