"""The labelled lines of the corpus, each with its frame, its split and what makes it hard."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus.frames import frame, split_of

HERE = Path(__file__).parent
SEVERAL = 2
ASKS = {"missing": "ask_missing", "unknown": "ask_unknown", "ambiguous": "ask_ambiguous"}
BY_INTENT = {"amend": "correction", "cancel": "cancel", "out_of_scope": "out_of_scope"}


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance as a careful reader labelled it."""

    request: Mapping[str, Any]  # what `understand` is given
    commands: Sequence[Mapping[str, Any]]
    ask: Mapping[str, Any] | None
    phenomena: tuple[str, ...]
    source: str  # its file and line number
    unseen: bool = False  # labelled before the reader read it; the older lines were mended until all were right

    @property
    def text(self) -> str:
        """Return what is said."""
        return str(self.request["text"])

    @property
    def split(self) -> str:
        """Return train, dev or test."""
        return split_of(frame(self.text))

    @property
    def dialogue_frame(self) -> str:
        """Return the frame of the utterance with those before it."""
        return "|".join(frame(text) for text in (*self.request.get("context", ()), self.text))


@cache
def lines() -> tuple[Line, ...]:
    """Return all labelled lines, the older files first."""
    files = [*sorted(HERE.glob("*.jsonl")), *sorted((HERE / "labelled").glob("*.jsonl"))]
    return tuple(line for file in files for line in _read(file))


@cache
def contract() -> Mapping[str, Any]:
    """Return the intents with their slots and the phenomena, as the contract names them."""
    return tomllib.loads((HERE / "contract.toml").read_text(encoding="utf-8"))


def _read(file: Path) -> Iterator[Line]:
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        said = json.loads(raw)
        request = {key: said[key] for key in ("text", "user", "context") if key in said}
        phenomena = tuple(said.get("phenomena") or [_derived(said)])
        yield Line(request, said["commands"], said["ask"], phenomena, f"{file.stem}:{number}", file.parent != HERE)


def _derived(said: Mapping[str, Any]) -> str:
    """Return the one phenomenon that an older line shows by its label alone."""
    if said["ask"]:
        return ASKS[said["ask"]["why"]]
    if len(said["commands"]) >= SEVERAL:
        return "several"
    return BY_INTENT.get(said["commands"][0]["intent"], "plain")
