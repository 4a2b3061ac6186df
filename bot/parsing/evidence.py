"""What a reading rests on: mentions, the cues that spoke for each intent, the rows each name was weighed against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.names.book import NameBook
from bot.parsing.intents import Cue, IntentSpec
from bot.parsing.recognise import Recognised
from bot.parsing.spots import NAMES, Spot


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses weighed together."""

    said: str
    features: frozenset[str]
    words: Mapping[str, Sequence[str]]  # feature -> the words that show it
    ranked: Sequence[Recognised]  # every intent with evidence, the likeliest first


@dataclass(frozen=True, slots=True)
class Weighed:
    """A name with the rows it was held against, the likeliest first."""

    spot: Spot
    rows: Sequence[tuple[str, float]]  # canonical name, score


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an utterance shows by itself."""

    spots: Sequence[Spot]
    whole: str | None  # the intent that the whole message is a set phrase of
    parts: Sequence[Part]


def fired(spec: IntentSpec, features: frozenset[str]) -> list[Cue]:
    """Return the cues of an intent that speak, the weightiest first."""
    cues = [cue for cue in spec.cues if cue.all <= features and cue.none.isdisjoint(features)]
    return sorted(cues, key=lambda cue: -abs(cue.weight))


def weighed(spots: Sequence[Spot], book: NameBook) -> Iterator[Weighed]:
    """Yield each name with its rows: those it may mean, and those the ledger has close to it."""
    for spot in spots:
        if spot.entity not in NAMES:
            continue
        scores = dict(book.candidates(spot.entity, spot.text))
        scores |= {ref.id: ref.weight for ref in spot.refs if ref.id not in scores}
        rows = [(book.name(spot.entity, row_id), score) for row_id, score in scores.items()]
        yield Weighed(spot, sorted(rows, key=lambda row: (-row[1], row[0])))
