"""The Bot API server: answers calls over HTTP, with the faults that are set, and serves the people's side."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from inspect import isawaitable
from typing import Any, Self

from aiohttp import web

from bot.simulator import control, serving
from bot.simulator.crowd import Crowd
from bot.simulator.errors import ApiError, TooManyRequests
from bot.simulator.faults import Fault, Faults
from bot.simulator.methods import METHODS
from bot.simulator.params import Json, read_params
from bot.simulator.state import BOT_NAME, Call, Person, State
from bot.simulator.webhook import deliver

TOKEN = "123456789:SIMULATED-TOKEN-OF-A-LOCAL-SERVER"  # noqa: S105  nobody's token
MOST_BODY = 60_000_000  # bytes; Telegram takes 50 MB and the rest of the form
UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
LOGGED_OUT = ApiError(400, "Logged out")
LONGEST_STOP = 0.5  # seconds given to open connections


class BotApiServer:
    """A whole Telegram in one process: an async context manager that listens from enter to exit."""

    def __init__(
        self,
        people: Iterable[Person] = (),
        *,
        token: str = TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        words: Mapping[str, str] | None = None,
        bot_name: str = BOT_NAME,
        timezone: str = "Asia/Shanghai",
        clock: Callable[[], float] = time.time,
        numbered_from: int = 0,  # a bot that remembers an earlier server must not meet its numbers again
    ) -> None:
        self.state = State(token, bot_name, clock)
        self.state.last_message += numbered_from
        self.state.updates.last_id += numbered_from
        self.crowd = Crowd(self.state)
        self.words = dict(words or {})
        self.timezone = timezone
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None
        for person in people:
            self.state.add_person(person)

    @property
    def faults(self) -> Faults:
        """Return the switches that make the server behave badly."""
        return self.state.faults

    @property
    def token(self) -> str:
        """Return the token the bot must show."""
        return self.state.token

    @property
    def url(self) -> str:
        """Return the server's address, which is the chat page's too."""
        return f"http://{self._host}:{self._port}"

    @property
    def base_url(self) -> str:
        """Return what python-telegram-bot calls base_url: the token is appended."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """Return what python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    async def start(self) -> None:
        """Listen; a port of 0 becomes the free one that was taken."""
        app = web.Application(client_max_size=MOST_BODY, middlewares=[control.same_origin])
        app.router.add_route("*", "/bot{token}/{method}", self._api)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        control.add_routes(app, self.state, self.crowd)
        serving.add_routes(app, self.state, self.words, self.timezone)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=LONGEST_STOP)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, backlog=1024)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._courier = asyncio.create_task(deliver(self.state))

    async def stop(self) -> None:
        """Stop listening and let go of whoever waits."""
        self.state.updates.interrupt()
        self.state.events.publish("stop")
        if self._courier:
            self._courier.cancel()
            with suppress(asyncio.CancelledError):
                await self._courier
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a bot method."""
        method = request.match_info["method"]
        params: Json = {}
        try:
            params = await read_params(request)
            struck = self.faults.draw(method, params) if self.faults.active else ()
            for fault in struck:
                if not fault.after:
                    await _strike(fault)
            result = await self._run(request.match_info["token"], method, params)
            for fault in struck:
                if fault.after:
                    await _strike(fault)
        except _Cut:
            self._note(method, params, 0)
            return _hang_up(request)
        except ApiError as error:
            self._note(method, params, error.code)
            return _refusal(error)
        self._note(method, params, 200)
        return _success(result)

    async def _run(self, token: str, method: str, params: Json) -> Any:
        """Carry a call out; refuse a foreign token and an unknown method."""
        if token != self.state.token:
            raise UNAUTHORIZED
        if self.state.logged_out:
            raise LOGGED_OUT
        run = METHODS.get(method.lower())
        if run is None:
            raise NOT_FOUND
        result = run(self.state, params)
        return await result if isawaitable(result) else result

    def _note(self, method: str, params: Json, code: int) -> None:
        self.state.calls.append(Call(method, params, code, time.time()))

    async def _download(self, request: web.Request) -> web.Response:
        """Give the bytes of a file."""
        if request.match_info["token"] != self.state.token:
            return _refusal(UNAUTHORIZED)
        file = self.state.files.at(request.match_info["path"])
        if file is None:
            return _refusal(NOT_FOUND)
        return web.Response(body=file.content, content_type="application/octet-stream")


class _Cut(Exception):
    """The connection is to be cut without an answer."""


async def _strike(fault: Fault) -> None:
    """Let a fault do its harm."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "drop":
        raise _Cut
    elif fault.kind == "error":
        raise ApiError(fault.status, "Internal Server Error" if fault.status == 500 else "Bad Gateway")
    elif fault.kind == "flood":
        raise TooManyRequests(fault.retry_after)


def _hang_up(request: web.Request) -> web.Response:
    """Cut the connection; the response returned goes nowhere."""
    if request.transport:
        request.transport.abort()
    return web.Response()


def _success(result: Any) -> web.Response:
    return _json(200, {"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return _json(error.code, body)


def _json(status: int, body: Json) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=status, body=text.encode("utf-8", "surrogatepass"), content_type="application/json")
