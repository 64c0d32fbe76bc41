"""Questions about the running text are answered with verbatim sentences, each cited."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.models import ParsedDocument

CASES = """
示范区建设领导小组由谁担任组长 | 市委书记、市人民政府市长任双组长
现代煤化工产能要达到多少 | 现代煤化工产能达到2500万吨
秸秆综合利用率的目标是多少 | 秸秆综合利用率达到87%以上
博士可以申请多少科研启动资金 | 10-30万元科研启动资金
十大孔兑洪水入黄粗泥沙含量减少到多少 | 500公斤以下
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said"), ROWS)
def test_the_sentence_that_says_it_is_quoted(
    assistant: Assistant, plan: ParsedDocument, question: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer
    assert all(plan.text[c.start : c.end] == c.quote for c in answer.citations)
    assert said in answer.citations[0].quote


def test_a_clause_asked_for_by_its_heading_is_listed_whole(assistant: Assistant) -> None:
    answer = assistant.ask("保障措施有哪些")

    assert "共6项" in answer.answer
    assert len(answer.citations) == 6
