"""What is to be sent regularly where only that is said: 看看本周排名,以后每周一发我."""

from dataclasses import replace

from bot.dialogue import Spoken
from bot.parsing.intents import IntentSpec
from bot.parsing.reading import Command

ORDERS = frozenset(("subscribe", "unsubscribe"))
KINDS = {"query_ranking": "ranking", "list_lagging": "lagging", "list_tasks": "digest"}
PUSHED = frozenset(("circular", "ranking", "lagging", "digest"))


def pushed(command: Command, before: Spoken | None, spec: IntentSpec) -> Command:
    """Return an order to send or stop with the kind of what was asked for right before, where it names none."""
    if command.intent not in ORDERS or "kind" in command.slots or before is None:
        return command
    kind = before.slots.get("kind") or KINDS.get(before.intent)
    if kind not in PUSHED:
        return command
    slots = {"kind": kind, **command.slots}
    return replace(command, slots={slot: slots[slot] for slot in spec.slots if slot in slots})
