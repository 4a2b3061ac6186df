"""A pattern is searched only where it may match, and is found wherever it does."""

import json
import re

import pytest

from bot.catalog import load_catalog
from bot.parsing.lexicon import read_lexicon
from bot.parsing.needs import Shapes, needs
from tests.corpus.heard_city import HERE


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("停工|停建|搁置", "停搁"),
        ("^(请|帮我)?(记录|登记)", "记登"),
        ("没[^,。]{0,3}到位", "没"),
        ("(?<!有)(未|不会)(再|想)?去", "去"),
        ("(?P<verb>[来到去])[不没](?P=verb)", "不没"),
        ("签{0,2}约{2}", "约"),
        ("[a-f]*第?[一二]+", "一二"),
        ("<stage>的项目$", "的"),
        ("(去|到)?过?", None),
        ("去|到?", None),
        (r"\d+|\w", None),
        ("(?i:a)b", None),
    ],
)
def test_the_rarest_characters_of_which_one_must_be_there(pattern: str, needed: str | None) -> None:
    assert needs(re.compile(pattern)) == (None if needed is None else frozenset(needed))


def test_nothing_is_missed_in_the_corpus() -> None:
    patterns = read_lexicon(load_catalog()).patterns
    shapes = Shapes(patterns)
    for file in HERE.glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            assert set(shapes.found(text)) == {name for name, pattern in patterns.items() if pattern.search(text)}
