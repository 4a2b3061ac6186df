"""Posts updates to the bot's webhook, one after the other, until each is taken."""

import asyncio
from contextlib import suppress

import aiohttp

from bot.simulator.params import Json
from bot.simulator.state import State

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name, no secret
PATIENCE = aiohttp.ClientTimeout(total=60)


async def deliver(state: State) -> None:
    """Post whatever is pending whenever a webhook is set; run until cancelled."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        while True:
            await state.updates.webhook_set.wait()
            await _deliver_one(state, session)


async def _deliver_one(state: State, session: aiohttp.ClientSession) -> None:
    """Post the oldest update until the bot takes it or the webhook is gone."""
    if not len(state.updates):
        with suppress(Exception):  # an interruption only means that the webhook changed
            await state.updates.wait(None)
        return
    update, pause = state.updates.first(1)[0], FIRST_PAUSE
    while state.updates.webhook_url:
        if await _post(state, session, update):
            state.updates.acknowledge(update["update_id"] + 1)
            return
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _post(state: State, session: aiohttp.ClientSession, update: Json) -> bool:
    """Post one update; remember what went wrong."""
    webhook = state.webhook
    headers = {SECRET_HEADER: webhook["secret"]} if webhook.get("secret") else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as response:
            if response.ok:
                return True
            problem = f"Wrong response from the webhook: {response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        problem = f"Connection failed: {type(error).__name__}"
    webhook["last_error_date"], webhook["last_error_message"] = int(state.clock()), problem
    return False
