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
from bot.wording.formats import Formats

SHOWN = 3  # candidates a part
CUES = 8  # cues a candidate
CODED = {"metric": "metric", "stage": "milestone", "milestone": "milestone", "milestone_missing": "milestone"}


class Explainer:
    """Words explanations."""

    def __init__(self, voice: Voice, intents: Mapping[str, IntentSpec]) -> None:
        self._voice = voice
        self._intents = intents
        catalog = voice.catalog
        self._formats = Formats(catalog.table("replies/formats"))
        self._features: Mapping[str, str] = catalog.get("cli", "features")
        self._labels: Mapping[str, str] = {**catalog.get("cli", "slots"), **catalog.get("replies/fields", "labels")}
        self._codes = {
            "metric": catalog.table("ledger/metrics"),
            **catalog.table("ledger/choices"),
            **catalog.get("replies/fields", "choices"),
        }
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
        yield tell(f"ask_{ask.why}", intent=waiting, slot=self._label(ask.slot), choices=choices)

    def _command(self, command: Command) -> str:
        tell = self._voice.explain
        slots = [
            tell("slot", slot=self._label(slot), value=self._value(slot, value))
            for slot, value in command.slots.items()
        ]
        return tell("command", intent=command.intent, slots=" ".join(slots)).rstrip()

    def _label(self, slot: str) -> str:
        return self._labels.get(slot, slot)

    def _value(self, name: str, value: Any) -> str:
        """Return a value as people write it."""
        if isinstance(value, list):
            return self._formats.names([self._value(name, each) for each in value])
        if name == "land_mu":
            return self._formats.land(value)
        if isinstance(value, Mapping):
            return self._compound(value)
        if name == "ratio" and isinstance(value, int | float):
            return self._formats.percent(value)
        return str(self._codes.get(CODED.get(name, name), {}).get(str(value), value))

    def _compound(self, value: Mapping[str, Any]) -> str:
        if "currency" in value:
            return self._formats.quantity(value)
        if "start" in value:
            return self._formats.span(value)
        if "square_metres" in value:
            return self._formats.land(_mu(value["square_metres"]))
        if {"min", "max"} & value.keys():
            low, high = value.get("min"), value.get("max")
            return f"{low}" if low == high else f"{'' if low is None else low}-{'' if high is None else high}"
        return " ".join(f"{self._label(key)}={self._value(key, inner)}" for key, inner in value.items())


def _mu(square_metres: Any) -> Any:
    """Return an area in 亩, of which 15 are a hectare."""
    if isinstance(square_metres, Mapping):
        return {edge: _mu(size) for edge, size in square_metres.items()}
    return None if square_metres is None else square_metres * 3 / 2000
