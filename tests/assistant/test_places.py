"""A place is in what names it and in what takes it in; both are counted, and told apart."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind

# question | first sentence says | a later sentence says | rows in the answer's table
TOLD = """
达拉特旗有哪些项目 | “建设地点”含达拉特旗的项目共8个 | 达拉特旗的另有21个（“全市9个旗区”20个、 | 31
达旗的项目有几个 | 共8个 | 仅在“建设内容”中提到达拉特旗的有1个：疏干水（中水）综合利用项目 | 31
鄂托克旗有哪些项目 | “建设地点”含鄂托克旗的项目共5个 | 包含鄂托克旗的另有21个 | 27
康巴什有哪些项目 | 没有“建设地点”含康巴什区的项目，所写范围包含它的有20个 | 写“全市8个旗区”，原文未说明是哪8个 | 21
建设地点写到达拉特旗的项目有哪些 | 共8个 | 另有21个的“建设地点”没有写达拉特旗 | 8
有多少个项目覆盖达拉特旗 | 覆盖达拉特旗的项目共29个 | 另有1个项目写“全市8个旗区” | 29
有几个项目覆盖康巴什区 | 覆盖康巴什区的项目共20个 | 另有1个项目写“全市8个旗区” | 20
乌审旗的项目中能源局牵头的有哪些 | 共1个：“光伏+生态治理”项目 | 包含乌审旗的另有2个 | 3
不在达拉特旗的项目有几个 | 不含达拉特旗的项目共31个，其中9个所写范围也不包含它 | 包含达拉特旗的另有21个 | 31
除康巴什外的8个旗区的项目有哪些 | 共1个：农牧业高效节水建设项目 | | 1
鄂托克前旗的项目总投资多少 | 共7个，2025年前计划投资合计788.72亿元 | 共28个，2025年前计划投资合计1203.033亿元 | 7
哪个项目覆盖除康巴什以外的8个旗区 | 共1个：农牧业高效节水建设项目 | | 1
覆盖乌审旗的水利局项目有几个 | 共2个，其中“建设地点”含乌审旗的2个、所写范围包含它的0个 | | 2
达拉特旗的项目分别由谁牵头 | “光伏+生态治理”项目（牵头责任单位：能源局）[1] | 另有21个的“建设地点”没有写达拉特旗 | 8
康巴什的项目总投资多少 | 没有“建设地点”含康巴什区的项目 | 合计397.813亿元 | 20
"""


@pytest.mark.parametrize(
    ("question", "first", "later", "rows"), [tuple(p.strip() for p in x.split("|")) for x in TOLD.strip().splitlines()]
)
def test_rows_that_name_a_place_and_rows_that_take_it_in_are_told_apart(
    assistant: Assistant, question: str, first: str, later: str, rows: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert first in answer.answer.split("。")[0]
    assert later in answer.answer
    assert answer.table is not None
    assert len(answer.table.rows) == int(rows)


def test_every_group_is_cited_where_the_place_stands(assistant: Assistant) -> None:
    answer = assistant.ask("达旗有哪些项目")

    assert [c.index for c in answer.citations] == list(range(1, 32))
    assert all("达拉特旗" in c.quote for c in (*answer.citations[:8], answer.citations[29]))
    assert all("旗区" in c.quote for c in (*answer.citations[8:29], answer.citations[30]))


def test_a_place_is_not_in_what_only_holds_its_name(assistant: Assistant) -> None:
    both = assistant.ask("建设地点写到鄂托克旗的项目有哪些")

    assert "污水开发利用及配套设施建设项目" not in names(both)
    assert "煤制烯烃" not in names(both)


def test_no_group_is_told_where_other_conditions_leave_it_empty(assistant: Assistant) -> None:
    answer = assistant.ask("达旗有水土流失综合治理工程的哪些项目")

    assert len(answer.citations) == 4
    assert "所写范围" not in answer.answer


def names(answer: Answer) -> set[str]:
    assert answer.table is not None
    return {row[1] for row in answer.table.rows}


@pytest.mark.parametrize("which", ["在哪几个旗区实施", "涉及哪五个旗区", "在哪些旗区"])
def test_a_number_of_places_asks_for_the_place(assistant: Assistant, which: str) -> None:
    answer = assistant.ask(f"煤矿采空区灾害综合治理工程{which}")

    assert "建设地点是准格尔旗、伊金霍洛旗、东胜区、达拉特旗、鄂托克旗" in answer.answer
