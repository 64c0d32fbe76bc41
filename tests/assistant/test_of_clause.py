"""The clause that says something tells under which heading it stands and who leads it.

The document is tests/samples/rules/green.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


PLACES = """
低碳园区属于哪项工程 | 写在二、（一）水环境治理工程[1]。
雁栖湿地在哪项工程里 | 写在二、（三）湿地保护工程[1]。
建设充电站写在哪一条 | 写在三、（二）资金保障[1]。
"""


@pytest.mark.parametrize(("question", "said"), cases(PLACES))
def test_what_something_belongs_to_is_the_heading_over_the_clause_that_says_it(
    green: Assistant, question: str, said: str
) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert answer.answer.startswith(said)


@pytest.mark.parametrize("question", ["化工园区属于哪项工程", "低碳园区属于哪项行动", "云湖市属于哪项工程"])
def test_what_no_clause_says_or_no_such_heading_is_over_is_put_under_none(green: Assistant, question: str) -> None:
    assert not green.ask(question).answer.startswith("写在")


def test_a_sentence_found_by_its_meaning_is_put_under_its_heading(assistant: Assistant) -> None:
    answer = assistant.ask("村里的污水和垃圾整治归哪项工程管")

    assert answer.answer.startswith("写在三、（四）18.农村牧区人居环境整治工程[1]。")


def test_who_leads_something_is_the_agency_of_the_clause_that_says_it(green: Assistant) -> None:
    answer = green.ask("改造排水管网由谁牵头")

    assert answer.kind is AnswerKind.LOOKUP
    assert "二、（一）3.城区内涝治理的牵头部门是市水务局[1][2]。" in answer.answer
    assert [citation.quote.strip() for citation in answer.citations][1] == "牵头部门：市水务局"


@pytest.mark.parametrize("question", ["改造排水管网依托哪家单位", "建设充电站由谁牵头", "改造排水管网2025年由谁牵头"])
def test_who_does_something_else_or_leads_a_clause_without_agencies_is_not_told(
    green: Assistant, question: str
) -> None:
    assert "牵头部门是" not in green.ask(question).answer


ROWS = """
种沙棘归谁管 | 附件5 项目表 第6行 “建设内容” | 附件5 项目表 第6行 “牵头责任单位”
鄂尔多斯野生动物园提升工程由哪个部门牵头 | 附件5 项目表 第32行 “建设内容” | 附件5 项目表 第32行 “牵头责任单位”
"""


@pytest.mark.parametrize(("question", "said", "named"), cases(ROWS))
def test_who_leads_what_only_the_text_of_a_row_says_is_the_agency_of_that_row(
    assistant: Assistant, question: str, said: str, named: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert [citation.locator for citation in answer.citations] == [said, named]
    assert f"是{answer.citations[1].quote.strip()}[1][2]" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["沙棘加工由谁负责", "卖沙棘归谁管", "种沙棘2025年归谁管", "负责年度监测评估的第三方机构是哪一家"],
)
def test_who_leads_what_no_row_says_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_a_row_is_named_by_what_a_cell_of_it_says(assistant: Assistant) -> None:
    answer = assistant.ask("敖勒召其镇市政污水那个项目投多少钱，谁牵头")

    assert "0.28亿元；牵头责任单位：住建局" in answer.answer
    assert "写在项目表第14行" in answer.answer
