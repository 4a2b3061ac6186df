"""What was learnt from labelled sentences by `make train`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.parsing.leaning import Leaning
from bot.parsing.trust import Trust


@dataclass(frozen=True, slots=True)
class Learnt:
    """Which intent words lean to, and how far a command can be trusted."""

    leaning: Leaning
    trust: Trust


def read_learnt(plain: Mapping[str, Any]) -> Learnt:
    """Return the weights as what weighs them."""
    return Learnt(Leaning(plain["intents"], plain["bias"], plain["weights"]), Trust(plain["trust"]))
