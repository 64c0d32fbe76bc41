"""A result is right where its rows are exactly the gold rows; what a folder lacks is said in Chinese."""

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from evals.errors import DataUnknown
from evals.public.report import Half, half_of
from evals.public.sets import evaluate_folder
from evals.public.sql_gold import Kind, read_gold
from evals.public.sql_result import result_of, to_value
from evals.public.table_sql import is_right

HEADERS = frozenset({"项目名称", "均价", "套数"})


def row(answer: str = "", table: object = None, expression: str = "") -> dict[str, object]:
    return {"kind": "lookup", "answer": answer, "table": table, "calculation": {"expression": expression}}


@pytest.mark.parametrize(
    ("sql", "kind", "selected"),
    [
        ('SELECT "均价" FROM "t" WHERE "项目名称" = \'甲\';', Kind.VALUES, ("均价",)),
        ('SELECT "项目名称" FROM "t" ORDER BY "均价" ASC LIMIT 5;', Kind.ORDER, ("项目名称",)),
        (
            'SELECT "项目名称" FROM "t" WHERE "项目名称" IN (\'甲\',\'乙\') ORDER BY "均价" LIMIT 1;',
            Kind.COMPARE,
            ("项目名称",),
        ),
        ('SELECT COUNT(*) AS n FROM "t" WHERE "项目名称" = \'甲\';', Kind.COUNT, ()),
        (
            'SELECT "项目名称" FROM (SELECT "项目名称","均价" FROM "t" ORDER BY "套数" DESC LIMIT 5) AS x '
            'ORDER BY "均价" LIMIT 1;',
            Kind.TWICE,
            ("项目名称",),
        ),
    ],
)
def test_a_gold_statement_says_what_it_asks_for(sql: str, kind: Kind, selected: tuple[str, ...]) -> None:
    gold = read_gold(sql, HEADERS)

    assert (gold.kind, gold.selected) == (kind, selected)


@pytest.mark.parametrize(
    ("given", "selected", "result"),
    [
        (row("“甲”的均价2.8[1]更低；“乙”的均价3.66[2]。"), ("项目名称",), (("甲",),)),
        (row("“甲”的均价是2.8。[1]"), ("均价",), ((Decimal("2.8"),),)),
        (row(expression="1669 - 78.1 = 1590.9"), (), ((Decimal("1590.9"),),)),
        (row(expression="共 3 个"), (), ((Decimal(3),),)),
        (row(table={"columns": ["名称", "数值"], "rows": [["“甲”", "2.80"]]}), ("均价",), ((Decimal("2.8"),),)),
        (
            row("分别见2张表。\n\n- 某表2021年：“甲”的均价是1。[1]\n- 某表2022年：“甲”的均价是2。[2]"),
            ("年份", "均价"),
            ((Decimal(2021), Decimal(1)), (Decimal(2022), Decimal(2))),
        ),
    ],
)
def test_a_result_is_read_from_the_answer_row(given: object, selected: tuple[str, ...], result: object) -> None:
    assert result_of(given, selected) == result


@pytest.mark.parametrize(
    ("result", "gold", "ordered", "right"),
    [
        ((("乙",), ("甲",)), [["甲"], ["乙"]], False, True),
        ((("乙",), ("甲",)), [["甲"], ["乙"]], True, False),
        ((("甲",), ("乙",), ("丙",)), [["甲"], ["乙"]], False, False),
        ((("甲",),), [["甲"], ["乙"]], False, False),
        (((Decimal("0.3"),),), [[0.30000000000000004]], False, True),
        (None, [["甲"]], False, False),
    ],
)
def test_one_row_more_or_less_is_wrong(result: object, gold: list[list[object]], ordered: bool, right: bool) -> None:
    assert is_right(result, gold, ordered=ordered) is right


def test_an_empty_cell_is_no_value() -> None:
    assert to_value(None) == to_value("（原表此处为空）") == ""


def test_an_id_lies_in_the_same_half_on_every_machine() -> None:
    assert [half_of(f"q{number}") for number in range(4)] == [Half.LEARN, Half.TEST, Half.TEST, Half.TEST]


def test_a_folder_that_holds_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataUnknown, match="无法读取"):
        evaluate_folder(tmp_path)
    with gzip.open(tmp_path / "tables.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"other": 1}))
    with pytest.raises(DataUnknown, match="不是认识的公开题集"):
        evaluate_folder(tmp_path)
    (tmp_path / "tables.jsonl.gz").write_bytes(b"no zip")
    with pytest.raises(DataUnknown):
        evaluate_folder(tmp_path)
