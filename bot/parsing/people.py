"""People in an utterance: by title, by given name, by a name nobody knows yet; ours and theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from bot.names.book import NameBook
from bot.names.index import Ref
from bot.parsing.address import Address
from bot.parsing.lexicon import Lexicon
from bot.parsing.reading import Speaker
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token
from domain.names import Named

LEADER = "leader"
GIVEN_LENGTH = 2
_ASKING = frozenset(("how_many", "which", "who", "where"))
_BESIDE = frozenset(("go", "visit", "talk", "with", "lead_team", "go_out", "receive", "call", "remove_it", "add_more"))
VERB = 2  # characters of a word for what someone does


class People:
    """Finds people among the words of an utterance."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._lexicon = lexicon
        self._book = book
        titles = lexicon.titles
        self._titles = frozenset((*titles.ours, *titles.theirs, *titles.theirs_alone))
        self._lists = frozenset(lexicon.roles["list_marks"]).difference(lexicon.roles["separators"])
        self._theirs = frozenset(lexicon.roles["theirs_signs"])
        self._address = Address(lexicon)
        self._labels = frozenset(lexicon.roles["contact_labels"])
        self._familiar = frozenset(lexicon.roles["familiar"])
        meant = lexicon.concepts.items()
        self._asking = frozenset(word for word, concepts in meant if not _ASKING.isdisjoint(concepts))
        beside = (word for word, concepts in meant if "with" in concepts)
        self._telling = self._titles.union(self._lists, self._labels, self._familiar, beside)
        self._scopes: dict[int | None, list[Named]] = {}  # by the unit of who speaks, as of a change of the names
        self._scoped_at = -1

    def find(self, text: str, tokens: Sequence[Token], speaker: Speaker | None) -> Iterator[Spot]:
        """Yield people and contacts that are no exact name of the ledger."""
        scope = self._scope(speaker)
        words = [token.text for token in tokens]
        asked, telling = not self._asking.isdisjoint(words), self._telling
        for index, word in enumerate(words):
            if asked or word in telling:
                yield from self._around(text, tokens, index, scope, asked=asked)
        yield from self._given(text, tokens, scope, "".join(words))

    def _around(
        self, text: str, tokens: Sequence[Token], index: int, scope: list[Named], *, asked: bool
    ) -> Iterator[Spot]:
        """Yield whom a word tells of, beside it or in it."""
        token = tokens[index]
        if token.spot is None and token.text in self._titles:
            yield from self._titled(text, tokens, index, scope)
        if asked and not token.spot and self._starts_clause(tokens, index):
            yield from self._asked_about(text, tokens, index)
        if "with" in token.concepts or (index and token.text in self._lists):
            yield from self._stranger(text, tokens, index)
        if token.text in self._labels:
            yield from self._labelled(text, tokens, index)
        if token.text in self._familiar:
            yield from self._by_surname(text, tokens, index)

    def _by_surname(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield 小李: theirs in a list with titles of theirs, ours beside 我 or as one who came along."""
        end = self._address.familiar(tokens, index)
        before = tokens[index - 1] if index else None
        if end is None or before is None:
            return
        said = text[tokens[index].start : end]
        of_someone = index > 1 and before.text == self._lexicon.roles["attributive"]
        beside = self._beside_theirs(tokens, index, tokens[index].start)  # 铭诚老李
        if (of_someone and self._beside_theirs(tokens, index - 1, before.start)) or (beside and not of_someone):
            yield Spot("contact", tokens[index].start, end, said, said, kept=True)  # 做笋加工的老何
            return
        if not (before.text in self._lists or "with" in before.concepts):
            return
        first = text[: before.start]
        theirs = first.endswith(tuple(self._titles)) and not first.endswith(tuple(self._lexicon.titles.ours))
        if theirs or first.endswith(tuple(self._lexicon.roles["me_words"])):
            yield Spot("contact" if theirs else "person", tokens[index].start, end, said, said, kept=True)

    def _labelled(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield the name said behind 联系人: one of theirs."""
        first = index + 1
        while first < len(tokens) and tokens[first].text in self._lexicon.roles["label_joins"]:
            first += 1
        end = self._address.name(text, tokens, first) or self._address.familiar(tokens, first)
        if end is not None:
            said = text[tokens[first].start : end]
            yield Spot("contact", tokens[first].start, end, said, said, kept=True)

    def _scope(self, speaker: Speaker | None) -> list[Named]:
        """Return whom a title or given name may mean: the speaker's unit and the city's leaders."""
        unit = speaker.unit_id if speaker else None
        if self._scoped_at != self._book.changed:
            self._scopes, self._scoped_at = {}, self._book.changed
        scope = self._scopes.get(unit)
        if scope is None:
            people = self._book.rows["person"].values()
            near = (person.rank == LEADER or (unit is not None and person.unit_id == unit) for person in people)
            self._scopes[unit] = scope = [*compress(people, near)]
        return scope

    def _titled(self, text: str, tokens: Sequence[Token], index: int, scope: list[Named]) -> Iterator[Spot]:
        titles, token = self._lexicon.titles, tokens[index]
        if len(token.text) == 1 and not self._ends(text, token.end):
            return
        before = tokens[index - 1].spot if index else None
        if before is not None and before.entity == "person" and before.linked and before.end == token.start:
            yield replace(before, end=token.end, text=text[before.start : token.end])
            return
        start = None
        if len(token.text) == 1 or self._address.head(text, tokens, index) == token.start:
            start = self._address.full_name(text, tokens, index) if len(token.text) > 1 else None
            start = self._surname(tokens, index) if start is None else start
        if start is None:
            yield from self._bare_title(text, token, tokens, index, scope)
            return
        first = index
        while first and tokens[first - 1].start >= start:
            first -= 1
        surname = "".join(word.text for word in tokens[first:index])
        foreign = self._beside_theirs(tokens, index, start)
        wanted = titles.ours.get(token.text, ()) or (token.text,)
        found = [] if foreign else [p for p in scope if p.name.startswith(surname) and self._holds(p, wanted)]
        ours = token.text in titles.ours and not foreign and not self._host(tokens, index, start, found)
        yield self._spot(text, start, token.end, found, "person" if ours else "contact")

    def _host(self, tokens: Sequence[Token], index: int, start: int, found: Sequence[Named]) -> bool:
        """Tell whether a title of both sides, of someone we do not know, is theirs: 走访华星,钟主任出面."""
        if found or tokens[index].text not in self._lexicon.roles["shared_titles"]:
            return False
        before = next((token for token in reversed(tokens[:index]) if token.end <= start), None)
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        beside = any(token and _BESIDE.intersection(token.concepts) for token in (before, after))
        beside = beside or (before is not None and before.text in self._lexicon.roles["asking_of"])  # 请钟主任参加
        firms = (token.entity == "enterprise" or token.text in self._lexicon.trades for token in tokens[:index])
        return not beside and any(firms)

    def _bare_title(
        self, text: str, token: Token, tokens: Sequence[Token], index: int, scope: list[Named]
    ) -> Iterator[Spot]:
        titles = self._lexicon.titles
        start = self._address.head(text, tokens, index)
        end = self._next_titled(tokens, index) or self._address.tail(text, tokens, index)
        foreign = self._beside_theirs(tokens, index, start)
        shared = token.text in self._lexicon.roles["shared_titles"]
        theirs = token.text in titles.theirs_alone or (token.text in titles.theirs and len(token.text) > 1 and foreign)
        reached = start < token.start or end > token.end or self._listed_with_theirs(tokens, index)
        if (
            theirs
            or (reached and (token.text in titles.theirs or (shared and self._met(tokens, start))))
            or (shared and foreign)
        ):
            yield self._spot(text, start, end, [], "contact")
        elif token.text in titles.ours_alone and not foreign:
            found = [person for person in scope if person.title == token.text and person.rank == LEADER]
            yield self._spot(text, token.start, token.end, found, "person")

    def _listed_with_theirs(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a title stands in a list with one that is theirs: 厂长、会计、技术员."""
        titles = self._lexicon.titles
        for step in (-2, 2):
            at = index
            while 0 <= at + step < len(tokens) and tokens[at + step // 2].text in self._lists:
                at += step
                if tokens[at].text in titles.theirs_alone and tokens[at].text not in titles.ours_alone:
                    return True
                if tokens[at].text not in titles.theirs:
                    break
        return False

    def _next_titled(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return where a surname and title right after a title end: 创始人|周总."""
        name, title = tokens[index + 1 : index + 2], tokens[index + 2 : index + 3]
        if not title or len(tokens[index].text) == 1 or name[0].text not in self._lexicon.titles.surnames:
            return None
        ends = title[0].text in self._lexicon.titles.theirs and self._ends(
            "".join(t.text for t in tokens), title[0].end
        )
        return title[0].end if ends and name[0].start == tokens[index].end else None

    def _met(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether the word before does not say that one of ours came along: not 陪办公室主任."""
        before = next((token for token in reversed(tokens) if token.end <= start), None)
        return before is None or before.text not in self._lexicon.roles["along"]

    def _surname(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return where a surname right before a title starts."""
        if not index or tokens[index - 1].spot is not None:
            return None
        before, titles = tokens[index - 1], self._lexicon.titles
        if index > 1 and tokens[index - 2].text + before.text in titles.compound:
            return tokens[index - 2].start
        return before.start if before.text in titles.surnames or before.text in titles.compound else None

    def _beside_theirs(self, tokens: Sequence[Token], index: int, start: int) -> bool:
        """Tell whether the nearest word before that is no particle is a firm or stands for one: 对方的厂长."""
        while index and (tokens[index - 1].end > start or tokens[index - 1].text in self._lexicon.roles["of_theirs"]):
            index -= 1
        before = tokens[index - 1] if index else None
        if before is None:
            return False
        if index > 1 and tokens[index - 2].entity == "count" and before.text in self._lexicon.roles["firm_nouns"]:
            return False  # 走访了华星、铭诚两家企业,张局也去了
        firm = before.entity in ("enterprise", "industry") or before.text in self._lexicon.trades
        return firm or "guests" in before.concepts or before.text in self._theirs

    @staticmethod
    def _holds(person: Named, wanted: Sequence[str]) -> bool:
        return any(title in (person.title or "") for title in wanted)

    def _spot(self, text: str, start: int, end: int, found: list[Named], entity: str) -> Spot:
        said = text[start:end]
        if len(found) != 1:
            return Spot(entity, start, end, said, said, kept=True)
        name = self._book.name("person", found[0].id)
        return Spot("person", start, end, said, name, refs=(Ref("person", found[0].id, 1.0),), names=(name,))

    def _given(self, text: str, tokens: Sequence[Token], scope: list[Named], folded: str) -> Iterator[Spot]:
        named = [person for person in scope if person.name[1:] in folded and len(person.name) == GIVEN_LENGTH + 1]
        if not named:
            return
        starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
        for person in named:
            given = person.name[1:]
            place = folded.find(given)
            if place not in starts or place + len(given) not in ends:
                continue
            same = [other for other in scope if other.name[1:] == given]
            end = place + len(given)
            end = next((t.end for t in tokens if t.start == end and t.text in self._lexicon.titles.ours), end)
            titled = end > place + len(given)
            if len(same) == 1 and self._bounded(tokens, place, end, titled=titled):
                yield self._spot(text, place, end, same, "person")

    def _bounded(self, tokens: Sequence[Token], start: int, end: int, *, titled: bool) -> bool:
        before = next((token for token in reversed(tokens) if token.end <= start), None)
        after = next((token for token in tokens if token.start >= end), None)
        after = None if titled else after
        return all(token is None or self._closes(token) for token in (before, after))

    def _closes(self, token: Token) -> bool:
        return token.spot is not None or token.text in self._lexicon.stops or not token.text.isalnum()

    def _ends(self, text: str, end: int) -> bool:
        """Tell whether a one-letter title is one: 张局外出, not 李总部."""
        longer = text[end : end + 1] in self._lexicon.titles.continuing
        return not longer or text[end : end + VERB] in self._lexicon.concepts

    def _starts_clause(self, tokens: Sequence[Token], index: int) -> bool:
        return not index or tokens[index - 1].text in self._lexicon.roles["separators"]

    def _asked_about(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield a name nobody knows that a question opens with: 张伟这个月拜访了几次."""
        start = tokens[index].start
        if text[start] not in self._lexicon.titles.surnames:
            return
        for token in tokens[index + 1 : index + 4]:
            size, name = token.start - start, text[start : token.start]
            if size in (2, 3) and (token.entity in ("date", "period") or _BESIDE.intersection(token.concepts)):
                if self._could_be_name(name):
                    yield Spot("person", start, token.start, name, name, kept=True)
                return
            if token.spot is not None:
                return

    def _stranger(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[Spot]:
        """Yield a two or three character name with a surname between 和 and a verb of going or meeting."""
        start = tokens[index].end
        if text[start : start + 1] not in self._lexicon.titles.surnames:
            return
        for token in tokens[index + 1 : index + 5]:
            size = token.start - start
            if token.spot is not None:
                return
            if size in (2, 3) and (_BESIDE.intersection(token.concepts) or token.text in self._lists):
                name = text[start : token.start]
                if self._could_be_name(name):
                    yield Spot("person", start, token.start, name, name, kept=True)
                return

    def _could_be_name(self, name: str) -> bool:
        titles = self._lexicon.titles
        if name.endswith(tuple(self._lexicon.roles["area_tails"])):
            return False  # 龙潭县
        if name[0] in self._lexicon.roles["pointing"] and name[1:] in self._lexicon.concepts:
            return False  # 那缺口
        return name not in self._lexicon.vocabulary and name[1:] not in titles.theirs and name[1:] not in titles.ours
