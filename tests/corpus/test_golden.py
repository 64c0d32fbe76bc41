"""The plan's tables and works, compared with golden files that a person can read."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from corpus.models import Cell, ClauseKind, ParsedDocument, QuantityForm, RowKind, Table
from corpus.show import render_check, render_tables, render_tree


def value(cell: Cell) -> str:
    quantity = cell.quantity
    if quantity is None:
        return cell.text
    ends = [quantity.low, quantity.high]
    figures = ["" if end is None else str(end) for end in (ends[:1] if ends[0] == ends[1] else ends)]
    return f"{cell.text} → {quantity.form} {quantity.sign} {'~'.join(figures)} {quantity.scale}{quantity.unit}".rstrip()


def rows_json(table: Table) -> str:
    rows = []
    for row in table.data_rows:
        cells = {table.columns[cell.column].name: value(cell) for cell in row.cells}
        groups = {group.label: group.name for group in row.groups}
        rows.append({"行": row.number, **groups, **cells})
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [("指标表", "indicators.json", 36), ("项目表", "projects.json", 39), ("专家名单", "experts.json", 10)],
)
def test_each_table_of_the_plan_is_as_a_person_reads_it(plan, golden, name, file, rows):
    table = next(table for table in plan.tables if table.name == name)
    assert len(table.data_rows) == rows
    golden(file, rows_json(table))


def test_the_five_actions_and_24_works_hold_their_lead_and_responsible_agencies(plan, golden):
    tasks = [clause for clause in plan.clauses if clause.path[0] == "三、主要任务"]
    actions = [clause for clause in tasks if clause.kind is ClauseKind.LEVEL2]
    works = [clause for clause in tasks if clause.kind is ClauseKind.LEVEL3]
    assert (len(actions), len(works)) == (5, 24)
    lines = []
    for clause in [*actions, *works]:
        fields = {field.name: [one.text for one in field.values] for field in clause.fields}
        lines.append({"条款": " / ".join(clause.path[1:]), **fields})
    golden("works.json", json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
    assert all("牵头部门" in line for line in lines[5:])


def test_the_tree_and_the_check_of_the_plan_read_as_before(plan, golden):
    golden("tree.txt", render_tree(plan))
    golden("tables.txt", render_tables(plan))
    golden("check.txt", render_check(plan))


def test_the_project_table_proves_itself_by_its_own_total_row(plan):
    projects = next(table for table in plan.tables if table.name == "项目表")
    (check,) = projects.checks
    assert (check.stated, check.computed, check.rows) == (Decimal("2048.463"), Decimal("2048.463"), 39)
    assert check.agrees
    assert "项目表：合计 2048.463 与 39 行之和一致" in [remark.message for remark in plan.remarks]


def test_every_project_has_its_action_and_its_work(plan: ParsedDocument):
    projects = next(table for table in plan.tables if table.name == "项目表")
    assert all([group.level for group in row.groups] == [0, 1] for row in projects.data_rows)
    labels = {group.label for row in projects.rows if row.kind is RowKind.GROUP for group in row.groups}
    assert len([label for label in labels if label.startswith("重点行动")]) == 5
    assert len([label for label in labels if label.startswith("重点工程")]) == 24


def test_every_value_of_a_numeric_column_is_typed(plan: ParsedDocument):
    for table in plan.tables:
        for row in table.data_rows:
            for cell in row.cells:
                typed = table.columns[cell.column].kind != "text"
                assert (cell.quantity is not None) == typed, cell
    words = [
        cell.text
        for table in plan.tables
        for row in table.rows
        for cell in row.cells
        if cell.quantity and cell.quantity.form is QuantityForm.WORDS
    ]
    assert words == ["完成自治区下达的目标任务"]


def test_what_the_plan_lacks_is_remarked(plan: ParsedDocument):
    messages = "\n".join(remark.message for remark in plan.remarks)
    for expected in ("附件1", "附件2", "附件3", "18.农村牧区人居环境整治工程”缺少句末标点", "可疑字符“ш”"):
        assert expected in messages
    assert "附件4" not in messages
