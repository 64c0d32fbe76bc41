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
文旅局有几个项目，在哪里 | 共4个：文化遗产保护工程项目（建设地点：全市9个旗区）[1] | 4
科技局牵头几个项目、投资分别是多少 | 共6个：建设高能级科技研发平台项目（3.0亿元）[1] | 6
第二个行动有几个项目，总投资多少，何时建设 | 共7个，2025年前计划投资合计32.37亿元：农牧业高效节水建设项目（ | 7
市林草局负责几项指标，2020年是多少 | 共3项：植被覆盖度（%）（70.33%）[1] | 3
市教体局负责的指标2024年目标 | 共1项：劳动年龄人口平均受教育年限（10.62）[1] | 1
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


@pytest.mark.parametrize(
    ("question", "total"),
    [("第五个行动有几个项目，投资多少", "17亿元"), ("重点工程10包含几个项目、投资额是多少", "9.97亿元")],
)
def test_an_amount_asked_behind_a_count_is_the_total_of_what_is_counted(
    assistant: Assistant, question: str, total: str
) -> None:
    answer = assistant.ask(question)

    assert f"合计{total}" in answer.answer
    assert answer.calculation is not None


def test_a_bound_behind_a_count_asks_for_no_total(assistant: Assistant) -> None:
    assert "合计" not in assistant.ask("水利局有几个项目，投资5亿元以上的有多少个").answer


def test_several_years_of_each_row_are_told_together(assistant: Assistant) -> None:
    answer = assistant.ask("市生态环境局负责的指标2020年和2024年分别是多少")

    assert "共4项：" in answer.answer
    assert "一般工业固废处置利用率" in answer.answer and "2020年" in answer.answer and "2024年" in answer.answer
    assert answer.answer.splitlines()[0].count("[") == 4
