"""Whether a clause of its own intent is another command, or part of the one before, whatever either takes in."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.parsing.lexicon import Lexicon
from bot.parsing.onward import differ
from bot.parsing.tokens import Token

_PUSHES = frozenset(("subscribe", "unsubscribe"))
_CORRECTING = {"amend", "undo"}
_ASKING = frozenset(("question", "how_many", "show", "which", "who", "ne"))
_FIGURES = frozenset(("{metric}", "arrive"))
_DAYS = frozenset(("{date}", "{moment}", "{period}"))  # 刚才 is one
_ONE = frozenset(("{project}", "{enterprise}", "it", "it_project", "it_firm"))
_NAMED = frozenset(("{project}", "{enterprise}"))
_OF_MANY = frozenset(
    ("list_issues", "list_projects", "list_lagging", "query_metric", "query_target", "query_ranking", "list_visits")
)
_OF_LEAD = frozenset(("register", "record_word", "lead_came", "{money}", "{area}", "{industry}"))
_SUBJECTS = frozenset(("{enterprise}", "{project}", "it", "it_firm"))

Said = tuple[str, Sequence[Token], AbstractSet[str]]  # the intent, the words and their features


def another(before: Said, fresh: Said, lexicon: Lexicon) -> bool | None:
    """Tell whether a clause opens a command after another; None where nothing here speaks for either."""
    if {before[0], fresh[0]} <= _PUSHES:
        return True if differ("push_kind", before[1], fresh[1], lexicon) else None
    if (before[0], fresh[0]) == ("complete_task", "list_tasks"):
        return True  # 第一条办完了,剩下的列一下
    if {before[0], fresh[0]} == _CORRECTING:
        return None if _valued(before if before[0] == "amend" else fresh) else False
    if _makes_another(before, fresh, lexicon) or _hands_on(before, fresh) or _named_after(before, fresh):
        return True
    return True if _asks_of_one(before, fresh) or _lights_then_issues(before, fresh) else None


def _valued(amends: Said) -> bool:
    """Tell whether words that correct say with what: 金额错了,是3亿, not 发错了."""
    return any(feature.startswith("{") and feature not in _DAYS for feature in amends[2])


def _asks_of_one(before: Said, fresh: Said) -> bool:
    """Tell whether one project is asked about after many, or the obstacles of a unit after one."""
    if not (_ASKING & before[2] and _ASKING & fresh[2]):
        return False
    if before[0] in _OF_MANY:
        return bool(_NAMED & fresh[2]) and not _ONE & before[2] and "{unit}" not in fresh[2]
    return before[0] == "query_project" and fresh[0] == "list_issues" and "{unit}" in fresh[2] and not _ONE & fresh[2]


def _named_after(before: Said, fresh: Said) -> bool:
    """Tell whether a figure is asked for by name after what was counted or told: 投产几个?签约金额多少."""
    if fresh[0] != "query_metric" or not (_FIGURES & fresh[2] and _ASKING & fresh[2]):
        return False
    counted = before[0] == "query_metric" and "counted" in before[2] and not _FIGURES & before[2]
    return counted or (before[0] == "report_activity" and "how_many" in fresh[2])


def _makes_another(before: Said, fresh: Said, lexicon: Lexicon) -> bool:
    """Tell whether another document is wanted: 台账导一份,顺便把排名也出了."""
    wanted = before[0] == "generate_report" and "kind" in fresh[2] and bool({"make", "show"} & fresh[2])
    return wanted and differ("report_kind", before[1], fresh[1], lexicon)


def _lights_then_issues(before: Said, fresh: Said) -> bool:
    """Tell whether obstacles are asked about after lights: 哪些项目亮红灯?哪些问题没解决."""
    both = (before[0], fresh[0]) == ("list_lagging", "list_issues")
    return both and {"problem", "open_issue"} <= fresh[2] and bool({"which", "how_many"} & fresh[2])


def _hands_on(before: Said, fresh: Said) -> bool:
    """Tell whether the lead that is told of is then handed to a unit: 登记线索:铭诚想投1亿,转给高县."""
    if (before[0], fresh[0]) == ("log_visit", "transfer_lead") and {"lead_word", "{unit}"} <= fresh[2]:
        return True
    told = before[0] == "register_lead" and fresh[0] == "transfer_lead" and _SUBJECTS & before[2]
    return bool(told and _OF_LEAD & before[2]) and "{unit}" in fresh[2] and not _NAMED & fresh[2]
