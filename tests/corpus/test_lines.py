"""The corpus keeps its own rules: enough lines, few a frame, the contract's names, everything said at least once."""

from collections import Counter, defaultdict

from tests.corpus.frames import SPLITS, frame
from tests.corpus.lines import contract, lines

FEWEST, MOST_A_FRAME = 1200, 3


def test_the_corpus_is_large_enough() -> None:
    assert len(lines()) >= FEWEST


def test_a_template_counts_at_most_three_times() -> None:
    frames = defaultdict(list)
    for line in lines():
        frames[line.dialogue_frame].append(f"{line.source} {line.text}")
    assert [said for said in frames.values() if len(said) > MOST_A_FRAME] == []


def test_no_frame_stands_in_two_splits() -> None:
    splits = defaultdict(set)
    for line in lines():
        splits[frame(line.text)].add(line.split)
    assert [shape for shape, where in splits.items() if len(where) > 1] == []


def test_the_splits_are_about_three_one_and_one() -> None:
    counted = Counter(line.split for line in lines())
    assert set(counted) == set(SPLITS)
    assert 0.5 < counted["train"] / len(lines()) < 0.7


def test_labels_are_of_the_contract() -> None:
    intents = contract()["intents"]
    strange = [
        f"{line.source} {command['intent']}.{slot}"
        for line in lines()
        for command in line.commands
        for slot in (*command["slots"], "")
        if command["intent"] not in intents or (slot and slot not in intents[command["intent"]])
    ]
    assert strange == []


def test_questions_are_about_slots_of_a_command() -> None:
    asked = [(line, line.ask) for line in lines() if line.ask]
    slots = contract()["intents"]
    strange = [
        line.source
        for line, ask in asked
        if ask["why"] not in ("missing", "ambiguous", "unknown")
        or not any(ask["slot"] in slots[command["intent"]] for command in line.commands)
    ]
    assert strange == []


def test_every_intent_and_phenomenon_is_said() -> None:
    assert {command["intent"] for line in lines() for command in line.commands} == set(contract()["intents"])
    assert {phenomenon for line in lines() for phenomenon in line.phenomena} == set(contract()["phenomena"])
