"""Whether a clause about a project goes on with what the clauses before it say, or says something of its own."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.parsing.tokens import Token

_ASKING = frozenset(("question", "how_many", "show", "which", "who"))
_WRONG = frozenset(("turn", "remove_it"))  # said of what is put right: 10号不对, 杜局没去
_DAYS = frozenset(("date", "period", "moment"))
_SUBJECTS = frozenset(("{project}", "{enterprise}"))
_DECIDING = frozenset(("issue_supervision", "verify_funds"))
_TOPICS = frozenset(
    ("list_lagging", "query_metric", "query_project", "list_projects", "query_target", "query_ranking", "list_issues")
)
_TOLD = frozenset(("raise_issue", "note_progress", "report_funds"))
_WHEN = frozenset(("{date}", "{period}", "reach"))
_RECORDS = frozenset(("register_lead", "log_visit", "create_project"))
_SIZES = frozenset(("{money}", "{area}", "{industry}"))
_PUT_OFF = frozenset(("stage_denied", "because", "delay", "blocked"))


def opens(before: str, current: AbstractSet[str], intent: str, fresh: AbstractSet[str]) -> bool | None:
    """Tell whether a clause of `intent` opens a command after one of `before`; None where nothing speaks for either."""
    anew = bool(_SUBJECTS & fresh)
    if intent in _DECIDING and before in _TOPICS and _complained(current, fresh):
        return False  # 兴文县到位资金太慢了,督办一下
    if intent == "verify_funds" and before == "report_funds" and not anew:
        return False  # 2月到位3000万,核减到2750万
    taken_in = (intent == "transfer_lead" and before == "register_lead") or _checks(intent, fresh)
    if not anew and (taken_in or _sized(before, intent, fresh)):
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


def _sized(before: str, intent: str, fresh: AbstractSet[str]) -> bool:
    """Tell whether a clause only says how big what was just recorded is: 登记一下线索,几十亿的项目."""
    return intent == "list_projects" and before in _RECORDS and not _ASKING & fresh and bool(_SIZES & fresh)


def _checks(intent: str, fresh: AbstractSet[str]) -> bool:
    """Tell whether a clause asks whether others talk to the firm one is about to meet: 看看会不会撞单."""
    return intent == "query_enterprise" and "conflict" in fresh


def puts_right(current: Sequence[Token], fresh: Sequence[Token]) -> bool:
    """Tell whether a clause says what another that ends in 不对 should be: 10号不对,应该是11号."""
    words = [token for token in current if token.text.isalnum()]
    wrong = bool(words) and (_WRONG & {*words[-1].concepts} or any("mistaken" in token.concepts for token in words))
    if not wrong or any(_WRONG & {*token.concepts} for token in fresh):
        return False
    return _kinds(current) == _kinds(fresh) != set()


def _kinds(tokens: Sequence[Token]) -> set[str]:
    return {"date" if token.entity in _DAYS else token.entity for token in tokens if token.spot}
