"""文件: takes a workbook for checking, imports it on confirmation, and says what can be done with other files."""

from typing import Any

from domain import access, uploads
from domain.ledger.faults import Fault, Report
from domain.models import Upload
from domain.unit_of_work import UnitOfWork
from handlers.contract import Attachment, Choice, Reply, Turn, handles

TAKES = ("statistician", "administrator")
SAID = ("photo", "voice", "location", "sticker")
FAULTS_SHOWN = 15


@handles("take_file")
def take_file(turn: Turn, uow: UnitOfWork) -> Reply:
    """Check a workbook and show what it would change, with confirm and cancel; other files get one sentence."""
    attachment = turn.attachment
    assert attachment is not None
    if attachment.kind != "document":
        return Reply(attachment.kind if attachment.kind in SAID else "other", scope="files")
    if not uploads.is_workbook(attachment.name):
        return Reply("not_a_workbook", {"name": attachment.name or ""}, scope="files")
    access.require_role(uow, TAKES)
    return _checked(attachment, uow)


@handles("confirm")
def confirm(turn: Turn, uow: UnitOfWork) -> Reply:
    """Import the workbook that waits for it; without one say that nothing waits."""
    upload = _meant(turn, uow)
    if upload is None:
        return Reply("nothing_waits", scope="files")
    access.require_role(uow, TAKES)
    if "seen" in turn.slots:
        uploads.require_unchanged(upload, turn.slots["seen"])
    report = uploads.take(uow, upload)
    key = "refused" if report.refused else "imported"
    return Reply(key, said(upload.name, report, uow), scope="files", edits=turn.pressed)


@handles("cancel", "deny")
def cancel(turn: Turn, uow: UnitOfWork) -> Reply:
    """Drop the workbook that waits, or the open question."""
    upload = _meant(turn, uow)
    if upload is None:
        return Reply("cancelled", scope="files")
    uploads.drop(uow, upload)
    return Reply("dropped", {"name": upload.name}, scope="files", edits=turn.pressed)


def _meant(turn: Turn, uow: UnitOfWork) -> Upload | None:
    """Return the workbook of the button that was pressed, else the one checked just now."""
    return uploads.waiting(uow, turn.slots["upload"]) if "upload" in turn.slots else uploads.fresh(uow)


def _checked(attachment: Attachment, uow: UnitOfWork) -> Reply:
    name = attachment.name or ""
    if attachment.path is None:
        return Reply("not_fetched", {"name": name}, scope="files")
    report = uploads.check(uow, attachment.path)
    values = said(name, report, uow)
    if report.refused:
        return Reply("refused", values, scope="files")
    counts = report.total()
    if not counts.taken and not counts.changed:
        return Reply("nothing_new", values, scope="files")
    slots = {
        "upload": uploads.keep(uow, name, attachment.path).id,
        "seen": uploads.fingerprint(attachment.path),
    }
    buttons = [
        Choice("confirm_import", {"intent": "confirm", "slots": slots, "entry_id": None}),
        Choice("cancel", {"intent": "cancel", "slots": slots, "entry_id": None}),
    ]
    return Reply("checked", values, buttons=[buttons], scope="files")


def said(name: str, report: Report, uow: UnitOfWork) -> dict[str, Any]:
    """Return an import's report as plain values, its faults cut to what a chat message holds."""
    titles = {spec.code: spec.title for spec in uow.words.sheets}
    return {
        "name": name,
        "sheets": [
            {"title": titles[code], "taken": one.taken, "changed": one.changed, "unchanged": one.unchanged}
            for code, one in report.counts.items()
        ],
        "count": len(report.faults),
        "faults": [fault_values(fault) for fault in report.faults[:FAULTS_SHOWN]],
        "notes": [fault_values(note) for note in report.notes[:FAULTS_SHOWN]],
    }


def fault_values(fault: Fault) -> dict[str, Any]:
    """Return a fault as plain values for its words."""
    place = {"file": fault.file, "sheet": fault.sheet, "row": fault.row, "column": fault.column}
    return {"reason": fault.reason, **place, "values": dict(fault.values)}
