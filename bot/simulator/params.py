"""Reads the parameters of a Bot API call from a query, a JSON body or a form, and gives them their types."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import hdrs, web

from bot.simulator.errors import BadRequest

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    kind: str  # media type
    content: bytes


async def read_params(request: web.Request) -> Json:
    """Return the parameters of the call, however they were sent."""
    params: Json = dict(request.query) if request.query_string else {}
    if request.method != hdrs.METH_POST or not request.body_exists:
        return params
    kind = request.headers.get(hdrs.CONTENT_TYPE, "")
    if kind.startswith("application/json"):
        params.update(_json_object(await request.read()))
    elif kind.startswith("multipart/"):
        await _read_parts(request, params)
    else:
        params.update((name, value) for name, value in (await request.post()).items() if isinstance(value, str))
    return params


def _json_object(body: bytes) -> Json:
    """Return the object in the body; refuse anything else."""
    try:
        value = json.loads(body) if body else {}
    except ValueError:
        raise BadRequest("can't parse request JSON object") from None
    if not isinstance(value, dict):
        raise BadRequest("can't parse request JSON object")
    return value


async def _read_parts(request: web.Request, params: Json) -> None:
    """Add the parts of a multipart form to the parameters, files as uploads."""
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            params[name] = value


def integer(params: Json, name: str, default: int | None = None) -> int:
    """Return a whole number; refuse a missing one that has no default."""
    value = params.get(name, default)
    try:
        return int(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadRequest(f"parameter {name} must be a number") from None


def truth(params: Json, name: str) -> bool:
    """Return a yes or no, which forms send as a word."""
    return str(params.get(name, "")).lower() in {"true", "1", "yes"}


def structure(params: Json, name: str) -> Any:
    """Return an object or list, which forms send as JSON text; None when absent."""
    value = params.get(name)
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise BadRequest(f"can't parse {name.replace('_', ' ')} JSON object") from None
