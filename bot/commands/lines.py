"""JSON lines in and out: in order, each answered before the next is read."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from bot.commands.voice import Voice
from bot.settings import Clock
from domain.errors import DomainError

log = logging.getLogger(__name__)


class BadTime(ValueError):
    """A time that is not ISO 8601."""


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


def moment_of(text: Any, clock: Clock) -> dt.datetime:
    """Return a line's own time, or now; raise BadTime for one that is none."""
    if text is None:
        return clock.now()
    try:
        return clock.moment(str(text))
    except ValueError as fault:
        raise BadTime(text) from fault


def _line(answer: Mapping[str, Any]) -> str:
    """Return an answer as JSON; half a character, which no file can hold, is written as its number."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        request = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return request if isinstance(request, dict) else None
