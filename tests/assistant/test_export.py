"""What is exported opens in the programs of an office, with every source, and runs nothing."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import escape
from typing import Any

import docx
import openpyxl
import pytest
from markdown_it import MarkdownIt

from assistant.conversations.models import Turn, TurnState
from assistant.export.conversations import STOPPED, conversation_docx, conversation_markdown
from assistant.export.tables import answer_csv, answer_xlsx
from assistant.models import Answer, Calculation, ResultTable


@pytest.fixture
def listed(scripted: Any) -> Answer:
    table = ResultTable(
        ("序号", "项目", "投资（亿元）"), (("1", "甲", "1.10"), ("2", '=HYPERLINK("x")', "2.25"), ("3", "@x", "-3"))
    )
    return replace(scripted.ask("十大孔兑"), table=table)


def turn(answer: Answer | None, question: str = "问<b>") -> Turn:
    state = TurnState.DONE if answer else TurnState.STOPPED
    return Turn("a" * 32, "b" * 32, 1, question, (), state, "", "g1", answer)


def test_a_workbook_holds_rows_total_and_sources(listed: Answer) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answer_xlsx(listed)))

    rows = [[cell.value for cell in row] for row in book["结果"].iter_rows()]
    assert book.sheetnames == ["结果", "来源", "问题"]
    assert rows[0] == ["序号", "项目", "投资（亿元）"]
    assert [row[2] for row in rows[1:]] == [1.1, 2.25, -3, 0.35]
    sources = [[cell.value for cell in row] for row in book["来源"].iter_rows(min_row=2)]
    assert [(row[0], row[3], row[4]) for row in sources] == [(c.index, c.locator, c.quote) for c in listed.citations]
    assert [cell.value for cell in book["问题"]["B"]][:1] == [listed.question]


def test_sums_stand_before_the_rows_that_were_summed(listed: Answer) -> None:
    summed = replace(listed, calculation=Calculation("甲：1.5亿元；乙：2亿元；丙：0.25亿元", "SELECT … GROUP BY x"))

    book = openpyxl.load_workbook(io.BytesIO(answer_xlsx(summed)))

    assert book.sheetnames == ["结果", "来源", "明细", "问题"]
    rows = [[cell.value for cell in row] for row in book["结果"].iter_rows()]
    assert rows == [["名称", "数值（亿元）"], ["甲", 1.5], ["乙", 2], ["丙", 0.25], ["合计", 3.75]]
    assert book["明细"].max_row == 5
    lines = list(csv.reader(io.StringIO(answer_csv(summed).decode("utf-8-sig"))))
    assert lines[4:7] == [["合计", "3.75"], [], ["序号", "项目", "投资（亿元）"]]


def test_no_cell_is_a_formula(listed: Answer) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answer_xlsx(listed)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    text = answer_csv(listed).decode("utf-8-sig")
    loose = [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell[:1] in "=+@" and cell]
    assert loose == []


def test_a_csv_holds_the_rows_and_then_the_sources(listed: Answer) -> None:
    rows = list(csv.reader(io.StringIO(answer_csv(listed).decode("utf-8-sig"))))

    assert rows[:2] == [["序号", "项目", "投资（亿元）"], ["1", "甲", "1.10"]]
    assert rows[4] == ["合计", "", "0.35"]
    assert [row[3] for row in rows[7:]] == [citation.locator for citation in listed.citations]


def test_control_characters_do_not_break_a_file(listed: Answer) -> None:
    hostile = replace(listed, answer="甲\x0b\x00乙", table=ResultTable(("列\x01",), (("值\x02",),)))

    assert openpyxl.load_workbook(io.BytesIO(answer_xlsx(hostile)))["结果"]["A2"].value == "值"
    assert docx.Document(io.BytesIO(conversation_docx("题\x00", [turn(hostile, "问\x03")])))


def test_a_word_file_holds_questions_answers_tables_and_sources(listed: Answer) -> None:
    paper = docx.Document(io.BytesIO(conversation_docx("十大孔兑", [turn(listed), turn(None)])))

    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "1. 问<b>" in text
    assert "都是水利局" in text
    assert "**" not in text
    assert STOPPED in text
    assert all(f"[{citation.index}] 《{citation.document}》" in text for citation in listed.citations)
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["1", "甲", "1.10"]


def test_markdown_holds_the_same_and_a_cell_cannot_break_its_table(listed: Answer) -> None:
    broken = replace(listed, table=ResultTable(("列",), (("甲|乙\n丙",),)), standalone="补全的问题")

    text = conversation_markdown("题\n# 假", [turn(broken), turn(None)])

    assert text.startswith("# 题 # 假\n")
    assert "| 甲\\|乙 丙 |" in text
    assert "理解为：补全的问题" in text
    assert STOPPED in text
    assert text.count("- [") == len(listed.citations)


@pytest.mark.parametrize(
    "typed",
    [
        "<img src=x onerror=alert(1)>",
        "[看](javascript:alert(1))",
        "![图](http://e.example/x.png)",
        "<script>alert(1)</script>",
        "&lt;b&gt; &#60;i>",
        "*强调* __线__ `码` ~~删~~",
        "a \\<b>",
    ],
)
def test_what_was_typed_is_shown_by_a_reader_of_markdown_as_it_is(listed: Answer, typed: str) -> None:
    table = ResultTable((typed, "列"), ((typed, "1"),))
    echo = replace(listed, answer=f"没有提到“{typed}”。[1]", table=table, standalone=typed)

    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(conversation_markdown(typed, [turn(echo, typed)]))
    )

    assert not re.search(r"<(?:img|a|script|b|i|del|code)\b", html)
    assert html.count(escape(typed, quote=False).replace('"', "&quot;")) == 6
    assert "[1]" in html
