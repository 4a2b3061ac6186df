"""Parts the words about several projects named in one breath: each with what it has of its own and what all share."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.names.book import NameBook
from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

SEVERAL = 2
_DAYS = frozenset(("date", "period", "moment"))
_TOLD = frozenset(("money", "stage"))
_SUBJECTS = frozenset(("project", "enterprise"))
_DEALT = frozenset(("money", "days"))  # kinds dealt out in order: 分别到位300万、500万
_OWN = frozenset(("money", "days", "stage", "ratio"))  # kinds of which the shared words give way to its own


class EachProject:
    """Knows where the words about one project end and those about the next begin."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._book = book
        roles = lexicon.roles
        self._marks = frozenset((*roles["list_marks"], *roles["separators"], *roles["brackets"], ":"))
        self._loose = frozenset((*self._marks, *roles["particles"], *roles["listing_words"]))
        self._with = frozenset(roles["with_whom"])
        self._all = frozenset(roles["all_of_them"])
        self._listing = frozenset(roles["listing_words"])
        self._of = frozenset(roles["of_words"])

    def parts(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Return the words of each project with what all share; nothing where fewer than two are listed."""
        starts = self._subjects(tokens)
        if len(starts) < SEVERAL or not all(self._begins(tokens, a, b) for a, b in pairwise(starts)):
            return []
        shared = list(tokens[: starts[0]])
        stretches = [list(tokens[a:b]) for a, b in pairwise([*starts, len(tokens)])]
        return [part for together in self._together(stretches) for part in _dealt(shared, together)]

    def by_days(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """Return the words about each day of one project that has a sum or milestone: 1月到位600万、2月到位850万."""
        days = [index for index, token in enumerate(tokens) if token.entity in _DAYS]
        if len(days) < SEVERAL or not all(tokens[at - 1].text in self._marks for at in days[1:]):
            return []
        stretches = [list(tokens[a:b]) for a, b in pairwise([*days, len(tokens)])]
        told = all(any(token.entity in _TOLD for token in stretch) for stretch in stretches)
        summed = any("cumulative" in token.concepts for stretch in stretches for token in stretch)
        if not told or summed:
            return []
        return [[*tokens[: days[0]], *stretch] for stretch in stretches]

    def days_shared(self, before: Sequence[Token], tokens: Sequence[Token]) -> list[Token]:
        """Return the day said before the project of the command before, where these words name another and no day."""
        starts = self._subjects(before)
        if not starts or not self._subjects(tokens) or any(token.entity in _DAYS for token in tokens):
            return []
        return [t for t in before[: starts[0]] if t.entity in _DAYS and t.spot and not t.spot.deadline]

    def _subjects(self, tokens: Sequence[Token]) -> list[int]:
        """Return where each project is first named, by itself or by its firm."""
        starts: list[int] = []
        known: set[object] = set()
        for index, token in enumerate(tokens):
            rows = self._rows(token) if token.entity in _SUBJECTS else None
            if not rows:
                continue
            if not known & rows and not (starts and self._of_firm(tokens[starts[-1] : index])):
                starts.append(index)
            known |= rows
        return starts

    def _rows(self, token: Token) -> set[object]:
        """Return the projects a word may mean; a name nobody knows is a project by itself."""
        spot = token.spot
        if spot is None:
            return set()
        if token.entity == "project":
            return {ref.id for ref in spot.refs} or {spot.text}
        return {one for ref in spot.refs for one in self._book.backed_by(ref.id)}

    def _of_firm(self, between: Sequence[Token]) -> bool:
        """Tell whether a project right after a firm is that firm's: 佑旭电子的显示模组项目."""
        return between[0].entity == "enterprise" and all(token.text in self._of for token in between[1:])

    def _begins(self, tokens: Sequence[Token], before: int, start: int) -> bool:
        """Tell whether a mark of a list stands before a project; 和 between a project and a firm is none by itself."""
        place = start
        while place and tokens[place - 1].text in self._listing:
            place -= 1
        mark = tokens[place - 1] if place else None
        if mark is None or mark.spot is not None or mark.text not in self._marks:
            return False
        alike = tokens[before].entity == tokens[start].entity
        return alike or mark.text not in self._with or any(token.text in self._all for token in tokens[start:])

    def _together(self, stretches: Sequence[list[Token]]) -> Iterator[list[list[Token]]]:
        """Yield projects that share the words after the last of them."""
        waiting: list[list[Token]] = []
        for stretch in stretches:
            waiting.append(stretch)
            if any(token.text not in self._loose for token in stretch[1:]):
                yield waiting
                waiting = []
        if waiting:
            yield waiting


def _dealt(shared: list[Token], together: Sequence[list[Token]]) -> Iterator[list[Token]]:
    """Yield the words of each of some projects; as many sums or days as projects go one to each."""
    tail = together[-1][1:]
    own = {_kind(token) for token in tail} & _OWN
    kept = [token for token in shared if _kind(token) not in own]
    for place, stretch in enumerate(together):
        yield [*kept, stretch[0], *_of_turn(tail, place, len(together))]


def _of_turn(tail: Sequence[Token], place: int, size: int) -> list[Token]:
    dropped: set[int] = set()
    for kind in _DEALT if size >= SEVERAL else ():
        said = [token.start for token in tail if _kind(token) == kind]
        if len(said) == size:
            dropped |= {*said} - {said[place]}
    return [token for token in tail if token.start not in dropped]


def _kind(token: Token) -> str:
    return "days" if token.entity in _DAYS else token.entity
