"""What the reader makes of each labelled line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bot.parsing.reader import Reader
from bot.understand import understand_line
from tests.corpus.comparing import Meant, Pair, meant, paired
from tests.corpus.heard_city import NOW, reader
from tests.corpus.lines import Line, lines
from tests.corpus.linking import wrong_links


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled line beside its reading."""

    line: Line
    pairs: tuple[Pair, ...]
    ask: Mapping[str, Any] | None
    wrong_links: tuple[str, ...] = ()

    @property
    def asked_rightly(self) -> bool:
        """Tell whether what is asked, or that nothing is, is as labelled."""
        return _asked(self.ask) == _asked(self.line.ask)

    @property
    def exact(self) -> bool:
        """Tell whether the whole message is right."""
        return self.asked_rightly and all(pair.exact for pair in self.pairs)


@cache
def reads() -> tuple[Read, ...]:
    """Return every line as read now."""
    found = (read_line(line, reader()) for line in lines())
    return tuple(replace(read, wrong_links=wrong_links(read.line.text, read.pairs, read.ask)) for read in found)


def read_line(line: Line, reader: Reader) -> Read:
    """Return a line beside what a reader makes of it; which links are wrong is left open."""
    answer = understand_line(line.request, reader, NOW)
    label = [meant(command["intent"], command["slots"]) for command in line.commands]
    read = [_meant(command) for command in answer["commands"]]
    pairs = tuple(paired(label, read))
    return Read(line, pairs, answer["ask"])


def _meant(command: Mapping[str, Any]) -> Meant:
    return meant(command["intent"]["name"], command["slots"], command["intent"]["confidence"])


def _asked(ask: Mapping[str, Any] | None) -> tuple[str, str, frozenset[str]] | None:
    return (ask["slot"], ask["why"], frozenset(ask["choices"])) if ask else None
