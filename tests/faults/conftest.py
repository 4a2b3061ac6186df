"""A local Telegram and a running bot for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.server import BotApiServer
from bot.simulator.state import Person
from domain import outbox
from domain.unit_of_work import Ledger
from tests.faults.rig import Rig

NAMES = {101: "甲", 102: "乙", 103: "丙"}


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BACK_OFF_SECONDS", (0.1, 0.2, 0.4, 1, 2))


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    """Yield a listening Bot API server with three people."""
    async with BotApiServer([Person(number, name) for number, name in NAMES.items()]) as server:
        yield server


@pytest.fixture
async def rig(ledger: Ledger, telegram: BotApiServer, tmp_path: Path) -> AsyncIterator[Rig]:
    """Yield a running bot."""
    async with Rig(ledger, telegram, tmp_path / "files") as running:
        yield running
