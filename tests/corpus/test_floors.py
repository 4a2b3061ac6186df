"""No figure of the evaluation falls below its floor."""

import tomllib
from collections.abc import Callable, Sequence

import pytest

from tests.corpus import another_city
from tests.corpus.lines import HERE
from tests.corpus.reads import Read, reads
from tests.corpus.tally import figures, labelled, of_split, tally

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
CHOICES: dict[str, Callable[[], Sequence[Read]]] = {
    "all": reads,
    "test": lambda: of_split(reads(), "test"),
    "labelled": lambda: labelled(reads()),
    "labelled_test": lambda: labelled(of_split(reads(), "test")),
    "another_city": another_city.reads,
}


@pytest.mark.parametrize("lines", FLOORS)
def test_no_figure_falls_below_its_floor(lines: str) -> None:
    measured = figures(tally(CHOICES[lines]()))
    assert set(FLOORS[lines]) == set(measured)
    fallen = {name: (measured[name], floor) for name, floor in FLOORS[lines].items() if (measured[name] or 0) < floor}
    assert not fallen, "measured, floor"
