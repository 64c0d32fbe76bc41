"""A work or measure that is described instead of named is the one heading that stands out, and the answer says so."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


@pytest.mark.parametrize(
    ("question", "heading", "said"),
    [
        ("让村子干净漂亮的那项工程由谁牵头？", "农村牧区人居环境整治工程", "市农牧局"),
        ("农牧业减少碳排放的那项工程要做哪些事？", "农牧业节能降碳工程", "高标准农田"),
        ("管老遗址和游客的那项工程由哪个局牵头？", "特色文化旅游发展工程", "文旅局"),
        ("管钱的那条保障措施写了啥？", "加大资金投入，搭建绿色金融支撑体系", "绿色信贷"),
        ("种沙棘挡泥沙的那个项目在哪些旗？要花多少？", "晋陕蒙砒砂岩区十大孔兑沙棘生态减沙工程", "0.71亿元"),
    ],
)
def test_what_is_described_is_answered_of_its_heading(
    assistant: Assistant, question: str, heading: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer and f"按“{heading}”理解。" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "修机场的那项工程由谁牵头",
        "建核电站的那项工程由谁负责",
        "关于干部工资待遇的那条保障措施写了什么",
        "养猪的那个项目由谁牵头",
    ],
)
def test_what_no_heading_fits_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize("question", ["绿色矿山工程这项工程由谁牵头", "绿色矿山这项工程由谁牵头"])
def test_the_heading_itself_is_not_taken_for_another(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert "市能源局" in answer.answer and "理解。" not in answer.answer


def test_one_of_several_questions_is_not_told_for_all(assistant: Assistant) -> None:
    assert "理解。" not in assistant.ask("农牧口减碳的那项工程由谁牵头？绿氢产业项目投资多少？").answer
