"""排名: districts and zones by completion of the base target."""

from tests.dialogues.conftest import Conversation


def test_ranks_with_the_unranked_last(chat: Conversation) -> None:
    answer = chat.say("各区县排名", who="曹志远")
    lines = answer.splitlines()
    assert [line.split()[1] for line in lines[1:5]] == ["临港", "翠屏", "江安", "珙县"]
    assert lines[4].startswith("—")


def test_tells_where_one_unit_stands(chat: Conversation) -> None:
    answer = chat.say("我们区排第几")
    assert "翠屏" in answer
    assert "第2名" in answer


def test_the_citys_place_in_the_province_is_quoted(chat: Conversation) -> None:
    answer = chat.say("去年到位省外资金全省排第几", who="曹志远")
    assert "第3名" in answer
    assert "公布数" in answer
    assert "省投促局" in answer
