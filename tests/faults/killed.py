"""A bot to be killed: python -m tests.faults.killed DATABASE SERVER FOLDER."""

import asyncio
import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.catalog import load_catalog
from bot.simulator.server import TOKEN
from domain import outbox
from domain.database import open_engine
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests.factories import NoNames
from tests.faults.rig import Rig


@dataclass(frozen=True, slots=True)
class Address:
    """Where the local Telegram of another process is."""

    url: str
    token: str = TOKEN

    @property
    def base_url(self) -> str:
        """Return the address of its methods."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """Return the address of its files."""
        return f"{self.url}/file/bot"


async def main(database: str, url: str, folder: str) -> None:
    """Run until killed."""
    outbox.LEASE = dt.timedelta(seconds=2)
    ledger = Ledger(open_engine(database), load_catalog().sheet_words(), NoNames(), default_rules())
    async with Rig(ledger, Address(url), Path(folder)):
        print("ready", flush=True)  # noqa: T201 - the test waits for it
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
