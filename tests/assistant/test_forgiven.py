"""A passage may leave words around what is asked; a name, a figure, an event or what is asked itself it may not."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | what the quote must hold
LEFT = """
企业可以用没有防渗的沟渠排放含毒废水吗 | 禁止利用无防渗漏措施的沟渠
企业里全职上班的博士能拿多少科研启动资金 | 10-30万元
旱地要推广哪些耐旱的杂粮 | 糜谷
"""
KEPT = """
海绵城市由哪家公司来建 | 哪家公司
上海市的博士能拿多少科研启动资金 | 上海市
全职博士2035年能拿多少科研启动资金 | 2035
全职博士的科研启动资金审计了吗 | 审计
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("question", "quoted"), rows(LEFT))
def test_words_around_what_is_asked_may_be_left(assistant: Assistant, question: str, quoted: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert any(quoted in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(("question", "missing"), rows(KEPT))
def test_names_years_events_and_what_is_asked_are_never_left(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)
