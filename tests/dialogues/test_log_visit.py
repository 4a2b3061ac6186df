"""拜访: one plain sentence becomes a record."""

from domain.ledger.importing import import_tables
from domain.models import AuditRow, Enterprise, Visit
from tests.dialogues.conftest import Conversation
from tests.factories import NOW

SENTENCE = "今天和张局去深圳拜访比亚迪,对方想投20亿建电池厂,要300亩地,下周三前回话"


def test_saves_at_once_and_shows_each_field(chat: Conversation) -> None:
    answer = chat.say(SENTENCE)
    for part in ("外出拜访", "比亚迪股份有限公司", "深圳", "张建国", "20亿元", "300亩", "3月25日"):
        assert part in answer
    assert chat.buttons() == ["撤销", "修改"]
    (visit,) = chat.rows(Visit)
    assert (visit.date.isoformat(), visit.place, visit.participants) == ("2026-03-18", "深圳", ["张建国"])
    assert visit.amount == {"min": 2_000_000_000, "max": 2_000_000_000, "currency": "CNY"}
    assert visit.follow_up_start.isoformat() == "2026-03-25"


def test_corrects_and_takes_back(chat: Conversation) -> None:
    chat.say(SENTENCE)
    assert "12亿元" in chat.say("金额改成12亿")
    (visit,) = chat.rows(Visit)
    assert visit.amount["max"] == 1_200_000_000
    assert "比亚迪" in chat.say("撤销")
    assert chat.rows(Visit) == []
    assert [row.action for row in chat.rows(AuditRow) if row.subject == "visit"] == ["create", "change", "remove"]


def test_asks_for_the_company_and_continues(chat: Conversation) -> None:
    chat.say("昨天去深圳拜访了华星电子,谈得不错")
    question = chat.say("今天下午在成都拜访了一家企业,对方想投5亿")
    assert "哪家企业" in question
    assert "华星电子" in chat.buttons()
    assert len(chat.rows(Visit)) == 1
    answer = chat.say("天府重机")
    assert "成都天府重型机械有限公司" in answer
    assert "5亿元" in answer
    assert [visit.place for visit in chat.rows(Visit)] == ["深圳", "成都"]


def test_a_button_answers_the_question(chat: Conversation) -> None:
    chat.say("昨天去深圳拜访了华星电子")
    chat.say("今天去深圳拜访了一家企业")
    assert "深圳华星电子科技有限公司" in chat.press("华星电子")
    assert len(chat.rows(Visit)) == 2


def test_a_missing_date_is_today_and_said(chat: Conversation) -> None:
    assert "今天(3月18日(周三))" in chat.say("和比亚迪通了电话,对方要补土地资料")


def test_a_firm_not_in_the_ledger_is_kept_as_said(chat: Conversation) -> None:
    assert "国轩高科" in chat.say("今天拜访国轩高科,了解情况")
    assert "国轩高科" in [firm.name for firm in chat.rows(Enterprise)]
    chat.say("撤销")
    assert "国轩高科" not in [firm.name for firm in chat.rows(Enterprise)]


def test_tells_who_else_is_talking_and_nothing_more(chat: Conversation) -> None:
    chat.say("昨天拜访了比亚迪,见了王总,想投30亿", who="罗敏")
    answer = chat.say("今天拜访比亚迪")
    assert "江安县罗敏" in answer
    assert "王总" not in answer
    assert "30亿" not in answer


def test_editing_the_message_amends_its_record(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    answer = chat.edit(chat.said(), "今天去广州拜访比亚迪,对方想投25亿")
    assert "25亿元" in answer
    (visit,) = chat.rows(Visit)
    assert visit.place == "广州"


def test_a_reply_to_a_card_means_that_record(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    card = chat.last["陈晓"]
    chat.say("今天还拜访了华星电子")
    assert "比亚迪" in chat.say("金额改成8亿", reply_to=card)
    assert "比亚迪" in chat.say("撤销", reply_to=card)
    (left,) = chat.rows(Visit)
    assert [firm.name for firm in _firms(chat, left.id)] == ["深圳华星电子科技有限公司"]


def test_two_people_do_not_mix(chat: Conversation) -> None:
    chat.say("今天在成都拜访了一家企业")
    chat.say("今天拜访天府重机", who="罗敏")
    chat.say("比亚迪")
    assert sorted(visit.unit_id for visit in chat.rows(Visit)) == sorted({visit.unit_id for visit in chat.rows(Visit)})
    assert "没有可以撤销" not in chat.say("撤销", who="罗敏")
    assert len(chat.rows(Visit)) == 1


def _firms(chat: Conversation, visit_id: int) -> list[Enterprise]:
    with chat.assistant.ledger.read(chat.clock.now()) as uow:
        return list(uow.session.get_one(Visit, visit_id).enterprises)


def test_a_number_is_no_firm(chat: Conversation) -> None:
    chat.say("拜访")
    assert "不像企业名称" in chat.say("3")
    assert chat.rows(Visit) == []


def test_undo_leaves_a_firm_that_came_with_a_workbook(chat: Conversation) -> None:
    with chat.assistant.ledger.work(NOW, source="test") as uow:
        import_tables(uow, {"enterprise": [{"name": "宏图新材料有限公司"}]}, source="import:企业.xlsx")
    chat.say("今天去深圳拜访宏图新材料有限公司")
    chat.say("撤销")
    assert "宏图新材料有限公司" in {firm.name for firm in chat.rows(Enterprise)}


def test_undo_takes_a_firm_the_record_brought_in(chat: Conversation) -> None:
    chat.say("今天去深圳拜访宏图新材料有限公司")
    chat.say("撤销")
    assert "宏图新材料有限公司" not in {firm.name for firm in chat.rows(Enterprise)}


def test_a_list_with_details_of_its_own_makes_one_visit_each(chat: Conversation) -> None:
    chat.say("今天接待了比亚迪5人和天府重机3人", replies=2)
    assert [visit.people_count["max"] for visit in chat.rows(Visit)] == [5, 3]
