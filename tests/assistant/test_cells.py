"""Tables of pairs and headers of two lines are answered from cells. Example: 看护人是谁 → 孙立群, beside 看护人."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.cells.tables import CellFinder, grid_of
from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from tests.assistant.conftest import OpenPapers

HEADERS = Path(__file__).resolve().parent.parent / "samples" / "headers"
OFFICE = HEADERS.parent / "office"


@pytest.fixture(scope="module")
def factory(open_papers: OpenPapers) -> Assistant:
    return open_papers(HEADERS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("看护人是谁", "看护人是孙立群。[1]"),
        ("建成年份是哪一年", "建成年份是2019年。[1]"),
        ("东仓的地面材质是什么", "地面材质是水磨石。[1]"),
        ("屋顶和地面分别是什么材质", "屋顶材质是彩钢；地面材质是水磨石。[1][2]"),
        ("五金的期初账面余额是多少", "五金的期初数账面余额是15.70。[1]"),
        ("年初五金的跌价准备是多少", "五金的期初数跌价准备是0.40。[1]"),
        ("油漆的账面余额期末和期初分别是多少", "油漆的期末数账面余额是6.80；油漆的期初数账面余额是7.25。[1][2]"),
    ],
)
def test_cells_that_explain_the_whole_question_answer(factory: Assistant, question: str, said: str) -> None:
    answer = factory.ask(question)
    assert (answer.kind, answer.answer) == (AnswerKind.LOOKUP, said)


@pytest.mark.parametrize(
    "question", ["玻璃的期初账面余额", "五金的销售单价是多少", "2030年五金的账面余额", "账面余额最大的是哪个"]
)
def test_a_word_that_no_head_explains_leaves_the_question_open(factory: Assistant, question: str) -> None:
    assert factory.ask(question).kind is AnswerKind.REFUSAL


def test_the_citation_is_the_row_up_to_the_cell_and_names_its_heads(
    factory: Assistant,
) -> None:
    (citation,) = factory.ask("五金的期初账面余额是多少").citations
    assert citation.quote == "五金 | 17.30 | 0.60 | 15.70"
    assert citation.quote == factory.documents[0].text[citation.start : citation.end]
    assert citation.locator.endswith("第3行 “五金的期初数账面余额”")


def table_of(document: ParsedDocument, name: str) -> list[list[str]]:
    table = next(table for table in document.tables if table.name == name)
    grid = grid_of(table).grid
    return [[grid.cells[number].text for number in line] for line in grid.at]


def test_the_grid_of_a_table_begins_with_its_first_line(factory: Assistant) -> None:
    assert table_of(factory.documents[0], "仓库登记")[0] == ["仓库名称", "东仓", "建成年份", "2019年"]


def test_equal_neighbours_in_the_header_are_one_cell(factory: Assistant) -> None:
    table = next(table for table in factory.documents[0].tables if table.name == "存货余额表")
    assert grid_of(table).grid.at[0] == (0, 1, 1, 2, 2)


def test_lists_under_one_header_are_told_from_pairs_and_from_headers_of_two_lines(factory: Assistant) -> None:
    finder = CellFinder()
    lists = [table for document in parse_corpus(OFFICE) for table in document.tables]
    assert [finder.has_plain_header(table) for table in lists] == [True, True]
    assert [finder.has_plain_header(table) for table in factory.documents[0].tables] == [False, False]
