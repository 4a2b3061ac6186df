"""Lines said in another city, labelled before they were read; what the reader makes of them now."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot import app as composition
from bot.demo.load import load_demo
from bot.names.book import NameBook
from bot.parsing.reader import Reader
from bot.parsing.reading import Reading
from bot.understand import explain_line
from tests.corpus.heard_city import NOW
from tests.corpus.lines import HERE, Line
from tests.corpus.reads import Read, read_line

CITY = "lanjiang"


@cache
def reads() -> tuple[Read, ...]:
    """Return every line of `blind/` as read in the generated second city."""
    found = [read_line(line, reader()) for line in lines()]
    return tuple(replace(read, wrong_links=tuple(_wrong(reader().names, read))) for read in found)


def first_read() -> Iterator[tuple[Reading, list[bool]]]:
    """Yield utterances as read now, with which of their commands were right when they were read first.

    Only those are yielded that are still read as so many commands. Nothing had been mended for them then, so this
    tells how far new readings can be trusted.
    """
    for said in json.loads((HERE / "first_read.json").read_text(encoding="utf-8")):
        reading = explain_line(said, reader(), NOW).reading
        if len(reading.commands) == len(said["right"]):
            yield reading, said["right"]


def lines() -> Iterator[Line]:
    """Yield the lines of `blind/`."""
    for file in sorted((HERE / "blind").glob("*.jsonl")):
        for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            said = json.loads(raw)
            request = {key: said[key] for key in ("text", "user", "context") if key in said}
            yield Line(
                request, said["commands"], said["ask"], tuple(said["phenomena"]), f"{file.stem}:{number}", unseen=True
            )


@cache
def reader() -> Reader:
    """Return a reader that knows the second city's names."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = composition.open_ledger(str(Path(folder) / "city.db"))
        load_demo(ledger, NOW, city=CITY)
        heard = composition.build(ledger).reader
        with ledger.read(NOW) as uow:
            heard.names.refresh(uow.connection)
        ledger.engine.dispose()
    return heard


def _wrong(names: NameBook, read: Read) -> Iterator[str]:
    """Yield the rows a command holds in place of what its label has there."""
    known = {row.name for rows in names.rows.values() for row in rows.values()}
    fair = set(read.ask["choices"]) if read.ask else set()
    for pair in read.pairs:
        label = pair.label.slots if pair.label else {}
        for slot, value in (pair.read.slots if pair.read else {}).items():
            wanted = label.get(slot, value)
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str) and name in known - fair and name not in wanted:
                    yield name
