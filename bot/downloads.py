"""Fetches the documents people send into a folder, before the update that brought them is applied."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from telegram import Document, Update
from telegram.error import BadRequest

from bot.executor import DatabaseExecutor
from domain.models import Account
from domain.unit_of_work import Ledger

log = logging.getLogger(__name__)
MOST_BYTES = 20_000_000  # Telegram lets a bot fetch no more


class Downloads:
    """A folder of files by Telegram's unique id; a stranger's file is not fetched, nor one too big."""

    def __init__(
        self, folder: Path, ledger: Ledger, executor: DatabaseExecutor, clock: Callable[[], dt.datetime]
    ) -> None:
        self._folder, self._ledger, self._executor, self._clock = folder, ledger, executor, clock

    async def fetch(self, update: Update) -> Mapping[str, Path]:
        """Return where the document of an update lies, by its unique id; raise what may pass, to be tried again."""
        message = update.effective_message
        document = message.document if message else None
        if document is None or update.callback_query or update.effective_user is None:
            return {}
        if (document.file_size or 0) > MOST_BYTES:
            return {}
        if not await self._executor.run(self._is_bound, update.effective_user.id):
            return {}
        path = await self._stored(document)
        return {document.file_unique_id: path} if path else {}

    async def _stored(self, document: Document) -> Path | None:
        suffix = Path(document.file_name or "").suffix[:10]
        path = self._folder / f"{document.file_unique_id}{suffix}"
        if path.exists():
            return path
        try:
            file = await document.get_file()
        except BadRequest as refused:
            log.warning("document %s cannot be fetched: %s", document.file_unique_id, refused)
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        await file.download_to_drive(partial)
        partial.replace(path)  # a half file never has the name
        return path

    def _is_bound(self, telegram_id: int) -> bool:
        with self._ledger.read(self._clock()) as uow:
            return uow.session.get(Account, telegram_id) is not None
