"""All mentions of an utterance: quantities, names of the ledger, words of the lexicon, people, firms nobody knows."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from bot.names.book import NameBook
from bot.names.fold import fold
from bot.names.forms import NICKNAME, PRODUCT
from bot.names.index import Ref
from bot.parsing.fairs import Fairs
from bot.parsing.lexicon import AND_SURNAME, HIDDEN, Lexicon
from bot.parsing.mending import mended
from bot.parsing.people import People
from bot.parsing.products import Products
from bot.parsing.quantities import read_quantities
from bot.parsing.reading import Speaker
from bot.parsing.scan import WordScan
from bot.parsing.spots import Spot, Word, settle_overlaps
from bot.parsing.tokens import Cutter, Token
from bot.parsing.unlisted import Unlisted

# of two readings of one length the lower rank stands
LEDGER, WORDS, QUANTITY, SHAPE, BARRIER = range(5)
PHONE_MARKS = " :-()"
KIND_ORDER = ("unit", "project", "enterprise", "person")
DATES = frozenset(("date", "period", "moment"))
Ranked = tuple[int, Spot | Word]


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in an utterance."""

    folded: str
    spots: tuple[Spot, ...]
    tokens: tuple[Token, ...]
    weak: tuple[Spot, ...] = ()  # projects meant only if the command needs one: 碳酸锂项目
    impossible: tuple[str, ...] = ()  # dates that never are


class Mentions:
    """Finds mentions; knows the lexicon and the ledger's names."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._lexicon = lexicon
        self._book = book
        self._cutter = Cutter(lexicon)
        self._words = WordScan({*lexicon.entries, *lexicon.concepts})
        self._slips = WordScan(lexicon.slips)
        city, self._ours, self._last, turning = (
            frozenset(word for word, meant in lexicon.concepts.items() if concept in meant)
            for concept in ("city_whole", "us_unit", "last_record", "turn")
        )
        self._units = city | self._ours
        self._turning = turning.union(lexicon.roles["no_alone"])  # what may take back what was said
        self._broken = frozenset(lexicon.roles["unbroken"])
        self._people = People(lexicon, book)
        self._unlisted = Unlisted(lexicon, book)
        self._products = Products(lexicon)
        self._fairs = Fairs(lexicon)

    def find(self, text: str, at: datetime, speaker: Speaker | None) -> Found:
        """Return the mentions and words of a text."""
        folded = self._meant(fold(text))
        quantities = read_quantities(text, at)
        standing, weak = self._standing(text, folded, quantities.spots, speaker)
        tokens: Sequence[Token] = self._cutter.cut(folded, standing)
        people = list(self._people.find(text, tokens, speaker))
        trades = [*self._products.find(text, tokens), *self._fairs.find(text, tokens)]
        shaped = [(SHAPE, spot) for spot in (*trades, *people)]
        shaped += [(SHAPE, spot) for spot in self._unlisted.find(text, folded, tokens, (*people, *trades))]
        if shaped:
            longer = settle_overlaps([*[(LEDGER, spot) for spot in standing], *shaped])
            tokens = tokens if longer == standing else self._cutter.cut_anew(folded, longer, tokens, standing)
            standing = longer
        if not self._turning.isdisjoint([token.text for token in tokens]):
            tokens = mended(tokens, self._lexicon.roles)
        return Found(folded, tuple(standing), tuple(tokens), tuple(weak), quantities.impossible)

    def _standing(
        self, text: str, folded: str, quantities: Sequence[Spot], speaker: Speaker | None
    ) -> tuple[list[Spot], list[Spot]]:
        """Return the quantities, names and words that stand, and the projects named by their trade alone."""
        words = settle_overlaps(_apart_from_times(self._worded(text, folded, speaker), quantities))
        # a concept keeps shorter words out, 没解决 the milestone 解决, but no quantity: 两条线索
        ordinary = [word for word in words if isinstance(word, Word)]
        last = [word for word in ordinary if folded[word.start : word.end] in self._last]  # 上一条 counts nothing
        spots = [(QUANTITY, spot) for spot in quantities if spot.entity != "count" or not _within(spot, last)]
        weak: list[Spot] = []
        for spot in self._named(text, folded, speaker):
            if spot.entity == "project" and self._vague(folded, spot):
                weak.append(spot)
            elif not _within(spot, ordinary):
                spots.append((LEDGER, spot))
        spots += [(WORDS if spot.entity else BARRIER, spot) for spot in words if isinstance(spot, Spot)]
        return self._told(folded, [spot for spot in settle_overlaps(spots) if spot.entity != HIDDEN]), weak

    def _told(self, folded: str, spots: list[Spot]) -> list[Spot]:
        """Return the mentions without those that only go with others: the word before a number, the day of a fair."""
        entities = {spot.entity for spot in spots}
        if "phone" in entities:
            spots = [one for one, after in zip_longest(spots, spots[1:]) if not _labels(folded, one, after)]
        return spots if entities.isdisjoint(DATES) else self._without_days_of_it(folded, spots)

    def _without_days_of_it(self, folded: str, spots: list[Spot]) -> list[Spot]:
        """Return the mentions without a day that is one of a fair's, where no other day is said: 中博会第二天."""
        roles = self._lexicon.roles
        first = next((spot for spot in spots if spot.entity in DATES), None)
        if first is None or not first.text.startswith(roles["next_day_words"]):
            return spots
        of_it = re.search(roles["day_of_it"], folded[: first.start])
        return [spot for spot in spots if spot is not first] if of_it else spots

    def _meant(self, folded: str) -> str:
        """Return the words with those mistyped by their sound put right: 项目抬账."""
        for start, end, word in self._slips.scan(folded):
            folded = folded[:start] + self._lexicon.slips[word] + folded[end:]
        return folded

    def _vague(self, folded: str, spot: Spot) -> bool:
        """Tell whether a project is named by its trade alone."""
        bare = folded[spot.start : spot.end].removesuffix(self._book.words.project_word)
        return spot.refs[0].weight <= NICKNAME or bare in self._lexicon.trades

    def _named(self, text: str, folded: str, speaker: Speaker | None) -> Iterator[Spot]:
        for hit in self._book.scan(folded):
            refs = self._narrowed(_best(hit.refs), speaker)
            names = tuple([self._book.name(ref.kind, ref.id) for ref in refs])
            said = text[hit.start : hit.end]
            value = names[0] if len(refs) == 1 else said
            yield Spot(refs[0].kind, hit.start, hit.end, said, value, refs=refs, names=names)
        for event, written in self._book.events.items():
            place = folded.find(written)
            if place >= 0:
                yield Spot("event", place, place + len(event), text[place : place + len(event)], event)

    def _narrowed(self, refs: tuple[Ref, ...], speaker: Speaker | None) -> tuple[Ref, ...]:
        """Prefer what is the speaker's own where a name fits several."""
        if len(refs) == 1:
            return refs
        unit = speaker.unit_id if speaker else None
        if unit is not None and refs[0].kind in ("project", "person"):
            rows = self._book.rows[refs[0].kind]
            own = tuple([ref for ref in refs if self._book.within(rows[ref.id].unit_id, unit)])
            refs = own or refs
        return (
            refs if len(refs) == 1 else tuple(sorted(refs, key=lambda ref: self._book.rows[ref.kind][ref.id].ended))
        )  # what is over comes last

    def _worded(self, text: str, folded: str, speaker: Speaker | None) -> list[tuple[int, Spot | Word]]:
        """Return the words of the lexicon, ranked."""
        found: list[tuple[int, Spot | Word]] = []
        entries, units = self._lexicon.entries, self._units
        broken = [pair for pair in self._broken if pair in folded]
        for start, end, word in self._words.scan(folded):
            if broken and folded[end - 1 : end + 1] in broken and word not in entries:
                continue  # 计划投 is no word in 计划投产
            if word in units:
                whose = speaker if word in self._ours else None
                found.append((WORDS, self._meant_unit(text[start:end], start, end, whose)))
                continue
            entry = entries.get(word)
            if entry is None:
                found.append((WORDS, Word(start, end)))
                continue
            entity, value = entry
            if entity == "place" and self._along(folded, start, end):
                continue
            said = text[start:end]
            found.append(
                (WORDS if entity else BARRIER, Spot(entity, start, end, said, said if value is None else value))
            )
        found += [(WORDS, spot) for spot in self._bare_stages(text, folded)]
        return found

    def _along(self, folded: str, start: int, end: int) -> bool:
        """Tell whether what looks like a place is 和 and a surname before a title: 我和田主任."""
        joined = end - start == AND_SURNAME and folded[start] in self._lexicon.roles["with_whom"]
        if not joined or folded[start + 1] not in self._lexicon.titles.surnames:
            return False
        return re.match(self._lexicon.roles["along_title"], folded[end:]) is not None

    def _bare_stages(self, text: str, folded: str) -> Iterator[Spot]:
        """Yield milestones said in one character, which is one only where it is denied: 还没签."""
        roles = self._lexicon.roles
        for word, code in roles["bare_stages"].items():
            start = folded.find(word)
            while start >= 0:
                other = folded.startswith(roles["bare_not_before"], start + 1)
                other = other or folded.endswith(roles["bare_of_others"], 0, start)
                if not other and folded.endswith(roles["bare_denials"], 0, start):
                    yield Spot("stage", start, start + 1, text[start : start + 1], code)
                start = folded.find(word, start + 1)

    def _meant_unit(self, said: str, start: int, end: int, speaker: Speaker | None) -> Spot:
        """Return the city for 全市, the speaker's unit for 我们区."""
        root = self._book.root()
        row = root if speaker is None else self._book.rows["unit"].get(speaker.unit_id or 0)
        if row is None:
            return Spot("unit", start, end, said, said, kept=True)
        return Spot("unit", start, end, said, row.name, refs=(Ref("unit", row.id, 1.0),), names=(row.name,))


def _apart_from_times(words: list[Ranked], quantities: Sequence[Spot]) -> list[Ranked]:
    """Return the words without those that begin inside a time and end behind it: 今年以|来我们|县."""
    ends = [spot.end for spot in quantities if spot.entity in DATES]
    if not ends:
        return words
    return [(rank, word) for rank, word in words if isinstance(word, Spot) or not _holds(word, ends)]


def _holds(word: Word, ends: Sequence[int]) -> bool:
    """Tell whether one of some ends, in order, lies inside a word."""
    place = bisect_right(ends, word.start)
    return place < len(ends) and ends[place] < word.end


def _labels(folded: str, spot: Spot, after: Spot | None) -> bool:
    """Tell whether a word only says whose number follows: 手机13800138000."""
    if spot.entity != "industry" or after is None or after.entity != "phone":
        return False
    return not folded[spot.end : after.start].strip(PHONE_MARKS)


def _within(name: Spot, words: Sequence[Word]) -> bool:
    """Tell whether a name is only part of one of some words, which stand apart and in order: 腾讯 in 腾讯会议."""
    for word in words:
        if name.end <= word.end:
            return word.start <= name.start and name.end - name.start < word.end - word.start
    return False


def _best(meant: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """Return the surest rows of one kind that a form means."""
    if len(meant) == 1:
        return meant
    top = max([ref.weight for ref in meant])
    least = min(top, NICKNAME) if top <= PRODUCT else top  # by product alone none is meant more than another
    refs = [ref for ref in meant if ref.weight >= least]
    kind = min([ref.kind for ref in refs], key=KIND_ORDER.index)
    return tuple([ref for ref in refs if ref.kind == kind])
