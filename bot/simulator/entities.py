"""Finds commands in what people write and marks in what the bot formats; offsets count UTF-16 units."""

import re
from html.parser import HTMLParser
from typing import Any

from bot.simulator.errors import BadRequest
from bot.simulator.params import Json, structure

COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])", re.ASCII)
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}


def units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def commands(text: str) -> list[Json]:
    """Return the bot commands of a text as entities."""
    if "/" not in text:
        return []
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": len(found.group())}
        for found in COMMAND.finditer(text)
    ]


def formatted(params: Json, name: str, limit: int, too_long: str) -> tuple[str, list[Json]]:
    """Return a text without its markup and its entities; refuse one over the limit."""
    text = str(params.get(name) or "").strip()
    mode = str(params.get("parse_mode") or "").lower()
    prefix = "caption_" if name == "caption" else ""
    entities: list[Json] = structure(params, f"{prefix}entities") or []
    if mode == "html":
        text, entities = parse_html(text)
    elif mode:
        raise BadRequest("unsupported parse_mode")
    if len(text) > limit:
        raise BadRequest(too_long)
    return text, entities


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and the entities of Telegram's HTML."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    if reader.open:
        raise BadRequest(f"can't parse entities: Can't find end tag corresponding to start tag {reader.open[-1][0]}")
    return reader.text.rstrip(), sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))


class _Reader(HTMLParser):
    """Collects text and entities; refuses tags Telegram does not know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, int, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise BadRequest(f'can\'t parse entities: Unsupported start tag "{tag}"')
        extra: Json = {"url": dict(attrs).get("href") or ""} if tag == "a" else {}
        self.open.append((tag, units(self.text), {"type": TAGS[tag], **extra}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadRequest(f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, start, entity = self.open.pop()
        length = units(self.text) - start
        if length:
            self.entities.append({**entity, "offset": start, "length": length})

    def handle_data(self, data: str) -> None:
        self.text += data


def as_fields(text: str, entities: list[Json], name: str = "text") -> dict[str, Any]:
    """Return the message fields of a formatted text."""
    if not text:
        return {}
    prefix = "caption_" if name == "caption" else ""
    return {name: text, f"{prefix}entities": entities} if entities else {name: text}
