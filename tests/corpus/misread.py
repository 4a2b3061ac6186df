"""Lists the misread lines of a split by intent, with what differs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.corpus.comparing import Meant, Pair
from tests.corpus.reads import Read


def misread(reads: Sequence[Read], *, texts: bool) -> Iterator[str]:
    """Yield the misread lines, the texts and values only where they may be seen."""
    wrong: dict[str, list[Read]] = {}
    for read in reads:
        if not read.exact:
            wrong.setdefault(str(read.line.commands[0]["intent"]), []).append(read)
    for intent, some in sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{intent}: {len(some)}"
        for read in some:
            yield from _shown(read, texts=texts)


def _shown(read: Read, *, texts: bool) -> Iterator[str]:
    line = read.line
    said = " | ".join((*line.request.get("context", ()), line.text)) if texts else ""
    yield f"  {line.source} [{' '.join(line.phenomena)}] {said!r}" if texts else f"  [{' '.join(line.phenomena)}]"
    for pair in read.pairs:
        yield from _differing(pair, values=texts)
    if not read.asked_rightly:
        yield f"    ask: {_json(line.ask)} read {_json(read.ask)}" if texts else "    ask differs"
    if read.wrong_links:
        yield f"    wrong link: {' '.join(read.wrong_links)}" if texts else "    wrong link"


def _differing(pair: Pair, *, values: bool) -> Iterator[str]:
    if not pair.named:
        yield f"    {_command(pair.label, values=values)} read as {_command(pair.read, values=values)}"
        return
    for slot, (label, read) in pair.slips.items():
        yield f"    {slot}: {_json(label)} read {_json(read)}" if values else f"    {slot}"


def _command(command: Meant | None, *, values: bool) -> str:
    if command is None:
        return "-"
    return f"{command.intent} {_json(command.slots)}" if values else command.intent


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
