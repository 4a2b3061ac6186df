"""Any word of a list is found as looking for each in turn would find it."""

import pytest

from bot.catalog import load_catalog
from bot.parsing.anyof import AnyOf, any_of
from bot.parsing.lexicon import read_lexicon
from tests.corpus.lines import lines

WORDS = ("到", "到位", "见", "没见到", "1.5倍", "(含)", "top ")


@pytest.mark.parametrize(
    "text", ["见", "还没见到人", "到位资金", "增长1.5倍", "增长105倍", "税(含)", "top 3", "Top3", ""]
)
def test_finds_what_looking_for_each_word_finds(text: str) -> None:
    assert bool(any_of(WORDS).search(text)) == any(word in text for word in WORDS)


def test_finds_the_values_of_slots_as_they_are_listed() -> None:
    lexicon = read_lexicon(load_catalog())
    texts = [line.text for line in lines()[:200]]
    for slot, pairs in lexicon.values.items():
        for text in texts:
            listed = next((code for word, code in pairs if word in text), None)
            assert lexicon.code(slot, text) == listed
            spoken = {code for word, code in pairs if word in text}
            assert lexicon.first_code(slot, text) == next(
                (code for code in lexicon.order[slot] if code in spoken), None
            )


def test_makes_a_pattern_once() -> None:
    patterns = AnyOf({"tails": ("的", "了")})
    assert patterns["tails"] is patterns["tails"]
