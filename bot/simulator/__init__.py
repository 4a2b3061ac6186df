"""A local Bot API server and the phone-like page that talks to it.

In an event loop:

    async with BotApiServer(people, *, token, host, port, words, bot_name, timezone, clock) as server:
        server.url, server.base_url, server.base_file_url, server.token
        server.crowd.say(user, text, reply_to=None, chat=None) -> message       (also edit, press, send_photo,
            send_document, send_voice, send_location, send_contact, send_sticker, block, unblock,
            messages(chat, after=0), replies(chat, after=0), answer(query))
        server.faults.set(kind, method="*", *, chat, count, probability, after, seconds, status, retry_after)
        server.faults.clear(), server.faults.hits
        server.state.add_person(Person(id, name, title, note, suggestions, started)), server.state.add_group(...)
        server.state.calls -> Call(method, params, code, at), server.state.updates, server.state.events.watch()

In a thread, for blocking callers, with the same options:

    with SimulatorThread(people, **options) as simulator:
        simulator.url, simulator.server
        simulator.say / edit / press / messages / replies / calls(method) / add_person / fault / clear_faults
        simulator.ask(user, text, timeout=10) -> text of the first reply
        simulator.wait_for_reply(chat, after, timeout=10) -> message
        simulator.wait_for_replies(chat, after, count, timeout=10) -> messages
        simulator.wait_until(chat, holds, after=0, timeout=10) -> messages
        simulator.do(lambda crowd: ...) for all the rest

In a process: `python -m bot.simulator` reads {"people": [...], "token", "port", "words", ...} as JSON from standard
input and prints {"url", "token"}; people act and faults are set over HTTP, by the routes of `control`.

A message is the JSON object the bot sees. A fault is one of delay, drop, error, flood, duplicate (see `Fault`).
Numbers of people are their chats' numbers. People with `started=False` must write first, as on Telegram.
"""

from bot.simulator.faults import Fault
from bot.simulator.server import TOKEN, BotApiServer
from bot.simulator.state import Call, Person
from bot.simulator.thread import SimulatorThread

__all__ = ["TOKEN", "BotApiServer", "Call", "Fault", "Person", "SimulatorThread"]
