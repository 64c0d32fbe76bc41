"""What changes over the years of a table is computed of every row that states both figures; the others are named."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the first sentence | rows cited
CASES = """
2020到2024年，提高百分点最多的是哪一项指标 | 可再生能源装机容量在全市比重（13% → 40%，提高27个百分点） | 1
哪个指标增幅最大 | 提高61.74亿元/平方公里，增长580.81% | 1
2020年到2024年提高幅度最大的前三项指标 | 非化石能源消费比重 | 3
哪些指标2024年比2020年下降 | 共2项：单位国内生产总值能耗 | 2
下降最多的指标是哪个 | 单位国内生产总值能耗（2.08吨标煤/万元 → 1.82吨标煤/万元 | 1
市水利局负责的指标中，2024年比2020年下降的有哪些 | 共1项：万元GDP水耗 | 1
有几项指标2024年比2020年提高 | 共24项 | 24
2024年比2020年提高超过10个百分点的指标有哪些 | 共1项：可再生能源装机容量在全市比重 | 1
2024年比2020年提高5个百分点以上的指标有哪些 | 共2项 | 2
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said", "cited"), ROWS)
def test_changes_are_found_among_all_rows(assistant: Assistant, question: str, said: str, cited: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("\n")[0]
    assert len(answer.citations) >= int(cited)


def test_rows_whose_figures_are_bounds_are_named_and_not_compared(assistant: Assistant) -> None:
    answer = assistant.ask("哪些指标2024年比2020年下降")

    assert "植被覆盖度" not in answer.answer.split("\n")[0]
    assert "植被覆盖度" in answer.answer


def test_that_nothing_changes_so_is_an_answer(assistant: Assistant) -> None:
    answer = assistant.ask("哪些指标2024年和2020年相比没有变化")

    assert answer.kind is AnswerKind.LOOKUP
    assert "没有变化的指标没有" in answer.answer
