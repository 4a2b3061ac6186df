"""Runs a simulator as a process of its own: `python -m bot.simulator < setting.json`; prints its address."""

import asyncio
import json
import sys

from bot.simulator.control import person_of
from bot.simulator.server import BotApiServer


async def main() -> None:
    """Read {people, token?, port?, words?, …} from standard input, print {url, token}, serve until it is ended."""
    setting = json.load(sys.stdin)
    people = [person_of(row) for row in setting.pop("people", [])]
    async with BotApiServer(people, **setting) as server:
        sys.stdout.write(json.dumps({"url": server.url, "token": server.token}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
