"""Carries python-telegram-bot's requests over aiohttp, and says whether a failed one may have arrived."""

import os
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# RetryAfter.retry_after and durations are timedeltas in the library's next version; without this they warn on each use
os.environ.setdefault("PTB_TIMEDELTA", "true")

Seconds = Any  # a number, None for no limit, or the library's DEFAULT_NONE for the backend's own


class NotSent(NetworkError):
    """The request surely did not reach Telegram: it may be sent again."""


class AiohttpRequest(BaseRequest):
    """One pool of connections; every other NetworkError than NotSent may have been carried out by Telegram."""

    __slots__ = ("_connect", "_pool", "_pool_size", "_read", "_session", "_write")

    def __init__(
        self,
        connection_pool_size: int = 64,
        read_timeout: float = 25.0,  # a send cut off earlier is too often a send carried out
        write_timeout: float = 20.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
    ) -> None:
        self._pool_size = connection_pool_size
        self._read, self._write = read_timeout, write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return the seconds an answer may take unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size),
                headers={"User-Agent": self.USER_AGENT},
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        """Close the pool of connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send; raise NotSent, TimedOut or NetworkError."""
        if self._session is None or self._session.closed:
            raise NotSent("the request backend is not initialized")
        timeout = _timeout(
            _chosen(read_timeout, self._read),
            _chosen(write_timeout, self._write),
            _chosen(connect_timeout, self._connect),
            _chosen(pool_timeout, self._pool),
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotSent(_named(error)) from error
        except TimeoutError as error:
            raise TimedOut(_named(error)) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(_named(error)) from error


def _chosen(given: Seconds, default: float) -> float | None:
    """Return the seconds of this call, or the backend's own when it says nothing."""
    return default if given is BaseRequest.DEFAULT_NONE else given


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Return the limits; the total is the backstop for a write that hangs, which aiohttp does not time."""
    reach = None if connect is None or pool is None else connect + pool
    total = None if reach is None or read is None or write is None else reach + write + read
    return aiohttp.ClientTimeout(total=total, connect=reach, sock_connect=connect, sock_read=read)


def _body(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """Return the body and its headers: JSON, or a form with parts when files go along."""
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return request_data.json_payload, {"Content-Type": "application/json"}
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)  # Telegram does not unquote file names
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


def _named(error: Exception) -> str:
    """Return the error with its class, whose own text is often empty."""
    return f"{type(error).__name__}: {error}"
