"""Puts the fields of a form into the record they are of: 企业名称:格力;方式:电话."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.parsing.intents import IntentSpec
from bot.parsing.reading import Command


def filled_in(commands: Sequence[Command], intents: Mapping[str, IntentSpec]) -> list[Command]:
    """Return the commands of a message with what seemed to correct a record in the one it tells of itself."""
    records = [command for command in commands if intents[command.intent].record]
    fields = [command for command in commands if command.intent == "amend"]
    if len(records) != 1 or len(records) + len(fields) != len(commands):
        return list(commands)
    record, slots = records[0], intents[records[0].intent].slots
    for one in fields:
        name, value = str(one.slots.get("field")), one.slots.get("value")
        if name in slots and name not in record.slots and value is not None and "how" not in one.slots:
            linked = {name: one.linked["value"]} if "value" in one.linked else {}
            held = {**record.slots, name: value}
            ordered = {slot: held[slot] for slot in slots if slot in held}
            record = replace(record, slots=ordered, linked={**record.linked, **linked})
    return [record]


def named_again(commands: Sequence[Command]) -> list[Command]:
    """Return the commands without a number of people that the next one names: 漏了一个人,林永毅也参加了."""
    kept: list[Command] = []
    for command, after in zip(commands, (*commands[1:], None), strict=False):  # nothing read: no commands
        names = after.slots.get("value") if after and after.slots.get("how") == "add" else None
        counted = command.slots.get("field") == "people_count" and isinstance(names, list)
        if not (counted and names and command.slots.get("value") == len(names)):
            kept.append(command)
    return kept
