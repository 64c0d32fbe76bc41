"""What is asked of rows that conditions pick is answered for each of them."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the first sentence | rows cited
ASKED = """
水利局牵头的项目的建设时间分别是什么 | 黄河内蒙古段十大孔兑综合治理项目（建设时间：2022-2030）[1] | 9
文旅局牵头的项目各投资多少 | 文化遗产保护工程项目（6.3亿元）[1] | 4
重点工程10包含哪些项目，各由谁牵头 | 重点河湖水生态综合治理项目（牵头责任单位：水利局）[1] | 2
市科技局负责的指标2024年目标 | 技术市场成交额（亿元）（8亿元）[2] | 2
"""


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_each_row_is_told_with_its_own_cells(assistant: Assistant, line: str) -> None:
    question, said, rows = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert len(answer.citations) >= int(rows)


def test_a_list_that_asks_nothing_of_its_rows_is_a_plain_list(assistant: Assistant) -> None:
    assert "（" not in assistant.ask("文旅局牵头的项目有哪些").answer.split("。")[0]
