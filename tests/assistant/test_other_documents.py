"""Documents that nobody prepared for are answered by the same rules: no manifest, no knowledge, three small files."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

OFFICE = Path(__file__).resolve().parent.parent / "samples" / "office"


@pytest.fixture(scope="module")
def office(open_papers: OpenPapers) -> Assistant:
    return open_papers(OFFICE)


# question | must stand in the answer
SAID = """
博士研究生的补贴标准是多少 | 3000元/月
本科毕业生由哪个部门主管 | 市住建局
市人社局主管哪些人才类别 | 共3个：博士研究生[1]、硕士研究生[2]、高级技师[3]
补贴标准最高的是哪类人才 | 博士研究生（3000元/月
补贴标准超过1500元的有哪些 | 共2个：博士研究生[1]、硕士研究生[2]
什么时候申请补贴 | 3月1日至5月31日
补贴资金怎么承担 | 市财政承担60%
指挥部办公室设在哪里 | 县水利局
应急响应分几级 | 应急响应分为四级
白水桥加固的总投资是多少 | 35.5万元
李村的项目有几个 | 共1个
县水利局的项目总投资合计多少 | 155.5万元
除县水利局外的项目有几个 | 共1个
总投资超过35.46万元的项目有哪些 | 共3个
"""


@pytest.mark.parametrize(
    ("question", "said"), [tuple(p.strip() for p in x.split("|")) for x in SAID.strip().splitlines()]
)
def test_an_unknown_document_is_answered_from_its_own_words(office: Assistant, question: str, said: str) -> None:
    assert said in office.ask(question).answer


@pytest.mark.parametrize(
    "question", ["大专毕业生补贴多少", "防汛物资有多少", "白水桥加固的监理单位是谁", "2030年的补贴标准"]
)
def test_what_an_unknown_document_does_not_say_is_refused(office: Assistant, question: str) -> None:
    assert office.ask(question).kind is AnswerKind.REFUSAL


def test_an_approximate_figure_is_not_added_up_and_said_so(office: Assistant) -> None:
    answer = office.ask("所有项目的总投资合计多少")

    assert "155.5万元" in answer.answer
    assert "1个没有写明确数" in answer.answer


def test_a_question_that_names_nothing_is_asked_back(office: Assistant) -> None:
    assert office.ask("投资多少").kind is AnswerKind.CLARIFY


def test_a_document_filter_binds_before_the_search(office: Assistant) -> None:
    flood = next(document.info.id for document in office.documents if "防汛" in document.info.title)

    assert office.ask("博士研究生的补贴标准是多少", documents=[flood]).kind is AnswerKind.REFUSAL
    assert not office.ask("清水河堤防投资多少", documents=[flood]).citations
