"""Whether a clause asks the same of another unit, time, person, kind or side: 高县到位多少,去年呢."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import NAMING
from bot.parsing.tokens import Token

CARRYING = frozenset(("query_metric", "query_target", "query_ranking"))
LISTING = frozenset(("list_issues", "list_projects", "list_lagging", "list_visits"))
CODES = {
    "list_issues": "category",
    "list_projects": "list",
    "generate_report": "report_kind",
    "list_lagging": "light",
    "query_enterprise": "enterprise_aspect",
}
ASKS = frozenset(("ne", "how_many", "ordinal_asked", "question", "which", "who"))
WANTS = ASKS | {"show", "make", "list_word"}
_OF = frozenset(("unit", "period", "date", "person"))
_OWN = frozenset(("{metric}", "visit", "receive", "{stage}", "{enterprise}", "{project}"))

Said = tuple[Sequence[Token], AbstractSet[str]]  # the words of a part and their features


def asks_on(intent: str, current: Said, fresh: Said) -> bool:
    """Tell whether a clause only puts another unit, time or person in a question already asked."""
    wanted = WANTS if intent in LISTING else ASKS
    if intent not in CARRYING | LISTING or _OWN & fresh[1] or not (wanted & current[1] and wanted & fresh[1]):
        return False
    return bool(_named(fresh[0]) - _named(current[0]))


def asks_another(intent: str, current: Said, fresh: Said, lexicon: Lexicon) -> bool:
    """Tell whether a clause asks for another kind, light or side of the same."""
    slot = CODES.get(intent)
    if slot is None or not (WANTS & current[1] and WANTS & fresh[1]):
        return False
    return differ(slot, current[0], fresh[0], lexicon)


def differ(slot: str, current: Sequence[Token], fresh: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether words say a code of a slot other than that said before."""
    before, now = (lexicon.first_code(slot, _plain(tokens)) for tokens in (current, fresh))
    return None not in (before, now) and before != now


def _named(tokens: Sequence[Token]) -> set[str]:
    return {f"{token.entity}:{token.spot.value}" for token in tokens if token.spot and token.entity in _OF}


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(" " if token.entity in NAMING else token.text for token in tokens)
