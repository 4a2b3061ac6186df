"""提醒: promises to remind, and says when it will ring."""

from domain import entries
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Turn, handles


@handles("remind_me")
def remind_me(turn: Turn, uow: UnitOfWork) -> Reply:
    """Keep a reminder and name the moment it rings at."""
    slots = dict(turn.slots)
    if "part" in turn.linked and "moment" not in slots:
        slots["part"] = turn.linked["part"]  # a part of the day has no slot of its own, yet decides the hour
    entry_id, reminder = entries.make(
        uow, turn.intent, slots, turn.text, chat_id=turn.chat_id, message_id=turn.message_id
    )
    values = {
        "text": reminder.text,
        "moment": reminder.moment.astimezone(uow.now.tzinfo).isoformat(),
        "repeat": reminder.repeat,
        "chosen": "moment" not in turn.slots,  # the hour is ours: only a day or part of day was said
    }
    choices = [Choice("undo", {"intent": "undo", "slots": {}, "entry_id": entry_id})]
    choices.append(Choice("amend", {"intent": "amend", "slots": {}, "entry_id": entry_id}))
    return Reply("done", values, buttons=[choices], entry_id=entry_id)
