"""Parts the words about several firms met together where each has details of its own."""

from collections.abc import Sequence
from itertools import pairwise

from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

SEVERAL = 2
_DETAILS = frozenset(("money", "area"))
_TIMES = frozenset(("date", "period", "moment"))
_OWN = frozenset(("industry", "date", "period", "moment"))


class Apart:
    """Knows the words that tell one firm from the other: 一家, 另一家."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._in_turn: Sequence[Sequence[str]] = lexicon.roles["in_turn"]
        self._marks = frozenset((*lexicon.roles["list_marks"], *lexicon.roles["separators"]))
        self._all = frozenset(lexicon.roles["all_of_them"])
        self._people = tuple(lexicon.roles["people_units"])
        self._ones, self._each_own = frozenset(lexicon.roles["in_ones"]), frozenset(lexicon.roles["each_own"])
        self._loose, self._persons = tuple(lexicon.roles["counted_units"]), frozenset(lexicon.roles["people_words"])

    def parts(self, clauses: Sequence[Sequence[Token]]) -> list[list[Token]]:
        """Return the words of each firm with what all share; nothing where they have no details of their own."""
        listed = self._listed([token for clause in clauses for token in clause])
        if listed:
            return listed
        opening = self._opening(clauses)
        shared = [token for clause in clauses[:opening] for token in clause]
        firms, owned = list(dict.fromkeys(_named(shared))), dict[str, list[Token]]()
        owner = self._last_alone(clauses[:opening], clauses[opening:])
        for clause in clauses[opening:]:
            owner = self._owner(clause, firms) or owner
            (owned.setdefault(owner, []) if owner else shared).extend(clause)
        told = len(owned) >= SEVERAL or any(map(self._detailed, owned.values()))
        if len(firms) < SEVERAL or not told:
            return []
        return [[*_without_others(shared, firm), *_without_short(owned.get(firm, []), firm)] for firm in firms]

    def by_people(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Return the words of each of some who went their own ways: 兵分两路,张局去铭诚,李局去华锐."""
        stops = (*self._marks, ":")
        people = [at for at, one in enumerate(tokens) if one.entity == "person" or "me" in one.concepts]
        if all(tokens[at].entity != "person" for at in people):
            return []
        starts = [at for at in people if not at or tokens[at - 1].text in stops or tokens[at - 1].entity in _TIMES]
        stretches: list[list[Token]] = []
        for start, end in pairwise([*starts, len(tokens)]):
            if stretches and not _named(stretches[-1]):
                stretches[-1] += tokens[start:end]
            else:
                stretches.append([*tokens[start:end]])
        firms = [name for stretch in stretches for name in set(_named(stretch))]
        apart = all(map(_named, stretches)) and len(set(firms)) == len(firms)
        if len(stretches) < SEVERAL or not apart or _named(tokens[: starts[0]]):
            return []
        return [[*tokens[: starts[0]], *stretch] for stretch in stretches]

    def one_by_one(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Return the words of each of some counted one by one: 打了两个电话:一个给铭诚,约了周五;一个给华锐."""
        stops = (*self._marks, ":")
        starts = [at for at, one in enumerate(tokens) if one.text in self._ones and tokens[at - 1].text in stops and at]
        stretches = [[*tokens[a:b]] for a, b in pairwise([*starts, len(tokens)])]
        firms = [set(_named(stretch)) for stretch in stretches]
        alone = all(len(one) == 1 for one in firms) and len(set().union(*firms)) == len(firms) >= SEVERAL
        if not alone or _named(tokens[: starts[0]]):
            return []
        return [[*tokens[: starts[0]], *stretch[1:]] for stretch in stretches]

    def in_order(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Return the words of each of as many firms as days, named in one order: 10号和15号分别去了铭诚、华锐."""
        firms = [one for one in tokens if _firm(one)]
        days = [one for one in tokens if one.entity in _TIMES]
        own = any(one.text in self._each_own for one in tokens)
        if not own or not SEVERAL <= len(firms) == len(days) or days[-1].start > firms[0].start:
            return []
        places = [one for one in tokens if one.entity == "place"]
        kinds = [firms, days, *([places] if len(places) == len(firms) else [])]
        dealt = {one.start for kind in kinds for one in kind}
        mine = [{kind[place].start for kind in kinds} for place in range(len(firms))]
        return [[one for one in tokens if one.start not in dealt or one.start in starts] for starts in mine]

    def _opening(self, clauses: Sequence[Sequence[Token]]) -> int:
        """Return how many clauses name the firms before anything is said of one of them."""
        known: list[str] = []
        for number, clause in enumerate(clauses):
            named = _named(clause)
            if known and (not named or all(_meant(name, known) for name in named)):
                return number
            known += named
        return len(clauses)

    def _last_alone(self, opening: Sequence[Sequence[Token]], later: Sequence[Sequence[Token]]) -> str:
        """Return the firm that what follows is about: the last of those told of one by one."""
        named = [names for clause in opening if (names := _named(clause))]
        together = any(token.text in self._all for clause in later for token in clause)
        alone = len(named) >= SEVERAL and len(named[-1]) == 1 and named[-1] != named[-2] and not together
        return named[-1][0] if alone and _timed(opening) else ""

    def _detailed(self, tokens: Sequence[Token]) -> bool:
        return any(token.entity in _OWN or self._tells(token) for token in tokens)

    def _listed(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Part a list whose every firm is followed by its own detail: 比亚迪5人和华为3人."""
        starts = [index for index, token in enumerate(tokens) if token.spot and _firm(token)]
        stretches = [list(tokens[a:b]) for a, b in pairwise([*starts, len(tokens)])]
        apart = len(set(_named(tokens))) == len(starts) >= SEVERAL and all(
            tokens[start - 1].text in self._marks for start in starts[1:]
        )
        told = [self._told(stretch) for stretch in stretches]
        if not apart or not (all(told) or (any(told) and self._counted(tokens[: starts[0]], stretches))):
            return []
        return [[*tokens[: starts[0]], *stretch] for stretch in stretches]

    def _counted(self, opening: Sequence[Token], stretches: Sequence[Sequence[Token]]) -> bool:
        """Tell whether the firms are counted first, and of each something is said: 接待了两家,铭诚5人,华锐没谈拢."""
        said = [one.spot.value for one in opening if one.spot and one.entity == "count"]
        own = all(sum(one.text not in self._marks for one in stretch) >= SEVERAL for stretch in stretches)
        return len(stretches) in said and own and all(one.text not in self._all for one in stretches[-1])

    def _told(self, stretch: Sequence[Token]) -> bool:
        """Tell whether a firm is followed by a detail of its own: 5人, 3个|人."""
        people = (
            one.entity == "count" and one.text.endswith(self._loose) and two.text in self._persons
            for one, two in pairwise(stretch)
        )
        return any(map(self._tells, stretch)) or any(people)

    def _tells(self, token: Token) -> bool:
        """Tell whether a word is a detail of the firm before it: 5人, 3亿, 200亩."""
        counted = token.entity == "count" and token.text.endswith(self._people)
        return counted or token.entity in _DETAILS

    def _owner(self, clause: Sequence[Token], firms: Sequence[str]) -> str:
        """Return the firm a clause opens with, by name or as 一家, 另一家."""
        named = _named(clause)
        if len(named) == 1 and _meant(named[0], firms):
            return _meant(named[0], firms)
        words = "".join(token.text for token in clause)
        place = next((n for n, heads in enumerate(self._in_turn) if words.startswith(tuple(heads))), -1)
        return firms[place] if 0 <= place < len(firms) == len(self._in_turn) else ""


def _timed(clauses: Sequence[Sequence[Token]]) -> bool:
    """Tell whether each firm comes with a time of its own: 上午走访了铭诚,下午走访了凌升."""
    return all(any(token.entity in _TIMES for token in clause) for clause in clauses if _named(clause))


def _firm(token: Token) -> bool:
    return token.entity == "enterprise"


def _named(tokens: Sequence[Token]) -> list[str]:
    return [str(token.spot.value) for token in tokens if token.spot and _firm(token)]


def _meant(name: str, firms: Sequence[str]) -> str:
    """Return the firm that a name or the shorter form of one means: 恒立 of 江苏恒立液压."""
    fitting = [firm for firm in firms if firm == name] or [firm for firm in firms if name in firm]
    return fitting[0] if len(fitting) == 1 else ""


def _without_short(tokens: Sequence[Token], firm: str) -> list[Token]:
    return [token for token in tokens if not (token.spot and _firm(token)) or str(token.spot.value) == firm]


def _without_others(tokens: Sequence[Token], firm: str) -> list[Token]:
    return [token for token in tokens if token.spot is None or not _firm(token) or str(token.spot.value) == firm]
