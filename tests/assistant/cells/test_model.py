"""Cells are found in tables whose heads nobody named. Example: 校医室在哪 → 东楼一层, in a table of pairs."""

import json
from importlib import resources

import pytest

from assistant.understand.cells.grid import Grid, make_grid
from assistant.understand.cells.model import WEIGHTS, load_model


def grid(text: str) -> Grid:
    """Return the grid of ``|`` lines; a cell that says < or ^ belongs to the cell there."""
    at: list[list[int]] = []
    texts: list[str] = []
    for row, line in enumerate(text.strip().splitlines()):
        at.append([])
        for column, cell in enumerate(part.strip() for part in line.split("|")):
            merged = {"<": at[row][column - 1] if column else 0, "^": at[row - 1][column] if row else 0}
            if cell not in merged:
                texts.append(cell)
            at[row].append(merged.get(cell, len(texts) - 1))
    return make_grid(at, texts)


PAIRS = grid("品牌 | 青山 | 颜色 | 白色\n材质 | 橡木 | 重量 | 12千克\n产地 | 云南 | 保修期 | 两年")
LEVELS = grid(
    "项目 | 期末数 | < | 期初数 | <\n^ | 账面余额 | 减值准备 | 账面余额 | 减值准备\n"
    "木材 | 41.50 | 2.10 | 38.20 | 1.90\n五金 | 17.30 | 0.60 | 15.70 | 0.40\n合计 | 58.80 | 2.70 | 53.90 | 2.30"
)
SIDEWAYS = grid("姓名 | 赵一 | 钱二 | 孙三\n出资方式 | 货币 | 设备 | 货币\n出资比例 | 40% | 35% | 25%")


@pytest.mark.parametrize(
    ("table", "question", "texts"),
    [
        (PAIRS, "请问是用什么材质做的？", ["橡木"]),
        (PAIRS, "产地和保修期分别是什么？", ["云南", "两年"]),
        (LEVELS, "五金的期末账面余额是多少？", ["17.30"]),
        (LEVELS, "年初的时候，木材的减值准备是多少？", ["1.90"]),
        (LEVELS, "木材的账面余额期末和期初分别是多少？", ["41.50", "38.20"]),
        (SIDEWAYS, "钱二的出资比例是多少？", ["35%"]),
        (SIDEWAYS, "孙三的出资方式和出资比例分别是什么？", ["货币", "25%"]),
    ],
)
def test_the_cells_asked_for_are_found_no_more_and_no_less(table: Grid, question: str, texts: list[str]) -> None:
    model = load_model()
    assert [table.cells[number].text for number in model.find(question, model.read(table)).cells] == texts


@pytest.mark.parametrize("question", ["", "？", "钱" * 500, "'; DROP TABLE 表; --"])
@pytest.mark.parametrize("table", [grid("甲"), grid("甲 | 乙"), grid("甲\n乙"), grid(" | \n | ")])
def test_any_question_and_any_table_are_taken(question: str, table: Grid) -> None:
    model = load_model()
    assert model.find(question, model.read(table)).cells


@pytest.mark.parametrize("table", [PAIRS, LEVELS, SIDEWAYS])
def test_nothing_is_sure_where_the_table_does_not_speak_of_what_is_asked(table: Grid) -> None:
    model = load_model()
    assert not model.find("今天下午的会议在几点开始？", model.read(table)).is_sure


def test_the_weights_hold_numbers_alone() -> None:
    def leaves(node: object) -> list[object]:
        if isinstance(node, dict):
            node = list(node.values())
        return [leaf for item in node for leaf in leaves(item)] if isinstance(node, list) else [node]

    text = (resources.files("assistant.understand.cells") / WEIGHTS).read_text(encoding="utf-8")
    assert {type(leaf) for leaf in leaves(json.loads(text))} <= {int, float}
    assert len(text) < 300_000
