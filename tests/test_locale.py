"""Words and code say the same: every key has its sentence, every sentence its key, every example its intent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jinja2 import nodes

from bot.app import load_handlers
from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.words import name_words
from bot.parsing.reader import Reader
from bot.parsing.reading import Speaker
from bot.wording.words import Wording
from domain import errors
from handlers.contract import REGISTRY
from tests.factories import NOW
from tests.spoken_keys import arguments, assigned, sources, unsaid, unused

CATALOG = load_catalog()
INTENTS = CATALOG.folder("intents")
LATER = {  # of the contract, still without a handler: this list only gets shorter
    "close_month", "complete_task", "create_project", "generate_report", "issue_supervision", "list_issues",
    "list_lagging", "list_tasks", "log_trip", "match_site", "note_progress", "raise_issue",
    "register_lead", "reply_supervision", "report_activity", "report_funds", "report_milestone", "resolve_issue",
    "subscribe", "transfer_lead", "unsubscribe", "verify_funds",
}  # fmt: skip
UNSAID = {"start", "take_file"}  # not read from words: a code, a file
MOST_LATER = 22
EMPTY = {"said_without_names", "growth_yoy", "growth_mom"}  # notes that a figure carries and no sentence tells
KINDS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.DomainError)]


def test_every_intent_is_handled_or_listed_as_to_come() -> None:
    load_handlers()
    assert set(INTENTS) - set(REGISTRY) == LATER
    assert set(REGISTRY) - set(INTENTS) == UNSAID
    assert len(LATER) <= MOST_LATER


def test_every_intent_says_what_it_is() -> None:
    for name, table in INTENTS.items():
        assert table["example"], name
        for slot in (slot for group in table.get("required", ()) for slot in group):
            assert slot in table["slots"], (name, slot)


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_an_example_is_read_as_its_intent(intent: str) -> None:
    reader = Reader(CATALOG, NameBook(name_words(CATALOG)))
    speaker = Speaker(1, "陈晓", 2, "翠屏区", "staff")
    reading = reader.read(INTENTS[intent]["example"], NOW, speaker)
    assert [command.intent for command in reading.commands] == [intent]


def templates() -> Iterator[tuple[str, str, str]]:
    """Yield every reply: whose it is, its key, its text."""
    scopes: list[tuple[str, Mapping[str, Any]]] = [(name, table.get("replies", {})) for name, table in INTENTS.items()]
    scopes += list(CATALOG.folder("replies").items())
    for scope, table in scopes:
        for key, text in table.items():
            if isinstance(text, str) and scope not in ("buttons", "fields", "figures", "formats", "definitions"):
                yield scope, key, text


@pytest.mark.parametrize(("scope", "key", "text"), list(templates()), ids=lambda part: part if len(part) < 30 else "…")
def test_a_template_uses_filters_and_words_that_exist(scope: str, key: str, text: str) -> None:
    environment = Wording(CATALOG)._environment
    tree = environment.parse(text)
    assert {node.name for node in tree.find_all(nodes.Filter)} <= set(environment.filters)
    assert {node.name for node in tree.find_all(nodes.Test)} <= set(environment.tests)
    environment.from_string(text)


def test_a_handlers_reply_has_its_words() -> None:
    keys = {key for _, key, _ in templates()}
    asked = arguments(sources("handlers", "bot"), ("Reply", "Ask"))
    assert unsaid(asked, keys) == []


def test_an_error_has_its_sentence() -> None:
    table = CATALOG.table("replies/errors")
    raised = arguments(sources("domain", "handlers"), [kind.__name__ for kind in KINDS])
    raised |= arguments(sources("bot/commands"), ["Invalid"])
    assert len(raised) > 25
    assert unsaid(raised | {kind.key for kind in KINDS}, table) == []


def test_no_two_causes_share_a_sentence() -> None:
    sentences = [*CATALOG.table("replies/errors").values(), *CATALOG.table("replies/files").values()]
    sentences += CATALOG.table("replies/common").values()
    sentences += [*CATALOG.get("ledger/faults", "faults").values(), *CATALOG.get("ledger/faults", "notes").values()]
    sentences += CATALOG.get("cli", "says").values()
    assert [one for one, count in Counter(sentences).items() if count > 1] == []


def test_an_error_sentence_is_a_whole_one() -> None:
    for key, sentence in CATALOG.table("replies/errors").items():
        assert sentence.rstrip("”}")[-1] in "。!?}码少" or "例如" in sentence or ":" in sentence, key


def test_a_note_of_a_figure_has_its_words() -> None:
    statistics = list(sources("domain/statistics"))
    noted = assigned(statistics, ("note", "notes"))
    noted |= arguments(statistics, ["rates"], 1) | arguments(statistics, ["_noted"], 1)
    table = CATALOG.get("replies/figures", "notes")
    assert unsaid(noted, table) == []
    assert unused(table, noted | EMPTY) == []
    assert {key for key, words in table.items() if not words} == EMPTY


def test_a_fault_of_an_import_has_its_sentence() -> None:
    ledger = list(sources("domain/ledger"))
    told = arguments(ledger, ["CellRefused"]) | arguments(ledger, ["refuse", "note"], 1)
    sentences = {**CATALOG.get("ledger/faults", "faults"), **CATALOG.get("ledger/faults", "notes")}
    assert len(told) > 30
    assert unsaid(told, sentences) == []


def test_a_check_of_the_doctor_has_its_sentence() -> None:
    checks = list(sources("domain"))
    assert unsaid(arguments(checks, ["Check"]), CATALOG.get("cli", "doctor")) == []


def test_the_command_line_says_only_what_is_written() -> None:
    commands = list(sources("bot/commands", "bot"))
    assert unsaid(arguments(commands, ["say"]) - {"errors", "common"}, CATALOG.get("cli", "says")) == []
    assert unused(CATALOG.get("cli", "says"), arguments(commands, ["say"])) == []


def test_a_button_has_its_label() -> None:
    labels = arguments(sources("handlers", "bot"), ["Choice"])
    assert unsaid(labels, CATALOG.table("replies/buttons")) == []


def test_a_keyboard_says_sentences_that_are_understood() -> None:
    reader = Reader(CATALOG, NameBook(name_words(CATALOG)))
    speaker = Speaker(1, "陈晓", 2, "翠屏区", "staff")
    for role, rows in CATALOG.table("replies/keyboards").items():
        for text in (text for row in rows for text in row):
            read = reader.read(text, NOW, speaker)
            assert {command.intent for command in read.commands} <= set(REGISTRY) - {"out_of_scope"}, (role, text)
    for command in CATALOG.get("replies/commands", "commands"):
        read = reader.read(command["say"], NOW, speaker)
        assert {each.intent for each in read.commands} <= set(REGISTRY) - {"out_of_scope"}, command
