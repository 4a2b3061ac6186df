"""A place said before a firm's name is evidence: for the firm at home there, against every other."""

import pytest

from bot.catalog import load_catalog
from bot.names.fold import fold
from bot.names.forms import split_row
from bot.names.places import at_odds, leading_places
from bot.names.words import name_words
from domain.names import Named

WORDS = name_words(load_catalog())
CATL = Named("enterprise", 1, "宁德时代新能源科技股份有限公司", "宁德时代", province="福建省", city="宁德市")
PUMPS = Named("enterprise", 2, "浙江迈策机械制造股份有限公司", "迈策机械", province="浙江", city="杭州")
HOMELESS = Named("enterprise", 3, "远航科技有限公司")


@pytest.mark.parametrize(
    ("row", "said", "strange"),
    [
        (CATL, "四川", True),
        (CATL, "福建", False),
        (CATL, "福建省宁德市", False),
        (CATL, "福建厦门", True),
        (PUMPS, "杭州", False),
        (PUMPS, "宁波", True),
        (PUMPS, "昆山", True),
        (PUMPS, "杭州黄埔", False),  # a town nobody placed, within the firm's own city
        (HOMELESS, "四川", False),  # nothing known of it contradicts
    ],
)
def test_a_place_not_the_firms_own_speaks_against_it(row: Named, said: str, *, strange: bool) -> None:
    assert at_odds(row, leading_places(fold(said), WORDS)[0], WORDS) is strange


def test_a_place_the_short_name_keeps_is_part_of_the_brand() -> None:
    assert split_row(CATL, WORDS).brand == "宁德时代"
    assert split_row(PUMPS, WORDS).brand == "迈策"
