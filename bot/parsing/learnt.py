"""Reads what was learnt from labelled sentences: `locale/learnt/intents.json`, written by `make train`."""

import json
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from bot.parsing.leaning import Leaning
from bot.parsing.trust import Trust

FILE = "learnt/intents.json"


@dataclass(frozen=True, slots=True)
class Learnt:
    """Which intent words lean to, and how far a command can be trusted."""

    leaning: Leaning
    trust: Trust


def read_learnt(root: Traversable) -> Learnt:
    """Return the weights that lie beside the sentences they were learnt from."""
    plain = json.loads(root.joinpath(FILE).read_text(encoding="utf-8"))
    return Learnt(Leaning(plain["intents"], plain["bias"], plain["weights"]), Trust(plain["trust"]))
