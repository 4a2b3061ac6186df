"""Keeps uploaded files in memory and gives them Telegram's identifiers and paths."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.simulator.errors import BadRequest
from bot.simulator.params import Json, Upload

MOST_PHOTO = 10_000_000
MOST_UPLOAD = 50_000_000
MOST_DOWNLOAD = 20_000_000


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the simulated servers of Telegram."""

    id: str
    unique_id: str
    path: str  # below /file/bot<TOKEN>/
    name: str
    kind: str
    content: bytes

    def card(self) -> Json:
        """Return the fields all kinds of files share."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileStore:
    """All files sent either way, found by identifier or by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, folder: str, upload: Upload) -> StoredFile:
        """Keep a file and return it; refuse an empty or an oversized one."""
        if not upload.content:
            raise BadRequest("file must be non-empty")
        if len(upload.content) > (MOST_PHOTO if folder == "photos" else MOST_UPLOAD):
            raise BadRequest("file is too big")
        number = len(self._by_id)
        name = PurePosixPath(upload.name or "file").name
        guess = mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = StoredFile(
            id=f"SimulatedFile{number:08d}",
            unique_id=hashlib.sha256(upload.content).hexdigest()[:16],
            path=f"{folder}/file_{number}{PurePosixPath(name).suffix}",
            name=name,
            kind=upload.kind if upload.kind not in {"", "application/octet-stream"} else guess,
            content=upload.content,
        )
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Return a file by its identifier; refuse an unknown one."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise BadRequest("wrong file_id or the file is temporarily unavailable") from None

    def at(self, path: str) -> StoredFile | None:
        """Return the file at a download path."""
        return self._by_path.get(path)


def photo_sizes(file: StoredFile) -> list[Json]:
    """Return the sizes of a photo; refuse what is no picture."""
    width, height = image_size(file.content)
    return [{**file.card(), "width": width, "height": height}]


def document_card(file: StoredFile) -> Json:
    """Return a file as a document."""
    return {**file.card(), "file_name": file.name, "mime_type": file.kind}


def image_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, JPEG, GIF or WebP picture."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 1, 1  # shown at its own size by the page; nothing reads the numbers
    raise BadRequest("IMAGE_PROCESS_FAILED")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Return the size written in the frame header of a JPEG."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise BadRequest("IMAGE_PROCESS_FAILED")
