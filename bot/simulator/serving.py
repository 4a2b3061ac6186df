"""Serves the chat page and what it must know before it draws."""

import json
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.simulator.methods import menu
from bot.simulator.state import State, person_row

FOLDER = Path(__file__).parent / "page"
FRESH = {"Cache-Control": "no-cache"}
POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; connect-src 'self' ws: wss:"


def add_routes(app: web.Application, state: State, words: Mapping[str, str], timezone: str) -> None:
    """Put the page, its files and its setting into the application."""

    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / "index.html", headers={**FRESH, "Content-Security-Policy": POLICY})

    async def setting(_: web.Request) -> web.Response:
        shown = {
            "bot": state.bot,
            "words": dict(words),
            "people": [person_row(person) for person in state.people.values()],
            "commands": menu(state),
            "timezone": timezone,
        }
        return web.Response(body=json.dumps(shown, ensure_ascii=False).encode(), content_type="application/json")

    app.router.add_get("/", index)
    app.router.add_get("/page/setting.json", setting)
    app.router.add_static("/page/", FOLDER)
