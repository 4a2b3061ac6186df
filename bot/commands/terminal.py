"""`chat` and `understand`: the assistant in a terminal and in a pipe."""

import datetime as dt
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

import typer

from bot.app import Assistant
from bot.chat import Chat
from bot.commands.voice import Voice
from bot.settings import Clock
from domain.errors import DomainError

log = logging.getLogger(__name__)


def chat_lines(
    assistant: Assistant, voice: Voice, clock: Clock, lines: Iterable[str], *, default_user: str | None, at: str | None
) -> Iterator[dict[str, Any]]:
    """Answer JSON lines in order; a line that cannot be taken gives an error in its place."""
    chat = Chat(assistant)

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        moment = _moment(request.get("at", at), clock)
        return chat.line({"user": default_user, **request}, moment)

    return json_lines(lines, answer, voice)


def understand_lines(
    assistant: Assistant, voice: Voice, clock: Clock, lines: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Read JSON lines in order and print what they are understood as."""
    from bot.understand import Understanding  # noqa: PLC0415 - chat does not need it

    understanding = Understanding(assistant.reader, assistant.ledger)

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        return understanding.line(request, _moment(request.get("at"), clock))

    return json_lines(lines, answer, voice)


def explained_lines(assistant: Assistant, voice: Voice, clock: Clock, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Explain in order how lines are read; a line that is no JSON is itself what is said."""
    from bot.commands.explain import Explainer  # noqa: PLC0415 - only where asked for
    from bot.understand import Understanding  # noqa: PLC0415 - chat does not need it

    understanding = Understanding(assistant.reader, assistant.ledger)
    explainer = Explainer(voice, assistant.reader.intents)

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        explained = understanding.explained(request, _moment(request.get("at"), clock))
        return {"lines": list(explainer.lines(explained))}

    return json_lines((_as_json(line) for line in lines), answer, voice)


def json_lines(
    lines: Iterable[str], answer: Callable[[Mapping[str, Any]], dict[str, Any]], voice: Voice
) -> Iterator[dict[str, Any]]:
    """Answer each JSON line; what goes wrong with one stands in its place."""
    for line in lines:
        if not line.strip():
            continue
        request = _parsed(line)
        if request is None:
            yield {"error": voice.say("bad_json")}
            continue
        try:
            yield answer(request)
        except BadTime as fault:
            yield {"error": voice.say("bad_time", text=fault)}
        except DomainError as error:
            yield {"error": voice.refusal(error)}
        except Exception as fault:
            log.exception("a line failed")
            yield {"error": voice.say("unexpected", fault=type(fault).__name__)}


def print_lines(answers: Iterable[Mapping[str, Any]], out: TextIO) -> bool:
    """Print answers as JSON lines as they come; tell whether all of them could be given."""
    whole = True
    for each in answers:
        out.write(_line(each) + "\n")
        out.flush()
        whole = whole and "error" not in each
    return whole


def print_explanations(answers: Iterable[Mapping[str, Any]], out: TextIO) -> bool:
    """Print explanations as text as they come; tell whether all of them could be given."""
    whole = True
    for each in answers:
        lines = each.get("lines") or [each["error"]]
        out.write("\n".join(lines).encode(errors="backslashreplace").decode() + "\n\n")
        out.flush()
        whole = whole and "error" not in each
    return whole


def _as_json(line: str) -> str:
    return line if line.lstrip().startswith(("{", "[")) or not line.strip() else json.dumps({"text": line.strip()})


def _line(answer: Mapping[str, Any]) -> str:
    """Return an answer as JSON; half a character, which no file can hold, is written as its number."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line


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
            answered = chat.line({"user": user, **_said(line.strip(), chat)}, _moment(at, clock))
            typer.echo("\n".join(_shown(reply) for reply in answered["replies"]))
        except DomainError as error:
            whole = False
            typer.echo(voice.refusal(error), err=True)
    return whole or interactive


class BadTime(ValueError):
    """A time that is not ISO 8601."""


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        request = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return request if isinstance(request, dict) else None


def _said(text: str, chat: Chat) -> dict[str, str]:
    return {"press": text} if text in chat.labels else {"text": text}


def _shown(reply: Mapping[str, Any]) -> str:
    buttons = "  ".join(f"[{label}]" for row in reply["buttons"] for label in row)
    return "\n".join(part for part in (reply["text"], buttons) if part)


def _moment(text: Any, clock: Clock) -> dt.datetime:
    if text is None:
        return clock.now()
    try:
        return clock.moment(str(text))
    except ValueError as fault:
        raise BadTime(text) from fault
