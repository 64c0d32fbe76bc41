"""Answers from running text: the words that answer first, then their sentences; else what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

_RULES = """青山市养犬管理办法

第一条　为了规范养犬行为，制定本办法。

第二条　市公安机关是养犬管理的主管部门，负责犬只登记。本办法所称烈性犬，是指公布名录中的犬种。

第三条　禁止携犬进入下列场所：

（一）机关、医院、学校；

（二）商场、饭店；

（三）公共交通工具。

第四条　养犬人应当自取得犬只之日起三十日内办理登记，登记费每只二百元。

第五条　未登记养犬的，处五百元以上一千元以下罚款。（责任单位：市公安局）

青山市人民政府

2024年3月1日
"""


@pytest.fixture(scope="module")
def rules(open_papers: OpenPapers) -> Assistant:
    return open_papers({"养犬办法.txt": _RULES})


def first_line(answer: str) -> str:
    return answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("现代煤化工产能要达到多少", "2500万吨"),
        ("节能技术改造什么时候完成", "2024年底"),
        ("国务院批复的示范区主题是什么", "荒漠化防治与绿色发展"),
        ("示范区工作领导小组由谁担任组长", "市委书记"),
    ],
)
def test_the_first_line_is_the_answer_and_the_quote_its_sentence(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.PASSAGE
    assert said in first_line(answer.answer)
    assert said in answer.citations[0].quote
    assert len(first_line(answer.answer)) <= len(answer.citations[0].quote) + len("[1]……")


def test_the_items_that_a_clause_announces_are_all_said_with_their_number(rules: Assistant) -> None:
    answer = rules.ask("禁止携犬进入哪些场所？")
    assert "共3项" in first_line(answer.answer)
    assert all(place in first_line(answer.answer) for place in ("医院", "饭店", "公共交通工具"))
    assert answer.citations[1].quote == "（一）机关、医院、学校；"


def test_the_bracket_before_a_field_is_no_part_of_the_sentence(rules: Assistant) -> None:
    answer = rules.ask("未登记养犬罚款多少？")
    assert "（[" not in answer.answer
    assert "五百元以上一千元以下" in answer.answer


def test_the_meaning_of_a_term_is_the_sentence_that_defines_it(assistant: Assistant, rules: Assistant) -> None:
    assert "碳捕获、利用与封存" in first_line(assistant.ask("CCUS是什么意思？").answer)
    assert "是指公布名录中的犬种" in first_line(rules.ask("烈性犬指的是什么？").answer)


@pytest.mark.parametrize(
    ("question", "missing"),
    [("犬只疫苗由谁接种？", "疫苗"), ("登记费是多少美元？", "多少美元"), ("养犬协会的会长叫什么名字？", "会长")],
)
def test_what_no_sentence_supports_is_refused_by_name(rules: Assistant, question: str, missing: str) -> None:
    answer = rules.ask(question)
    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)
    assert not any(part in ("多少", "谁", "吗") for part in answer.missing)


def test_a_date_is_read_from_the_signature(rules: Assistant) -> None:
    assert rules.documents[0].info.date == "2024年3月1日"
    assert "2024年3月1日" in first_line(rules.ask("这份办法是什么时候印发的？").answer)


@pytest.mark.parametrize("wrap", ["<b>{}</b>", "<script>{}</script>", '<img src="x" onerror="y">{}'])
def test_pasted_tags_ask_nothing(rules: Assistant, wrap: str) -> None:
    question = "养犬登记费每只多少元？"
    assert first_line(rules.ask(wrap.format(question)).answer) == first_line(rules.ask(question).answer)


def test_a_passage_has_no_sentence_that_does_not_stand_in_the_document(rules: Assistant) -> None:
    text = Path(rules.index.stamp.corpus, "养犬办法.txt").read_text(encoding="utf-8")
    for question in ("谁负责犬只登记", "多少天内办理登记", "为什么制定本办法"):
        for citation in rules.ask(question).citations:
            assert citation.quote in text
