"""What agencies lead and answer for in the text is listed from its labelled fields, all of it, the table beside it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the answer | must not
SAID = """
市科技局牵头的重点工程有哪些 | 正文中牵头部门为市科技局的共3项：22. | 另外
市能源局牵头哪些重点工程 | 正文中牵头部门为市能源局的共5项 | 责任单位为
市能源局牵头哪些重点工程 | 为市能源局的行还列在1项正文没有这样写的工作下：防沙治沙和盐碱化治理工程（第2行）[6] |
市生态环境局配合哪些重点工程 | 正文中责任单位为市生态环境局的共5项 | 牵头部门为
市乡村振兴局参与哪些工作 | 正文中责任单位为市乡村振兴局的共1项：19.生态富民工程 |
市委组织部负责什么 | 正文中责任单位为市委组织部的共1项：24. |
市工信局牵头或配合的重点工程有哪些 | 正文中责任单位为市工信局的共5项 |
哪些重点工程由市农牧局和市乡村振兴局共同牵头 | 共1项：18.农村牧区人居环境整治工程 | 19.
水资源集约高效利用行动下市水利局牵头的重点工程有哪些 | 共5项：8.工业节水增效工程 | 2.水土流失
哪个单位牵头的重点工程最多 | 最多的是市水利局，共6项 |
市应急管理局负责什么 | 指标表中“责任单位”写有市应急管理局的指标共1个：亿元GDP生产安全事故死亡率 |
市水利局牵头的项目和重点工程各有哪些 | 项目表中“牵头责任单位”写有市水利局的项目共9个 |
市水利局牵头的项目和重点工程各有哪些 | 正文中牵头部门为市水利局的共6项 |
牵头部门最多的重点工程是哪个 | 最多的有2项，各3个：5.绿色矿山工程 |
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_all_clauses_of_an_agency_are_listed_by_field(assistant: Assistant, line: str) -> None:
    question, said, unsaid = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer
    assert not unsaid or unsaid not in answer.answer
    assert answer.citations


def test_an_agency_that_leads_nothing_is_denied_with_what_it_holds(assistant: Assistant) -> None:
    answer = assistant.ask("市财政局牵头哪些重点工程")

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("市财政局",)
    assert "责任单位为市财政局的有1项：19.生态富民工程[1]" in answer.answer
