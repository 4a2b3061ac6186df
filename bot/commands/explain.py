"""`understand --explain`: why an utterance was read so, in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.commands.voice import Voice
from bot.parsing.evidence import Part, Weighed, fired
from bot.parsing.intents import Cue, IntentSpec
from bot.parsing.reading import Command, Reading
from bot.parsing.recognise import Recognised
from bot.understand import Explained
from bot.wording.card import read_card_words

SHOWN = 3  # candidates a part
CUES = 8  # cues a candidate


class Explainer:
    """Words explanations."""

    def __init__(self, voice: Voice, intents: Mapping[str, IntentSpec]) -> None:
        self._voice = voice
        self._intents = intents
        catalog = voice.catalog
        self._card = read_card_words(catalog)
        self._formats = self._card.formats
        self._features: Mapping[str, str] = catalog.get("cli", "features")
        self._comma = str(catalog.table("replies/formats")["lists"]["separator"])

    def lines(self, explained: Explained) -> Iterator[str]:
        """Yield the lines of an explanation."""
        tell, evidence = self._voice.explain, explained.evidence
        yield tell("said", text=explained.reading.text)
        yield tell("heard")
        yield from [
            tell(
                "mention",
                text=spot.text,
                entity=self._features.get(spot.entity, spot.entity),
                value=self._value(spot.entity, spot.value),
            )
            for spot in evidence.spots
        ] or [tell("nothing_heard")]
        if explained.names:
            yield tell("names")
            yield from map(self._name, explained.names)
        if evidence.whole is not None:
            yield tell("whole", intent=evidence.whole)
        else:
            for part in evidence.parts:
                yield from self._part(part)
        if explained.alone is not None:
            yield tell("context", intents=self._comma.join(command.intent for command in explained.alone.commands))
        yield from self._outcome(explained.reading)

    def _name(self, name: Weighed) -> str:
        tell, spot = self._voice.explain, name.spot
        rows = [tell("row", name=row, score=score) for row, score in name.rows[:CUES]]
        shown = self._comma.join(rows) if rows else tell("no_row")
        key = "linked" if spot.linked else "asked" if spot.doubtful else "kept"
        return tell(f"name_{key}", text=spot.text, rows=shown)

    def _part(self, part: Part) -> Iterator[str]:
        tell = self._voice.explain
        yield tell("part", said=part.said)
        for candidate in part.ranked[:SHOWN]:
            yield self._candidate(candidate)
            cues = list(islice(fired(self._intents[candidate.intent], part.features), CUES))
            if cues:
                yield tell("cues", cues=" | ".join(self._cue(cue, part) for cue in cues))
        yield tell("why", reason=self._reason(part.ranked))

    def _candidate(self, candidate: Recognised) -> str:
        return self._voice.explain(
            "candidate",
            intent=candidate.intent,
            score=candidate.score,
            words=candidate.words,
            confidence=candidate.confidence,
            example=self._intents[candidate.intent].example,
        )

    def _cue(self, cue: Cue, part: Part) -> str:
        shown = (self._feature(feature, part.words) for feature in sorted(cue.all))
        return self._voice.explain("cue", weight=cue.weight, shown="+".join(shown))

    def _feature(self, feature: str, words: Mapping[str, Sequence[str]]) -> str:
        """Return the words that show a feature, else what it is called."""
        bare = feature.strip("{}")
        return "/".join(words.get(feature, ())) or self._features.get(bare, bare)

    def _reason(self, ranked: Sequence[Recognised]) -> str:
        first, second = ranked[:2]
        return self._voice.explain("reason", first=first, second=second)

    def _outcome(self, reading: Reading) -> Iterator[str]:
        tell, ask = self._voice.explain, reading.ask
        yield tell("read")
        yield from map(self._command, reading.commands)
        if ask is None:
            yield tell("ask_none")
            return
        waiting = reading.commands[ask.command].intent
        choices = self._comma.join(ask.choices)
        yield tell(f"ask_{ask.why}", intent=waiting, slot=self._card.label(ask.slot), choices=choices)

    def _command(self, command: Command) -> str:
        tell = self._voice.explain
        slots = [
            tell("slot", slot=self._card.label(slot), value=self._card.value(value, slot))
            for slot, value in command.slots.items()
        ]
        return tell("command", intent=command.intent, slots=" ".join(slots)).rstrip()

    def _value(self, entity: str, value: Any) -> str:
        """Return a mention's value as people write it."""
        if isinstance(value, Mapping) and "square_metres" in value:
            return self._formats.land(_mu(value["square_metres"]))
        return self._card.value(value, entity)


def _mu(square_metres: Any) -> Any:
    """Return an area in 亩, of which 15 are a hectare."""
    if isinstance(square_metres, Mapping):
        return {edge: _mu(size) for edge, size in square_metres.items()}
    return None if square_metres is None else square_metres * 3 / 2000
