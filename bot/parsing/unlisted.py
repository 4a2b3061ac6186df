"""Firms and projects the index did not find: their extent by the words around them, their link by slips only."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from bot.names.book import NameBook, sure
from bot.names.fold import fold
from bot.names.forms import BARE, PARTIAL, PRODUCT
from bot.names.index import Ref
from bot.parsing.called import Called
from bot.parsing.introduced import BUILDING, Introduced
from bot.parsing.lexicon import Lexicon
from bot.parsing.nameless import Nameless
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

_BUILDING_PROJECTS = BUILDING | {"count", "unit"}
_GOING = frozenset(("going_on", "progress_note", "reach", "not_yet"))
_LEAVING = frozenset(("go", "go_out", "come_from"))
SHORTEST, LONGEST = 2, 30
CERTAIN = 0.7
AREA_SIZES = (3, 4)
_PART, _NO_PART = b"\1", b"\0"


class Unlisted:
    """Finds firms and projects by their shape."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._lexicon = lexicon
        self._book = book
        self._called = Called(lexicon)
        self._around = Introduced(lexicon, book)
        self._nameless = Nameless(lexicon)
        self._marks = frozenset((*lexicon.roles["separators"], *lexicon.roles["trade_shapes"]["marks"]))
        self._trades = lexicon.trades - lexicon.stops
        fields = (word for word, _ in lexicon.values["field"])
        self._area_tails = frozenset(lexicon.roles["area_tails"])
        self._cut_words = frozenset(lexicon.roles["cut_words"])
        self._leading = frozenset(lexicon.roles["leading_generic"])
        self._labels = frozenset((*lexicon.roles["leading_generic"], *fields))
        self._project_ends = frozenset((book.words.project_word, *lexicon.roles["phase_ends"]))

    def find(self, text: str, folded: str, tokens: Sequence[Token], people: Sequence[Spot] = ()) -> Iterator[Spot]:
        """Yield firms and projects, longer than what they contain where they contain a known name."""
        tokens = self._with_people(tokens, people)
        for span in self._called.find(tokens):
            refs = tuple(ref for ref in self._book.spoken.get(folded[span[0] : span[1]]) if ref.kind == "enterprise")
            yield self._linked("enterprise", text, folded, span, refs)
        for start, end in self._runs(tokens):
            yield from self._run(text, folded, tokens, start, end)
        project = self._book.words.project_word
        for index, token in enumerate(tokens):
            if token.entity != "project" and token.text not in self._project_ends:
                continue
            if token.entity == "project" or token.text == project or self._phase_ends(tokens, index):
                nickname = token.spot
                if nickname is None or (token.entity == "project" and nickname.refs[0].weight <= PRODUCT):
                    yield from self._project(text, folded, tokens, index)

    def _runs(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield where words that may be parts of firms' names stand together, and where they end."""
        builds = self._around.building(tokens) + _NO_PART
        start = builds.find(_PART)
        while start >= 0:
            end = builds.find(_NO_PART, start)
            if end - start > 1 or self._may_name(tokens[start]):
                yield start, end
            start = builds.find(_PART, end)

    def _may_name(self, token: Token) -> bool:
        """Tell whether a word may be a firm's name by itself: one of the ledger, or unknown and no single character."""
        if token.spot is not None:
            return token.entity == "enterprise"
        return token.end - token.start >= SHORTEST and not self._around.generic(token.text)

    def _with_people(self, tokens: Sequence[Token], people: Sequence[Spot]) -> Sequence[Token]:
        """Return the words with people who stand right after a whole name as one word: 集团|王总, not 高科."""
        if not people:
            return tokens
        starts = [token.start for token in tokens]
        joined: list[Token] = []
        place = 0  # of the words, those before it are joined or kept
        for spot in sorted(people, key=attrgetter("start")):
            first, last = bisect_left(starts, spot.start), bisect_left(starts, spot.end)
            whole = tokens[first:last]
            if first < place or not whole or whole[0].start != spot.start or whole[-1].end != spot.end:
                continue
            joined += tokens[place:first]
            before = joined[-1] if joined and joined[-1].end == spot.start else None
            told = spot.entity in ("industry", "event") or self._unmistakable(spot) or self._whole(before)
            words = "".join([token.text for token in whole])
            joined += [Token(words, spot.start, spot.end, (), spot, spot.entity)] if told else whole
            place = last
        return [*joined, *tokens[place:]]

    def _unmistakable(self, spot: Spot) -> bool:
        return not spot.text.endswith(self._lexicon.roles["doubtful_titles"])

    def _whole(self, before: Token | None) -> bool:
        """Tell whether what stands before may be a whole name."""
        return before is not None and (self._around.generic(before.text) or before.entity in ("enterprise", "industry"))

    def _run(self, text: str, folded: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Spot]:
        if self._is_area(tokens[start:end]):
            yield self._area(text, tokens, start, end)  # 自流井区 starts with a word that is often loose
            return
        told = self._nameless.told_to(tokens, start) or self._nameless.met_at(tokens, start, end)
        start, end = self._trimmed(tokens, start, end)
        run = tokens[start:end]
        if told or not run or run[-1].end - run[0].start > LONGEST or not (len(run) > 1 or self._may_name(run[0])):
            return
        stranger = self._stranger(text, folded, tokens, start, end)
        if stranger is not None:
            yield stranger
            return
        known = [token for token in run if token.entity == "enterprise"]
        whole = len(known) == len(run) == 1 or self._seated(run) or self._department(tokens, start, end)
        if whole or self._works(run, folded, tokens[end : end + 1]):
            return  # the index said it all
        if self._is_area(run):
            yield self._area(text, tokens, start, end)
            return
        labels = "".join([token.text for token in run]) in self._labels  # 企业名称:华锐
        if labels or self._nameless.run(run) or self._breaks_word(run, tokens[end : end + 1]):
            return
        if not self._everyday(run) and self._is_firm(tokens, start, end):
            yield self._firm(text, folded, (run[0].start, run[-1].end), known)

    def _breaks_word(self, run: Sequence[Token], after: Sequence[Token]) -> bool:
        """Tell whether the last character begins a common word: 古镇开|发的事."""
        return bool(after) and run[-1].text[-1] + after[0].text[0] in self._cut_words

    def _works(self, run: Sequence[Token], folded: str, after: Sequence[Token]) -> bool:
        """Tell whether works of a known firm's project go on: 苍源化工设备|正在安装."""
        roles = self._lexicon.roles
        named = run[0].spot is not None and bool(run[0].spot.refs) and run[0].entity == "enterprise"
        if not named or not after or not all(token.text in roles["works"] for token in run[1:]):
            return False
        return bool(_GOING & set(after[0].concepts)) or folded.startswith(tuple(roles["works_going"]), after[0].start)

    def _seated(self, run: Sequence[Token]) -> bool:
        """Tell whether a known firm's seat at home is meant: 万华化学烟台总部, not 腾讯西南总部."""
        if run[0].entity != "enterprise":
            return False
        places = [token for token in run[1:] if token.entity == "place"]
        seats = [token for token in run[1:] if token.spot is None and token.text in self._lexicon.roles["seats"]]
        if not (places and seats) or len(places) + len(seats) + 1 != len(run):
            return False
        rows = [self._book.rows["enterprise"][ref.id] for ref in run[0].spot.refs] if run[0].spot else []
        homes = [home for row in rows for home in (row.city, row.province) if home]
        return any(home.startswith(place.text) for home in homes for place in places)

    def _department(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether only a part of a known firm is named, for someone there: 美的供应链的陈经理."""
        roles, after = self._lexicon.roles, tokens[end] if end < len(tokens) else None
        if tokens[start].entity != "enterprise" or after is None:
            return False
        if not all(token.spot is None and token.text in roles["firm_parts"] for token in tokens[start + 1 : end]):
            return False
        return after.entity == "contact" or after.text in roles["part_tails"]

    def _stranger(self, text: str, folded: str, tokens: Sequence[Token], start: int, end: int) -> Spot | None:
        """Return a namesake from elsewhere, as said: 西安比亚迪 where the ledger's is from 深圳."""
        core = start
        while core < end and tokens[core].entity == "place":
            core += 1
        spot = tokens[core].spot if core < end else None
        if spot is None or spot.entity != "enterprise" or not spot.refs:
            return None
        first, last = self._home_said(tokens, start), self._bracketed(tokens, end)
        if first == core and last == core + 1:
            return None  # no place is said
        before, after = folded[tokens[first].start : spot.start], folded[tokens[end - 1].end + 1 : tokens[last - 1].end]
        said = [words for words in (before, after) if words]
        if not any(self._book.elsewhere(ref.id, words) for words in said for ref in spot.refs):
            return None
        start_at, end_at = tokens[first].start, tokens[last - 1].end
        exact = tuple(ref for ref in self._book.spoken.get(folded[start_at:end_at]) if ref.kind == "enterprise")
        return self._linked("enterprise", text, folded, (start_at, end_at), exact)

    def _home_said(self, tokens: Sequence[Token], start: int) -> int:
        """Return where a firm's places start: the places left out as a destination, or the city's own name."""
        before = tokens[start - 1] if start else None
        if before is not None and before.spot and before.entity == "unit" and (root := self._book.root()) is not None:
            return start - 1 if before.spot.names == (root.name,) else start
        while start and tokens[start - 1].entity == "place":
            start -= 1
        return start

    def _bracketed(self, tokens: Sequence[Token], end: int) -> int:
        """Return the end of a name with its place in brackets behind it: 比亚迪(西安)有限公司."""
        after = tokens[end : end + 3]
        if len(after) < 3 or after[0].text != "(" or after[2].text != ")" or after[1].entity != "place":
            return end
        end += 3
        while end < len(tokens) and self._around.generic(tokens[end].text):
            end += 1
        return end

    def _trimmed(self, tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
        """Leave out a place one goes to, and loose single characters around an unanchored name."""
        going = start > 0 and bool(_LEAVING.intersection(tokens[start - 1].concepts))
        while start < end and tokens[start].entity == "place" and (going or not self._named_after(tokens, start, end)):
            start += 1
        while start < end and self._ordered(tokens, start):
            start += 1
        while end - start > 1 and tokens[start].text in self._leading:
            start += 1
        while end > start and tokens[end - 1].spot is None and tokens[end - 1].text in self._lexicon.soft:
            end -= 1
        invests = end - start > SHORTEST and tokens[end - 1].text in self._lexicon.roles["investing_verbs"]
        if invests and self._around.generic(tokens[end - 2].text):
            end -= 1  # 江西康源药业|投资
        anchored = end > start and (self._around.generic(tokens[end - 1].text) or tokens[end - 1].entity == "industry")
        while start < end and not anchored and self._loose_head(tokens, start, end):
            start += 1
        return start, end

    def _loose_head(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether a loose character before a name is none of it; at the head of a clause 老灶坊 is one."""
        here = tokens[start]
        if here.spot is not None or here.text not in self._lexicon.soft:
            return False
        heads = start == 0 or tokens[start - 1].text in self._marks
        brand = heads and here.text in self._lexicon.roles["brand_heads"]
        return not (brand and tokens[end - 1].end - here.end > SHORTEST)

    def _ordered(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a character is what one is to be reminded to do: 提醒我催铭诚."""
        if not index or "remind" not in tokens[index - 1].concepts:
            return False
        return tokens[index].spot is None and tokens[index].text in self._lexicon.roles["task_verbs"]

    def _named_after(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether a place starts a firm's name: what follows is no other place and no firm from elsewhere."""
        if start + 1 >= end or tokens[start + 1].entity == "place":
            return False
        spot = tokens[start + 1].spot
        if spot is None or spot.entity != "enterprise" or not spot.linked:
            return True
        return fold(spot.names[0]).startswith(tokens[start].text) or self._book.elsewhere(
            spot.refs[0].id, tokens[start].text
        )

    def _is_firm(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        run = tokens[start:end]
        last = run[-1]
        if any(token.entity == "enterprise" for token in run):
            introduced = self._cut_short(run) and self._around.introduce(tokens, start, end)
            if last.entity == "enterprise":
                return introduced or self._unknown_size(run) != 1  # 接铭诚能源: a verb that nobody listed
            return introduced or self._around.generic(last.text) or last.entity == "industry"
        bare = self._unknown_size(run) < SHORTEST
        of_place = last.text in self._lexicon.bodies or (bare and last.spot is None and last.text in self._trades)
        if run[0].entity == "place" and of_place:
            return self._around.introduce(tokens, start, end)
        if bare or (start and tokens[start - 1].entity == "count" and last.text in self._lexicon.roles["firm_kinds"]):
            return False  # 2家花卉企业
        hard = any(token.text not in self._lexicon.soft for token in run if self._unknown(token))
        goods = last.text in self._lexicon.roles["firm_goods"]
        if goods or last.text in self._lexicon.trades or last.entity == "industry":
            before = self._around.neighbour(tokens, start - 1, -1)
            topic = before is not None and before.text in self._lexicon.roles["topic_words"]
            return hard and not topic and last.end - run[0].start > SHORTEST + 1
        told = hard and not self._office(run) and self._around.introduce(tokens, start, end)
        return told or self._around.generic(last.text)

    def _office(self, run: Sequence[Token]) -> bool:
        return "".join([token.text for token in run]).endswith(self._lexicon.roles["office_tails"])

    def _everyday(self, run: Sequence[Token]) -> bool:
        """Tell whether the unknown words of a run are everyday ones, and no name: 接触|华为, 出面."""
        words = "".join([token.text for token in run if token.spot is None])
        if not words or len(words) % SHORTEST or self._around.generic(run[-1].text):
            return False
        return all(words[at : at + SHORTEST] in self._lexicon.common for at in range(0, len(words), SHORTEST))

    def _unknown(self, token: Token) -> bool:
        return token.spot is None and not self._around.generic(token.text)

    def _unknown_size(self, run: Sequence[Token]) -> int:
        return sum(token.end - token.start for token in run if self._unknown(token))

    def _is_area(self, run: Sequence[Token]) -> bool:
        """Tell whether a run is a district's name: a short one that ends in 区 or 县."""
        if len(run) == 1 or run[-1].text not in self._area_tails or run[-1].end - run[0].start not in AREA_SIZES:
            return False
        return all(token.spot is None or token.entity == "enterprise" for token in run)

    def _area(self, text: str, tokens: Sequence[Token], start: int, end: int) -> Spot:
        """Return a district the ledger does not know: a place to go to, else a unit spoken of."""
        going = start > 0 and bool(_LEAVING.intersection(tokens[start - 1].concepts))
        first, last = tokens[start].start, tokens[end - 1].end
        said = text[first:last]
        return Spot("place" if going else "unit", first, last, said, said, kept=True)

    def _cut_short(self, run: Sequence[Token]) -> bool:
        """Tell whether a two-letter brand only begins a longer name: 国轩 in 国轩达."""
        head, rest = run[0], run[1:]
        short = head.entity == "enterprise" and head.end - head.start <= SHORTEST
        return short and bool(rest) and all(t.spot is None and not self._around.generic(t.text) for t in rest)

    def _firm(self, text: str, folded: str, span: tuple[int, int], known: list[Token]) -> Spot:
        start, end = span
        refs = tuple(ref for ref in self._book.spoken.get(folded[start:end]) if ref.kind == "enterprise")
        spot = known[0].spot if len(known) == 1 else None
        if not refs and spot is not None and spot.refs:
            around = (folded[start : spot.start], folded[spot.end : end])
            # 比亚迪公司 and 深圳比亚迪 are 比亚迪; 比亚迪电子 is not
            named = all(fold(name).startswith(around[0]) for name in spot.names)
            whole = spot.refs[0].weight >= (
                PARTIAL if around[0] else BARE
            )  # 吉利集团 is not 吉利汽车, though both are 吉利
            if named and (not around[1] or (around[1] in self._lexicon.legal and whole)):
                return replace(spot, start=start, end=end, text=text[start:end])
        return self._linked("enterprise", text, folded, span, refs)

    def _project(self, text: str, folded: str, tokens: Sequence[Token], end: int) -> Iterator[Spot]:
        """Yield what stands before 项目 as a project, if it names more than a trade."""
        start = end
        while start and self._builds_project(tokens[start - 1]):
            start -= 1
        while start < end and (self._loose(tokens, start) or self._ordered(tokens, start)):
            start += 1
        run = tokens[start:end]
        if run and run[-1].entity == "count" and run[-1].text.endswith(tuple(self._lexicon.roles["counted_units"])):
            return  # 铭诚能源两个项目
        telling = [t for t in run if t.entity == "enterprise" or self._tells(t)]
        if (
            not telling
            or run[-1].end - run[0].start < SHORTEST
            or run[-1].end - run[0].start > LONGEST
            or run[-1].text in self._lexicon.roles["particles"]
        ):
            return
        span = (run[0].start, tokens[end].end)
        refs = tuple(ref for ref in self._book.spoken.get(folded[span[0] : span[1]]) if ref.kind == "project")
        spot = self._linked("project", text, folded, span, refs)
        yield replace(spot, value=spot.names[0], close=False) if len(refs) == 1 else spot

    def _phase_ends(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a phase ends the name of a project nobody knows, at the head of a clause: 鼎晖磁材一期."""
        start, phases = index, self._lexicon.roles["phase_ends"]
        if tokens[index].text not in phases or tokens[index].spot is not None:
            return False
        while start and tokens[start - 1].spot is None and self._builds_project(tokens[start - 1]):
            start -= 1
        run, follow = tokens[start:index], tokens[index + 1 : index + 2]
        headed = start == 0 or tokens[start - 1].text in self._marks
        more = any(one.text == self._book.words.project_word or one.text in phases for one in follow)
        told = sum(token.end - token.start for token in run if self._tells(token)) >= SHORTEST
        return headed and told and not more and not self._everyday(run)

    def _loose(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a character before a project's name is none of it: 新光伏项目, not 天合储能项目."""
        here, after = tokens[index], tokens[index + 1]
        ordinary = after.text in self._lexicon.soft or after.text in self._lexicon.stops
        brand = after.spot is None and len(after.text) == 1 and not ordinary
        return here.spot is None and here.text in self._lexicon.soft and not brand

    def _builds_project(self, token: Token) -> bool:
        if token.spot is not None:
            return token.entity in _BUILDING_PROJECTS
        return token.text in self._lexicon.project_parts or self._around.builds(token)

    def _tells(self, token: Token) -> bool:
        known = self._around.generic(token.text) or token.text in self._lexicon.project_parts
        return token.spot is None and not known and token.text not in self._lexicon.soft

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
