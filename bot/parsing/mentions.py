"""All mentions of an utterance: quantities, names of the ledger, words of the lexicon, people, firms nobody knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.names.book import NameBook
from bot.names.fold import fold
from bot.names.forms import NICKNAME, PRODUCT
from bot.names.index import Hit, Ref
from bot.parsing.fairs import fairs
from bot.parsing.lexicon import HIDDEN, Lexicon
from bot.parsing.mending import mended
from bot.parsing.people import People
from bot.parsing.products import Products
from bot.parsing.quantities import read_quantities
from bot.parsing.reading import Speaker
from bot.parsing.scan import WordScan
from bot.parsing.spots import Spot, from_mention, settle_overlaps
from bot.parsing.tokens import Cutter, Token
from bot.parsing.unlisted import Unlisted

# of two readings of one length the lower rank stands
LEDGER, WORDS, QUANTITY, SHAPE, BARRIER = range(5)
CONCEPT = "concept"
PHONE_MARKS = " :-()"
KIND_ORDER = ("unit", "project", "enterprise", "person")
DATES = frozenset(("date", "period", "moment"))


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
        self._broken = frozenset(lexicon.roles["unbroken"])
        self._people = People(lexicon, book)
        self._unlisted = Unlisted(lexicon, book)
        self._products = Products(lexicon)

    def find(self, text: str, at: datetime, speaker: Speaker | None) -> Found:
        """Return the mentions and words of a text."""
        folded = self._meant(fold(text))
        weak: list[Spot] = []
        quantities = read_quantities(text, at)
        spots = [(QUANTITY, from_mention(mention)) for mention in quantities.mentions]
        for spot in self._named(text, folded, speaker):
            if spot.entity == "project" and self._vague(folded, spot):
                weak.append(spot)
            else:
                spots.append((LEDGER, spot))
        words = [(WORDS if spot.entity else BARRIER, spot) for spot in self._worded(text, folded, speaker)]
        # a concept keeps shorter words out, 没解决 the milestone 解决, but no quantity: 两条线索
        kept = settle_overlaps(words, len(text))
        spots = [item for item in spots if not (item[0] == LEDGER and _within(item[1], kept))]
        spots += [(WORDS if spot.entity else BARRIER, spot) for spot in kept if spot.entity != CONCEPT]
        standing = [spot for spot in settle_overlaps(spots, len(text)) if spot.entity != HIDDEN]
        following = (*standing[1:], None)
        standing = [one for one, after in zip(standing, following, strict=False) if not _labels(folded, one, after)]
        tokens = self._cutter.cut(folded, standing)
        people = list(self._people.find(text, tokens, speaker))
        trades = [*self._products.find(text, tokens), *fairs(text, tokens, self._lexicon)]
        shaped = [(SHAPE, spot) for spot in (*trades, *people)]
        shaped += [(SHAPE, spot) for spot in self._unlisted.find(text, folded, tokens, (*people, *trades))]
        if shaped:
            standing = settle_overlaps([*((LEDGER, spot) for spot in standing), *shaped], len(text))
            tokens = self._cutter.cut(folded, standing)
        meant = mended(tokens, self._lexicon.roles)
        return Found(folded, tuple(standing), tuple(meant), tuple(weak), quantities.impossible)

    def _meant(self, folded: str) -> str:
        """Return the words with those mistyped by their sound put right: 项目抬账."""
        for start, end in self._slips.scan(folded):
            folded = folded[:start] + self._lexicon.slips[folded[start:end]] + folded[end:]
        return folded

    def _vague(self, folded: str, spot: Spot) -> bool:
        """Tell whether a project is named by its trade alone."""
        bare = folded[spot.start : spot.end].removesuffix(self._book.words.project_word)
        return spot.refs[0].weight <= NICKNAME or bare in self._lexicon.trades

    def _named(self, text: str, folded: str, speaker: Speaker | None) -> Iterator[Spot]:
        for hit in self._book.scan(folded):
            refs = self._narrowed(_best(hit), speaker)
            names = tuple(self._book.name(ref.kind, ref.id) for ref in refs)
            said = text[hit.start : hit.end]
            value = names[0] if len(refs) == 1 else said
            yield Spot(refs[0].kind, hit.start, hit.end, said, value, refs=refs, names=names)
        for event in self._book.events:
            place = folded.find(fold(event))
            if place >= 0:
                yield Spot("event", place, place + len(event), text[place : place + len(event)], event)

    def _narrowed(self, refs: Sequence[Ref], speaker: Speaker | None) -> tuple[Ref, ...]:
        """Prefer what is the speaker's own where a name fits several."""
        if len(refs) == 1:
            return tuple(refs)
        unit = speaker.unit_id if speaker else None
        if len(refs) > 1 and unit is not None and refs[0].kind in ("project", "person"):
            rows = self._book.rows[refs[0].kind]
            own = tuple(ref for ref in refs if self._book.within(rows[ref.id].unit_id, unit))
            refs = own or tuple(refs)
        return tuple(sorted(refs, key=lambda ref: self._book.rows[ref.kind][ref.id].ended))  # what is over comes last

    def _worded(self, text: str, folded: str, speaker: Speaker | None) -> Iterator[Spot]:
        for start, end in self._words.scan(folded):
            word = folded[start:end]
            if folded[end - 1 : end + 1] in self._broken and word not in self._lexicon.entries:
                continue  # 计划投 is no word in 计划投产
            concepts = self._lexicon.concepts.get(word, ())
            entity, value = self._lexicon.entries.get(word, (CONCEPT, None))
            if "city_whole" in concepts or "us_unit" in concepts:
                yield self._meant_unit(text, start, end, speaker if "us_unit" in concepts else None)
            else:
                yield Spot(entity, start, end, text[start:end], text[start:end] if value is None else value)

    def _meant_unit(self, text: str, start: int, end: int, speaker: Speaker | None) -> Spot:
        """Return the city for 全市, the speaker's unit for 我们区."""
        root = self._book.root()
        row = root if speaker is None else self._book.rows["unit"].get(speaker.unit_id or 0)
        said = text[start:end]
        if row is None:
            return Spot("unit", start, end, said, said, kept=True)
        return Spot("unit", start, end, said, row.name, refs=(Ref("unit", row.id, 1.0),), names=(row.name,))


def _labels(folded: str, spot: Spot, after: Spot | None) -> bool:
    """Tell whether a word only says whose number follows: 手机13800138000."""
    if spot.entity != "industry" or after is None or after.entity != "phone":
        return False
    return not folded[spot.end : after.start].strip(PHONE_MARKS)


def _within(name: Spot, words: Sequence[Spot]) -> bool:
    """Tell whether a name is only part of an ordinary word: 腾讯 in 腾讯会议."""
    return any(
        word.start <= name.start and name.end <= word.end and word.end - word.start > name.end - name.start
        for word in words
        if word.entity == CONCEPT
    )


def _best(hit: Hit) -> tuple[Ref, ...]:
    """Return the surest rows of one kind that a form means."""
    if len(hit.refs) == 1:
        return hit.refs
    top = max(ref.weight for ref in hit.refs)
    least = min(top, NICKNAME) if top <= PRODUCT else top  # by product alone none is meant more than another
    refs = [ref for ref in hit.refs if ref.weight >= least]
    kind = min((ref.kind for ref in refs), key=KIND_ORDER.index)
    return tuple(ref for ref in refs if ref.kind == kind)
