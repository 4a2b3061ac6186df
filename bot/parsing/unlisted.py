"""Firms and projects the index did not find: their extent by the words around them, their link by slips only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.names.book import NameBook, sure
from bot.names.index import Ref
from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

_BUILDING = frozenset(("industry", "place", "enterprise"))
_INTRODUCING = frozenset(("visit", "receive", "visit_plan"))
_JOINING = frozenset(("with", "call", "talk", "go", "let", "transfer"))
_MEETING = frozenset(("call", "talk"))
_FOLLOWING = frozenset(("receive", "want_invest", "party", "owner", "conflict", "history", "contacts_word"))
SHORTEST, LONGEST = 2, 30


class Unlisted:
    """Finds firms and projects by their shape."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._lexicon = lexicon
        self._book = book

    def find(self, text: str, folded: str, tokens: Sequence[Token]) -> Iterator[Spot]:
        """Yield firms and projects, longer than what they contain where they contain a known name."""
        start = 0
        while start < len(tokens):
            end = start
            while end < len(tokens) and self._builds(tokens[end]):
                end += 1
            if end > start:
                yield from self._run(text, folded, tokens, start, end)
            start = max(end, start + 1)

    def _builds(self, token: Token) -> bool:
        if token.spot is not None:
            return token.entity in _BUILDING
        if (
            token.text in self._lexicon.legal
            or token.text in self._lexicon.bodies
            or token.text in self._lexicon.trades
        ):
            return True
        return token.text not in self._lexicon.stops and token.text.isalnum()

    def _run(self, text: str, folded: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Spot]:
        start = self._own_start(tokens, start, end)
        run = tokens[start:end]
        unknown = sum(token.end - token.start for token in run if self._unknown(token))
        known = [token for token in run if token.entity == "enterprise"]
        if not run or run[-1].end - run[0].start > LONGEST or not (unknown or known):
            return
        if self._names_project(tokens, end):
            yield self._project(text, folded, run[0].start, tokens[end].end)
        elif len(known) == 1 and len(run) == 1:
            return  # the index said it all
        elif self._is_firm(tokens, start, end, unknown):
            yield self._firm(text, folded, self._trim(tokens, start, end), known)

    def _own_start(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Leave out a place that the firm is in rather than called after: 去深圳华锐 keeps it, 深圳 alone goes."""
        while (
            start < end - 1 and tokens[start].entity == "place" and tokens[start + 1].entity in ("enterprise", "place")
        ):
            start += 1
        return start

    def _unknown(self, token: Token) -> bool:
        return token.spot is None and not self._generic(token.text)

    def _generic(self, word: str) -> bool:
        return word in self._lexicon.legal or word in self._lexicon.bodies or word in self._lexicon.trades

    def _names_project(self, tokens: Sequence[Token], end: int) -> bool:
        return end < len(tokens) and tokens[end].text in self._book.words.project_word

    def _is_firm(self, tokens: Sequence[Token], start: int, end: int, unknown: int) -> bool:
        run = tokens[start:end]
        last = run[-1]
        size = last.end - run[0].start
        if last.text in self._lexicon.legal or last.text in self._lexicon.bodies:
            return unknown >= SHORTEST or any(token.entity == "enterprise" for token in run)
        if any(token.entity == "enterprise" for token in run):
            return self._generic(last.text) or last.entity == "industry"
        if (
            (last.text in self._lexicon.trades or last.entity == "industry")
            and unknown >= SHORTEST
            and size > SHORTEST + 1
        ):
            return True
        return unknown >= SHORTEST and self._introduced(tokens, start, end)

    def _introduced(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether the words around make a stretch of unknown ones a firm."""
        before = self._neighbour(tokens, start - 1, -1)
        after = tokens[end] if end < len(tokens) else None
        if before and _INTRODUCING.intersection(before.concepts):
            return True
        if after and (_FOLLOWING.intersection(after.concepts) or after.entity == "contact"):
            return True
        if before and after and _JOINING.intersection(before.concepts) and _MEETING.intersection(after.concepts):
            return True
        if before and before.text in self._lexicon.roles["list_marks"] and start > 1:
            return tokens[start - 2].entity == "enterprise" or self._listed(tokens, start - 2)
        return False

    def _listed(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a list that started with a firm is still going on."""
        while index > 0 and self._builds(tokens[index]):
            index -= 1
        return bool(_INTRODUCING.intersection(tokens[index].concepts))

    def _neighbour(self, tokens: Sequence[Token], index: int, step: int) -> Token | None:
        """Return the next word that is no particle: 拜访了, 拜访一下."""
        while 0 <= index < len(tokens) and tokens[index].text in self._lexicon.roles["particles"]:
            index += step
        return tokens[index] if 0 <= index < len(tokens) else None

    def _trim(self, tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
        return tokens[start].start, tokens[end - 1].end

    def _firm(self, text: str, folded: str, span: tuple[int, int], known: list[Token]) -> Spot:
        start, end = span
        refs = tuple(ref for ref in self._book.spoken.get(folded[start:end]) if ref.kind == "enterprise")
        if not refs and len(known) == 1 and known[0].spot and known[0].start == start:
            rest = folded[known[0].end : end]
            if rest in self._lexicon.legal:  # 比亚迪公司 is 比亚迪; 比亚迪电子 is not
                return replace(known[0].spot, start=start, end=end, text=text[start:end])
        return self._linked("enterprise", text, folded, span, refs)

    def _project(self, text: str, folded: str, start: int, end: int) -> Spot:
        refs = tuple(ref for ref in self._book.spoken.get(folded[start:end]) if ref.kind == "project")
        return self._linked("project", text, folded, (start, end), refs)

    def _linked(self, kind: str, text: str, folded: str, span: tuple[int, int], refs: tuple[Ref, ...]) -> Spot:
        start, end = span
        said = text[start:end]
        if not refs:
            near = self._book.near(kind, folded[start:end])
            link = sure(near)
            refs = tuple(Ref(kind, item.id, item.score) for item in ([link] if link else near))
        best = max((ref.weight for ref in refs), default=0.0)
        refs = tuple(ref for ref in refs if ref.weight == best)
        names = tuple(self._book.name(kind, ref.id) for ref in refs)
        doubtful = len(refs) != 1 or best < CERTAIN
        value = said if doubtful else names[0]
        return Spot(kind, start, end, said, value, refs=refs, names=names, kept=True, close=doubtful and bool(refs))


CERTAIN = 0.7
