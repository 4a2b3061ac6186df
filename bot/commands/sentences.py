"""`understand`: what the assistant reads in sentences, as JSON lines or explained."""

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from bot.catalog import load_catalog
from bot.commands.explain import Explainer
from bot.commands.lines import json_lines, moment_of
from bot.commands.voice import Voice
from bot.opening import name_book, peek_ledger
from bot.parsing.reader import Reader
from bot.settings import Clock
from bot.understand import Understanding


def open_understanding(database: str, clock: Clock) -> Understanding:
    """Open what reads sentences in the light of a ledger, or of none; its names are loaded."""
    gc.disable()  # words and names stay for good: searching them for garbage took a quarter of the start
    try:
        ledger = peek_ledger(database)
        understanding = Understanding(Reader(load_catalog(), name_book(ledger)), ledger)
        understanding.refresh(clock.now())
        gc.freeze()
    finally:
        gc.enable()
    return understanding


def understand_lines(
    understanding: Understanding, voice: Voice, clock: Clock, lines: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Read JSON lines in order and print what they are understood as."""

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        return understanding.line(request, moment_of(request.get("at"), clock))

    return json_lines(lines, answer, voice)


def explained_lines(
    understanding: Understanding, voice: Voice, clock: Clock, lines: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Explain in order how lines are read; a line that is no JSON is itself what is said."""
    explainer = Explainer(voice, understanding.intents)

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        explained = understanding.explained(request, moment_of(request.get("at"), clock))
        return {"lines": list(explainer.lines(explained))}

    return json_lines((_as_json(line) for line in lines), answer, voice)


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
