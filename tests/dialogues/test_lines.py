"""终端: a line that cannot be taken is refused and spoils none of the next."""

import datetime as dt

import pytest

from bot import app as composition
from bot.chat import Chat
from domain.errors import Invalid
from domain.unit_of_work import Ledger
from tests.factories import CITY_ZONE, NOW


@pytest.fixture
def talk(city: Ledger) -> Chat:
    """Return a terminal on the small city."""
    return Chat(composition.build(city))


@pytest.mark.parametrize("year", [1, 1948, 9999])
def test_a_time_nobody_lives_in_is_refused(talk: Chat, year: int) -> None:
    with pytest.raises(Invalid, match="time_out_of_range"):
        talk.line({"user": "陈晓", "text": "你好"}, dt.datetime(year, 12, 31, 23, 59, tzinfo=CITY_ZONE))
    assert talk.line({"user": "陈晓", "text": "你好"}, NOW)["replies"]


def test_half_a_character_is_replaced(talk: Chat) -> None:
    (reply,) = talk.line({"user": "陈晓", "text": "明天下午三点提醒我给\ud800打电话"}, NOW)["replies"]
    assert "给?打电话" in reply["text"]


@pytest.mark.parametrize("request_", [{"text": "你好"}, {"user": None, "text": "你好"}, {"user": 5, "text": "你好"}])
def test_a_line_says_who_speaks(talk: Chat, request_: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="line_without_user"):
        talk.line(request_, NOW)
