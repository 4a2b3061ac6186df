"""Whether a clause about a project goes on with what the clauses before it say, or says something of its own."""

from collections.abc import Set as AbstractSet

_ASKING = frozenset(("question", "how_many", "show", "which", "who"))
_SUBJECTS = frozenset(("{project}", "{enterprise}"))
_DECIDING = frozenset(("issue_supervision", "verify_funds"))
_TOPICS = frozenset(
    ("list_lagging", "query_metric", "query_project", "list_projects", "query_target", "query_ranking", "list_issues")
)
_TOLD = frozenset(("raise_issue", "note_progress", "report_funds"))
_WHEN = frozenset(("{date}", "{period}", "reach"))
_PUT_OFF = frozenset(("stage_denied", "because", "delay", "blocked"))


def opens(before: str, current: AbstractSet[str], intent: str, fresh: AbstractSet[str]) -> bool | None:
    """Tell whether a clause of `intent` opens a command after one of `before`; None where nothing speaks for either."""
    anew = bool(_SUBJECTS & fresh)
    if intent in _DECIDING and before in _TOPICS and _complained(current, fresh):
        return False  # 兴文县到位资金太慢了,督办一下
    if intent == "verify_funds" and before == "report_funds" and not anew:
        return False  # 2月到位3000万,核减到2750万
    if not anew and ((intent == "transfer_lead" and before == "register_lead") or _checks(intent, fresh)):
        return False
    if intent == "report_milestone" and before in _TOLD and "{stage}" in fresh:
        told = _WHEN & fresh and not _PUT_OFF & fresh and (anew or "stage_denied" not in current)
        return True if told else None
    if intent == "note_progress" and before == "report_funds" and {"progress_note", "{ratio}"} <= fresh:
        return True
    return None


def _complained(current: AbstractSet[str], fresh: AbstractSet[str]) -> bool:
    """Tell whether the words before an order ask nothing that wants an answer: 沐凯电子怎么还趴着?列入督办."""
    return not _ASKING & (current | fresh) or ("complains" in current and not _SUBJECTS & fresh)


def _checks(intent: str, fresh: AbstractSet[str]) -> bool:
    """Tell whether a clause asks whether others talk to the firm one is about to meet: 看看会不会撞单."""
    return intent == "query_enterprise" and "conflict" in fresh
