"""捣乱: two people, buttons pressed twice or by others, edits of nothing, codes tried again."""

from domain import accounts, directory
from domain.models import Reminder, Visit
from tests.dialogues.conftest import NUMBERS, STRANGER, Conversation


def a_group(chat: Conversation) -> int:
    """Open a group of two colleagues and a stranger."""
    members = [NUMBERS["陈晓"], NUMBERS["罗敏"], STRANGER]
    return int(chat.simulator.do(lambda _: chat.simulator.server.state.add_group(-9, "招商群", members)).card["id"])


def stranger(chat: Conversation, text: str) -> str:
    """Say something from an unbound account and return the answer."""
    message = chat.simulator.say(STRANGER, text)
    (answer,) = chat.simulator.wait_for_replies(STRANGER, message["message_id"], 1)
    return str(answer["text"])


def test_undo_pressed_twice_takes_back_once(chat: Conversation) -> None:
    chat.say("今天去深圳拜访华星电子")
    chat.say("今天去深圳拜访比亚迪")
    me, card = NUMBERS["陈晓"], chat.last["陈晓"]
    chat.simulator.do(lambda crowd: [crowd.press(me, card, "撤销"), crowd.press(me, card, "撤销")])
    chat.simulator.wait_until(me, lambda replies: any("已经撤销过" in each.get("text", "") for each in replies))
    (visit,) = chat.rows(Visit)
    assert "华星电子" in visit.source_text


def test_someone_elses_button_does_nothing(chat: Conversation) -> None:
    group = a_group(chat)
    said = chat.simulator.say(NUMBERS["陈晓"], "今天去深圳拜访比亚迪", chat=group)
    (card,) = chat.simulator.wait_for_replies(group, said["message_id"], 1)
    chat.simulator.do(lambda crowd: crowd.press(NUMBERS["罗敏"], card["message_id"], "撤销", chat=group))
    chat.simulator.wait_until(group, lambda replies: any("给别人的" in each.get("text", "") for each in replies))
    assert len(chat.rows(Visit)) == 1


def test_a_code_sent_in_a_group_binds_the_persons_own_chat(chat: Conversation) -> None:
    group = a_group(chat)
    with chat.assistant.ledger.work(chat.clock.now()) as uow:
        person = directory.person_by_name(uow, "何平")
        code = accounts.invite(uow, person)
    said = chat.simulator.say(STRANGER, f"/start {code}", chat=group)
    chat.simulator.wait_for_replies(group, said["message_id"], 1)
    with chat.assistant.ledger.read(chat.clock.now()) as uow:
        assert {each.chat_id for each in accounts.of_person(uow, person.id)} == {STRANGER, NUMBERS["何平"]}


def test_words_undo_only_ones_own(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    assert "没有可以撤销" in chat.say("撤销", who="罗敏")
    assert len(chat.rows(Visit)) == 1


def test_an_edited_question_is_answered_or_said_unclear(chat: Conversation) -> None:
    chat.say("全市到位市外资金多少", who="曹志远")
    said = chat.said("曹志远")
    assert "翠屏区" in chat.edit(said, "翠屏区到位市外资金多少", who="曹志远")


def test_an_edit_to_nonsense_changes_nothing(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    assert "没有动" in chat.edit(chat.said(), "啊啊啊啊")
    assert len(chat.rows(Visit)) == 1


def test_an_edit_after_undo_changes_nothing(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    said = chat.said()
    chat.say("撤销")
    answer = chat.edit(said, "今天去广州拜访比亚迪")
    assert "已经撤销" in answer
    assert chat.rows(Visit) == []


def test_a_code_binds_one_account(chat: Conversation) -> None:
    with chat.assistant.ledger.work(chat.clock.now()) as uow:
        code = accounts.invite(uow, directory.person_by_name(uow, "陈晓"))
    assert "已经绑定" in chat.say(f"/start {code}", who="罗敏")
    assert "陈晓" in stranger(chat, f"/start {code}")
    assert "陈晓" in stranger(chat, f"/start {code}")  # tapped twice by the one it was for
    assert "已经绑定" not in chat.say("帮助")


def test_a_code_used_by_two_at_once_binds_the_first(chat: Conversation) -> None:
    with chat.assistant.ledger.work(chat.clock.now()) as uow:
        code = accounts.invite(uow, directory.person_by_name(uow, "陈晓"))
        for account in accounts.of_person(uow, directory.person_by_name(uow, "罗敏").id):
            uow.session.delete(account)
    other = NUMBERS["罗敏"]
    said = chat.simulator.do(lambda crowd: [crowd.say(STRANGER, f"/start {code}"), crowd.say(other, f"/start {code}")])
    first = chat.simulator.wait_for_replies(STRANGER, said[0]["message_id"], 1)[0]["text"]
    second = chat.simulator.wait_for_replies(other, said[1]["message_id"], 1)[0]["text"]
    assert sorted(["您好!" in first, "您好!" in second]) == [False, True]


def test_the_unbound_learn_nothing(chat: Conversation) -> None:
    texts = {stranger(chat, said) for said in ("全市到位资金多少", "/start", "/help", "陈晓的电话", "撤销")}
    assert len(texts) == 1
    assert "邀请码" in texts.pop()


def test_what_looks_like_code_is_only_words(chat: Conversation) -> None:
    for words in ("{{7*7}}", "{0}", "%s", "<b>粗</b>", "'; drop table visit;--", "${x}", "\u202eabc\u202c", "\u0000"):
        answer = chat.say(f"明天下午三点提醒我给{words}打电话")
        assert "15:00" in answer
        assert "49打电话" not in answer
    assert len(chat.rows(Reminder)) == 8
    assert chat.rows(Visit) == []


def test_four_thousand_characters_are_taken(chat: Conversation) -> None:
    answer = chat.say("今天去深圳拜访比亚迪," + "对方很有诚意," * 560)
    assert "比亚迪" in answer
    assert len(chat.rows(Visit)) == 1
