"""Workbooks that people sent: checked at once, taken into the ledger when confirmed."""

import datetime as dt
import hashlib
from pathlib import Path

from sqlalchemy import select

from domain import access
from domain.errors import Conflict, NotFound
from domain.ledger.faults import Report
from domain.ledger.importing import import_tables
from domain.ledger.reading import read_files
from domain.models import Upload
from domain.unit_of_work import UnitOfWork

SUFFIXES = (".xlsx", ".xlsm", ".csv")
FRESH = dt.timedelta(hours=1)  # how long a mere "yes" means the workbook; its button means it always


def is_workbook(name: str | None) -> bool:
    """Tell whether a file may be a workbook, by its name."""
    return Path(name or "").suffix.lower() in (*SUFFIXES, ".xls")


def check(uow: UnitOfWork, path: Path) -> Report:
    """Say what importing a file would change; nothing is written."""
    report = Report()
    tables = read_files([path], uow.words, report)
    return import_tables(uow, tables, report=report, dry_run=True)


def keep(uow: UnitOfWork, name: str, path: Path) -> Upload:
    """Keep a checked workbook until it is confirmed; one that waited before is dropped."""
    earlier = waiting(uow)
    if earlier is not None:
        earlier.state = "cancelled"
    upload = Upload(person_id=access.actor(uow).id, name=name, path=str(path), at=uow.now, state="waiting")
    uow.session.add(upload)
    uow.session.flush()
    return upload


def waiting(uow: UnitOfWork, upload_id: int | None = None) -> Upload | None:
    """Return the actor's workbook that waits; with an id that one, or raise Conflict when it no longer waits."""
    query = select(Upload).where(Upload.person_id == access.actor(uow).id, Upload.state == "waiting")
    found = uow.session.scalars(query.order_by(Upload.id.desc()).limit(1)).first()
    if upload_id is not None and (found is None or found.id != upload_id):
        raise Conflict("upload_settled")
    return found


def fresh(uow: UnitOfWork) -> Upload | None:
    """Return the actor's workbook that was checked just now and waits."""
    found = waiting(uow)
    return found if found is not None and uow.now - found.at <= FRESH else None


def fingerprint(path: Path) -> str:
    """Return what tells a file's content from any other."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def require_unchanged(upload: Upload, seen: str) -> None:
    """Raise Conflict when the file is no longer the one that was checked."""
    path = Path(upload.path)
    if path.is_file() and fingerprint(path) != seen:
        raise Conflict("upload_changed", name=upload.name)


def take(uow: UnitOfWork, upload: Upload) -> Report:
    """Import a workbook that waited; with any fault nothing is written and it waits no longer."""
    path = Path(upload.path)
    if not path.is_file():
        raise NotFound("upload_gone", name=upload.name)
    upload.state = "taken"
    report = Report()
    tables = read_files([path], uow.words, report)
    return import_tables(uow, tables, source=f"import:{upload.name}", report=report)


def drop(uow: UnitOfWork, upload: Upload) -> None:
    """Let a workbook wait no longer."""
    upload.state = "cancelled"
