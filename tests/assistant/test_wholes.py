"""A share is of the whole that the question names, never silently of all rows."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | part | what the whole is called | share, of the table's own figures by hand
ASKED = """
水利局牵头的项目投资占重点行动二总投资的百分之几 | 14.83亿元 | 属于水资源集约高效利用行动的项目合计32.37亿元 | 45.81%
能源局牵头的项目投资占现代能源经济高质量发展提速行动总投资的比例 | 1105.12亿元 | 合计1441.63亿元 | 76.66%
十大孔兑项目投资占水利局牵头项目总投资的比例 | 36.5亿元 | “牵头责任单位”含水利局的项目合计68.65亿元 | 53.17%
重点行动五里投资最大的两个项目投资占该行动总投资的百分之几 | 8.8亿元 | 合计17亿元 | 51.76%
重点行动五里投资最大的两个项目合计占重点行动五的百分之几 | 8.8亿元 | 合计17亿元 | 51.76%
重点行动三里投资最大的项目占重点行动三总投资的百分之几 | 368亿元 | 合计1441.63亿元 | 25.53%
水利局牵头的投资最大的两个项目占该局总投资的百分之几 | 44.69亿元 | 合计68.65亿元 | 65.10%
水利局牵头的项目投资在重点行动二中占多大比例 | 14.83亿元 | 合计32.37亿元 | 45.81%
水利局牵头的项目在整个重点行动二中占多大比例 | 14.83亿元 | 合计32.37亿元 | 45.81%
水利局牵头的项目投资是重点行动二总投资的百分之几 | 14.83亿元 | 合计32.37亿元 | 45.81%
投资10亿元以上的项目中能源局牵头的占多大比例 | 1541.12亿元 | 不低于10亿元的项目合计1969.11亿元 | 78.26%
水利局牵头的项目中小于1亿元的项目投资占多大比例 | 0.71亿元 | 合计68.65亿元 | 1.03%
重点行动二中水利局牵头的项目投资占比是多少 | 14.83亿元 | 合计32.37亿元 | 45.81%
能源局牵头的项目里，投资最大的项目占多大比例 | 406亿元 | “牵头责任单位”含能源局的项目合计1541.12亿元 | 26.34%
投资前五的项目里能源局牵头的占多大比例 | 1274.85亿元 | 最大的5个项目合计1550.85亿元 | 82.20%
水利局牵头的项目投资占水利局牵头的项目总投资的百分之几 | 68.65亿元 | 合计68.65亿元 | 100.00%
重点行动一里投资最小的占多大比例 | 0.32亿元 | 合计498.463亿元 | 0.0642%
水利局牵头的项目占多大比例 | 68.65亿元 | 占全部2048.463亿元 | 3.35%
重点行动二里水利局牵头的项目投资占总投资的比例 | 14.83亿元 | 占全部2048.463亿元 | 0.724%
投资最大的项目投资占总投资的百分之几 | 406亿元 | 占全部2048.463亿元 | 19.82%
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in ASKED.strip().splitlines()]


@pytest.mark.parametrize(("question", "part", "whole", "share"), ROWS)
def test_the_whole_is_the_one_named(assistant: Assistant, question: str, part: str, whole: str, share: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert part in answer.answer
    assert f"{whole}的{share}" in answer.answer


def test_a_follow_up_takes_a_share_of_what_was_spoken_of(assistant: Assistant) -> None:
    of_agency = assistant.ask("这笔总投资里投资最大的项目占多大比例", ("能源局牵头的项目总投资多少",))
    of_action = assistant.ask("其中投资最大的两个项目占多少", ("重点行动五总投资多少",))

    assert "占“牵头责任单位”含能源局的项目合计1541.12亿元的26.34%" in of_agency.answer
    assert "合计17亿元的51.76%" in of_action.answer


def test_the_sql_shown_divides_by_the_same_whole(assistant: Assistant) -> None:
    answer = assistant.ask("水利局牵头的项目投资占重点行动二总投资的百分之几")

    assert answer.calculation is not None
    found = assistant.index.facts.run(sa.text(answer.calculation.sql))  # type: ignore[arg-type]
    assert round(float(str(found.rows[0][-1])), 2) == 45.81


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("投资最大的行动占总投资的比例", "1441.63亿元（占70.38%）"),  # of the groups, no row is picked
        ("哪个重点行动占总投资的比例最大", "1441.63亿元（占70.38%）"),
        ("能源局项目投资占工信局项目总投资的百分之几", "457.63%"),  # one is no part of the other: both are told
    ],
)
def test_groups_and_two_sides_keep_their_own_share(assistant: Assistant, question: str, share: str) -> None:
    assert share in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("重点行动五里投资最大的两个项目合计占重点行动九总投资的百分之几", ()),
        ("这笔总投资里投资最大的项目占多大比例", ()),
        ("这笔总投资里特色文化创作项目占多大比例", ("文旅局牵头的项目总投资多少",)),
        ("能源局和水利局牵头的项目中水利局牵头的占多大比例", ()),
        ("水利局牵头的项目投资占投资超过10亿元的项目总投资的比例", ()),
        ("达拉特旗的水利局牵头的项目占其总投资的百分之几", ()),
        ("达拉特旗的项目数占重点行动一项目数的比例是多少", ()),
    ],
)
def test_a_whole_that_is_not_understood_is_no_share_of_all(
    assistant: Assistant, question: str, before: tuple[str, ...]
) -> None:
    answer = assistant.ask(question, before).answer

    assert "占全部" not in answer
    assert "占项目表" not in answer
    assert "100.00%" not in answer
