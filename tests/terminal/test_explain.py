"""`understand --explain`: why a sentence was read so."""

import json
import re
from pathlib import Path

from bot.catalog import load_catalog
from bot.parsing.intents import read_intents
from bot.parsing.lexicon import read_lexicon
from tests.spoken_keys import arguments, sources, unsaid, unused
from tests.terminal.command import AT, ROOT, Ended, zhaoshang

NUMBER = re.compile(r"[+-]?\d+\.\d+")


def explained(demo: Path, *said: str | dict[str, object]) -> list[list[str]]:
    """Return the explanation of each line, by lines."""
    done = asked(demo, *said)
    assert (done.code, done.err) == (0, "")
    return [part.splitlines() for part in done.out.removesuffix("\n\n").split("\n\n")]


def asked(demo: Path, *said: str | dict[str, object]) -> Ended:
    """Return what the command says of lines, given as JSON or as they are."""
    given = [each if isinstance(each, str) else json.dumps({"at": AT, **each}, ensure_ascii=False) for each in said]
    return zhaoshang("understand", "--explain", "--database", demo, given="\n".join(given) + "\n")


def test_mentions_candidates_reason_names_and_outcome_are_said(demo_template: Path, people: dict[str, str]) -> None:
    text = "昨天去深圳拜访比亚迪,对方想投20亿,要300亩地"
    (lines,) = explained(demo_template, {"text": text, "user": people["staff"]})
    assert lines[0] == f"“{text}”"
    assert "  昨天:日期,2026年3月17日(周二)" in lines
    assert "  20亿:金额,20亿元" in lines
    assert "  300亩:面积,300亩" in lines
    assert any(line.startswith("  比亚迪:连到 比亚迪股份有限公司(") for line in lines)
    place = next(place for place, line in enumerate(lines) if line.startswith("  log_visit 把握 "))
    assert "把握 1.00(线索 +" in lines[place]
    assert "+3 拜访" in lines[place + 1]
    assert "拜访+企业" in lines[place + 1]
    reason = next(line for line in lines if line.startswith("  所以:"))
    assert "log_visit" in reason
    (read,) = (line for line in lines if line.startswith("  log_visit 日期="))
    assert "方式=外出拜访" in read
    assert "用地=300亩" in read
    assert lines[-1] == "不用再问。"


def test_the_second_best_reading_is_said_with_how_likely_it_is(demo_template: Path) -> None:
    (lines,) = explained(demo_template, "翠屏的项目进展")
    likely = [line.split(" 把握 ")[1][:4] for line in lines if " 把握 " in line]
    assert len(likely) > 1
    assert likely == sorted(likely, reverse=True)
    assert f"最像({likely[0]})" in "\n".join(lines)
    assert f"({likely[1]})。" in "\n".join(lines)


def test_what_context_a_set_phrase_or_nothing_decides_is_said(demo_template: Path) -> None:
    followed, phrase, strange = explained(
        demo_template, {"text": "那省外呢", "context": ["全市到位市外资金多少"]}, "撤销", "今天天气真好"
    )
    assert "接着上文读的;单看这一句会读成 out_of_scope。" in followed
    assert any(line.startswith("  query_metric 指标=到位省外资金") for line in followed)
    assert "整句就是 undo 的固定说法,不用算分。" in phrase
    assert any(line.startswith("  所以:线索和用词加起来,out_of_scope 最像") for line in strange)
    assert "  out_of_scope" in strange


def test_what_is_asked_is_said(demo_template: Path) -> None:
    missing, unknown = explained(demo_template, "到位资金2000万", "火星基地项目昨天开工了")
    assert missing[-1] == "要问:report_funds 还差 项目。"
    assert unknown[-1] == "要问:report_milestone 的 项目,台账里没有。"
    assert any("照原话;台账里没有相近的" in line for line in unknown)


def test_a_bad_line_is_told_in_its_place(demo_template: Path) -> None:
    done = asked(demo_template, '{"text": 3}', "{", "撤销")
    assert done.code == 2
    assert len(done.out.removesuffix("\n\n").split("\n\n")) == 3
    assert "JSON" in done.out
    assert "undo" in done.out


def test_the_readmes_example_is_what_is_printed(demo_template: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = (part for part in readme.split("```") if part.startswith("\n$ echo") and "--explain" in part)
    command, *shown = block.strip().splitlines()
    (lines,) = explained(demo_template, command.split("'")[1])
    # the numbers change whenever the model learns anew; the words do not
    assert [NUMBER.sub("0", line) for line in lines] == [NUMBER.sub("0", line) for line in shown]


def test_every_sentence_is_there_and_used() -> None:
    said = arguments(sources("bot/commands"), ["explain", "tell"])
    keys = set(load_catalog().get("cli", "explain"))
    assert unsaid(said, keys) == []
    assert unused(keys, said) == []


def test_a_feature_without_words_of_its_own_has_a_name() -> None:
    lexicon = read_lexicon(load_catalog())
    cues = [cue for spec in read_intents(load_catalog()).values() for cue in spec.cues]
    shown = {concept for concepts in lexicon.concepts.values() for concept in concepts} | set(lexicon.patterns)
    bare = {feature.strip("{}") for cue in cues for feature in cue.all if feature not in shown}
    assert bare - set(load_catalog().get("cli", "features")) == set()


def test_a_slot_has_a_name() -> None:
    slots = {slot for spec in read_intents(load_catalog()).values() for slot in spec.slots}
    assert slots <= set(load_catalog().get("replies/fields", "labels"))
