"""The people's side and the fault switches over HTTP, for the page and for tests in another process.

GET    /control/people                     everybody, with title, note, suggestions, blocked
POST   /control/people                     {id, name, title, note, suggestions, started} adds one
POST   /control/groups                     {id, title, members}
POST   /control/say                        {user, text, reply_to?, chat?} -> message
POST   /control/edit                       {user, message_id, text, chat?} -> message
POST   /control/press                      {user, message_id?, button, chat?} -> {query}
POST   /control/location|contact|sticker|voice   {user, ...} -> message
POST   /control/block|unblock              {user}
POST   /control/file                       form: user, kind (photo, document, voice), file, caption?, reply_to?, chat?
GET    /control/file/{file_id}             the bytes, with name and type; ?download=1 as an attachment
GET    /control/chats/{chat}?after=N       {messages, keyboard}
GET    /control/answers/{query}            the bot's answer to a pressed button, or null
GET    /control/updates                    {pending, last_id}
GET    /control/calls?method=M&last=N      calls of the bot, oldest first: {method, params, code, at}
GET    /control/faults                     {active, hits}
POST   /control/faults                     the fields of Fault: {kind, method?, chat?, count?, after?, ...}
DELETE /control/faults                     behave well again
GET    /control/events                     a WebSocket with everything that changes in the chats
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.simulator.crowd import Crowd
from bot.simulator.errors import ApiError, NotAllowed
from bot.simulator.params import Json, Upload, read_params
from bot.simulator.state import Person, State, person_row

Action = Callable[[Json], Any]
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg")


@web.middleware
async def same_origin(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse the people's side to pages of other sites open in the same browser."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden
    return await handler(request)


def add_routes(app: web.Application, state: State, crowd: Crowd) -> None:
    """Put all control routes into the application."""
    _add_actions(app, state, crowd)
    _add_reads(app, state, crowd)
    app.router.add_get("/control/events", partial(_events, state))
    app.router.add_get("/control/file/{file_id}", partial(_file, state))


def _add_actions(app: web.Application, state: State, crowd: Crowd) -> None:
    """Add what changes something."""
    actions: dict[str, Action] = {
        "people": lambda body: person_row(state.add_person(person_of(body))),
        "groups": lambda body: state.add_group(int(body["id"]), body["title"], body["members"]).card,
        "say": lambda body: crowd.say(**body),
        "edit": lambda body: crowd.edit(**body),
        "press": lambda body: {"query": crowd.press(**{"message_id": None, **body})},
        "location": lambda body: crowd.send_location(**body),
        "contact": lambda body: crowd.send_contact(**body),
        "sticker": lambda body: crowd.send_sticker(**body),
        "voice": lambda body: crowd.send_voice(**body),
        "block": lambda body: crowd.block(**body),
        "unblock": lambda body: crowd.unblock(**body),
        "file": lambda body: _send_file(crowd, body),
        "faults": lambda body: state.faults.set(**body) and state.faults.listed(),
    }
    for name, action in actions.items():
        app.router.add_post(f"/control/{name}", _answering(action))


def _add_reads(app: web.Application, state: State, crowd: Crowd) -> None:
    """Add what only looks, and the clearing of faults."""
    reads: dict[str, Action] = {
        "people": lambda _: [person_row(person) for person in state.people.values()],
        "chats/{chat}": lambda query: {
            "messages": crowd.messages(int(query["chat"]), int(query.get("after", 0))),
            "keyboard": state.chats[int(query["chat"])].keyboard,
        },
        "answers/{query}": lambda query: crowd.answer(query["query"]),
        "updates": lambda _: {"pending": len(state.updates), "last_id": state.updates.last_id},
        "calls": lambda query: _calls(state, query),
        "faults": lambda _: {"active": state.faults.listed(), "hits": state.faults.hits},
    }
    for name, read in reads.items():
        app.router.add_get(f"/control/{name}", _answering(read))
    app.router.add_delete("/control/faults", _answering(lambda _: state.faults.clear()))


def _answering(action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return a route that gives an action its values and says in one line what was wrong with them."""

    async def answer(request: web.Request) -> web.Response:
        try:
            result = action({**await read_params(request), **request.match_info})
        except (NotAllowed, ApiError, KeyError, TypeError, ValueError) as problem:
            return _json({"error": f"{type(problem).__name__}: {problem}"}, 400)
        return _json(result)

    return answer


def person_of(body: Json) -> Person:
    """Return the person an object describes."""
    suggestions = tuple(body.get("suggestions", ()))
    return Person(**{**body, "id": int(body["id"]), "suggestions": suggestions})


def _send_file(crowd: Crowd, form: Json) -> Json:
    """Send the uploaded file as what the form says it is."""
    upload, user = form["file"], int(form["user"])
    if not isinstance(upload, Upload):
        raise NotAllowed("the part named file is no file")
    where = {name: int(form[name]) for name in ("chat", "reply_to") if form.get(name)}
    caption = str(form.get("caption", ""))
    if form.get("kind") == "photo":
        return crowd.send_photo(user, upload.content, upload.name, caption, **where)
    if form.get("kind") == "voice":
        return crowd.send_voice(user, upload.content, **where)
    return crowd.send_document(user, upload.content, upload.name, caption, **where)


def _calls(state: State, query: Json) -> list[Json]:
    """Return the calls of one method or of all, the last N of them."""
    wanted = str(query.get("method", "")).lower()
    found = [call for call in state.calls if not wanted or call.method.lower() == wanted]
    return [call._asdict() for call in found[-int(query.get("last", 1000)) :]]


async def _file(state: State, request: web.Request) -> web.Response:
    """Give a file to a person."""
    try:
        file = state.files.get(request.match_info["file_id"])
    except ApiError:
        raise web.HTTPNotFound from None
    inline = file.kind in SHOWN_INLINE and "download" not in request.query
    headers = {
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=file.content, content_type=file.kind, headers=headers)


async def _events(state: State, request: web.Request) -> web.WebSocketResponse:
    """Pass everything that happens on to a page until it goes or the server stops."""
    socket = web.WebSocketResponse(heartbeat=20)
    with state.events.watch() as events:
        await socket.prepare(request)
        listener = asyncio.create_task(_listen(socket, events))
        while not socket.closed:
            event = await events.get()
            if event["event"] in {"stop", "gone"}:
                break
            await socket.send_str(json.dumps(event, ensure_ascii=False))
        listener.cancel()
    await socket.close()
    return socket


async def _listen(socket: web.WebSocketResponse, events: asyncio.Queue[Json]) -> None:
    """Notice that the page is gone; it says nothing itself."""
    async for _ in socket:
        pass
    events.put_nowait({"event": "gone"})


def _json(result: Any, status: int = 200) -> web.Response:
    text = json.dumps(result, ensure_ascii=False, default=_plain)
    return web.Response(status=status, body=text.encode("utf-8", "surrogatepass"), content_type="application/json")


def _plain(value: object) -> object:
    """Return how a log shows what JSON cannot hold: an upload by its name and size."""
    if isinstance(value, Upload):
        return {"name": value.name, "bytes": len(value.content)}
    raise TypeError(type(value).__name__)
