"""Each stage can be seen: what was understood, planned, checked, run and cited."""

from __future__ import annotations

from assistant.engine import Assistant


def stages(assistant: Assistant, question: str) -> dict[str, str]:
    _, found = assistant.explain(question)
    return {stage.name: "\n".join(stage.lines) for stage in found}


def test_a_lookup_shows_the_cells_it_plans_to_read(assistant: Assistant) -> None:
    shown = stages(assistant, "十大孔兑项目由哪个局牵头")
    assert "“牵头”：所问的栏目 牵头单位" in shown["理解"]
    assert "项目表 第3行" in shown["计划"]
    assert "每个词都有着落" in shown["核对"]


def test_a_computed_answer_shows_its_expression_and_its_sql(assistant: Assistant) -> None:
    shown = stages(assistant, "能源局牵头的项目总投资多少")
    assert "= 1541.12亿元" in shown["执行"]
    assert "SELECT" in shown["执行"]


def test_a_refusal_shows_which_word_nothing_explains(assistant: Assistant) -> None:
    assert "没有解释“施工单位”" in stages(assistant, "绿氢产业项目的施工单位是谁")["核对"]


def test_explaining_gives_the_same_answer_as_asking(assistant: Assistant) -> None:
    answer, _ = assistant.explain("投资前三的项目")
    assert answer.answer == assistant.ask("投资前三的项目").answer
