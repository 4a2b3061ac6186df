"""A pattern is searched only where it may match, and is found wherever it does."""

import json
import re
from itertools import pairwise

import pytest

from bot.catalog import load_catalog
from bot.parsing.lexicon import read_lexicon
from bot.parsing.needs import Shapes, needs
from tests.corpus.heard_city import HERE


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("停工|停建|搁置", ["停工", "停建", "搁置"]),
        ("^(请|帮我)?(记录|登记)", ["登记+记录"]),
        ("没[^,。]{0,3}到位", ["没 到位"]),
        ("(?<!有)(未|不会)(再|想)?去", ["去 不会+未"]),
        ("(?P<verb>[来到去])[不没](?P=verb)", ["不+没 到+去+来"]),
        ("没(?!有)[到签]", ["没到+没签"]),
        ("签{0,2}约{2}", ["约"]),
        ("[a-f]*第?[一二]+", ["一+二"]),
        ("没<stage>的|<stage>?", ["<stage> 没 的", "<"]),
        ("(去|到)?过?", [""]),
        ("去|到?", ["去", ""]),
        (r"\d+|\w", ["", ""]),
        ("(?i:a)b", [""]),
    ],
)
def test_what_must_be_there_for_each_alternative(pattern: str, needed: list[str]) -> None:
    found = [{"+".join(sorted(one)) for one in branch} for branch in needs(re.compile(pattern), pairs=True)]
    assert found == [set(branch.split()) for branch in needed]


def test_pairs_only_where_wanted() -> None:
    assert needs(re.compile("停工")) == [[frozenset("停"), frozenset("工")]]


def test_nothing_is_missed_in_the_corpus() -> None:
    patterns = read_lexicon(load_catalog()).patterns
    shapes = Shapes(patterns)
    for file in HERE.glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            shown = {*text, *map("".join, pairwise(text))}
            found = {name for name, pattern in patterns.items() if pattern.search(text)}
            assert set(shapes.found(text, shown)) == found
