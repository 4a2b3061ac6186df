"""Cuts a text into pieces Telegram takes, at the ends of lines."""

MOST_TEXT = 4096  # UTF-16 units
MOST_CAPTION = 1024


def units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, most: int = MOST_TEXT) -> list[str]:
    """Return pieces of at most so many units, whole lines where a line fits; nothing for an empty text."""
    if units(text) <= most:
        return [text] if text.strip() else []
    pieces, current, length = list[str](), list[str](), 0
    for line in (part for whole in text.split("\n") for part in _cut(whole, most)):
        size = units(line) + 1
        if current and length + size > most + 1:
            pieces.append("\n".join(current))
            current, length = [], 0
        current.append(line)
        length += size
    pieces.append("\n".join(current))
    return [piece for piece in pieces if piece.strip()]


def _cut(line: str, most: int) -> list[str]:
    """Cut a line that is too long itself."""
    pieces = []
    while units(line) > most:
        end = most // 2 if units(line[:most]) > most else most
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]
