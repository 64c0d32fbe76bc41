"""A bulletin with a row for the whole area, subtotals in a later cell and grades by points: none is another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.known_by import known_by
from corpus.models import ParsedDocument, RowKind
from corpus.parse import parse_corpus
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).parent.parent / "samples" / "areas"


@pytest.fixture(scope="module")
def bulletin(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


def _document(name: str) -> ParsedDocument:
    return next(one for one in parse_corpus(SAMPLES) if name in one.info.file)


def _head(bulletin: Assistant, question: str, until: str = "依据：") -> str:
    return bulletin.ask(question).answer.split(until)[0]


def _tells(bulletin: Assistant, question: str, said: str, other: str, until: str = "依据：") -> str:
    head = _head(bulletin, question, until)
    assert said in head
    assert other not in head
    return head


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("哪个地区规上企业最多", "东岭区（24家）", "45"),
        ("各地区规上企业一共多少家", "合计45家", "90"),
        ("规上企业数超过10家的地区有哪些", "共2个", "45"),
        ("增速高于平均数的地区有哪些", "共1个", "西岭区"),
        ("哪个地方的5G基站最少", "石滩县（180个）", "750"),
    ],
)
def test_the_row_of_the_whole_area_is_none_of_the_places(
    bulletin: Assistant, question: str, said: str, other: str
) -> None:
    _tells(bulletin, question, said, other)


def test_the_whole_area_is_told_where_it_is_asked_for_itself(bulletin: Assistant) -> None:
    assert "45家" in _head(bulletin, "全市规上企业数是多少")


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("哪些地区增速高于全市平均水平", "东岭区", "西岭区"),
        ("增速比全市低的有哪些地区", "西岭区", "东岭区"),
        ("增速没超过全市的地区有哪些", "西岭区", "东岭区"),
        ("增速未达到全市水平的地区有哪些", "西岭区", "东岭区"),
    ],
)
def test_figures_are_bounded_by_that_of_the_whole_area(
    bulletin: Assistant, question: str, said: str, other: str
) -> None:
    assert "7.1" in _tells(bulletin, question, said, other)


@pytest.mark.parametrize("question", ["规上企业数超过10家的有哪些地方", "哪些地方的规上企业数超过10家"])
def test_places_are_the_rows_of_a_table_of_places_and_not_their_addresses(bulletin: Assistant, question: str) -> None:
    answer = bulletin.ask(question)
    assert len(answer.citations) == 2
    assert "共2个" in answer.answer


def test_a_row_with_a_cell_that_is_nothing_but_subtotal_heads_a_group() -> None:
    table = _document("仓储公报").tables[1]
    assert [row.kind for row in table.rows].count(RowKind.TOTAL) == 3
    assert [row.groups[0].name for row in table.data_rows] == ["仓储枢纽项目"] * 2 + ["末端配送项目"] * 2
    assert all(check.agrees for check in table.checks)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("重点项目里总投资最大的是哪个", "东岭仓储园（3200万元）"),
        ("仓储枢纽项目总投资一共多少", "5000万元"),
        ("总投资1000万元以上的项目有哪些", "共2个"),
        ("仓储项目总投资一共多少", "6100万元"),
    ],
)
def test_subtotals_are_not_counted_among_their_rows(bulletin: Assistant, question: str, said: str) -> None:
    assert said in _head(bulletin, question)


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("年度评价得了82分算什么等次", "75分至89分为合格", "优秀"),
        ("年度评价60分是什么等次", "75分以下为不合格", "至89分"),
    ],
)
def test_points_are_told_by_the_grade_whose_range_they_fall_in(
    bulletin: Assistant, question: str, said: str, other: str
) -> None:
    _tells(bulletin, question, said, other, until="\n")


def test_points_of_what_is_not_graded_are_told_no_grade(bulletin: Assistant) -> None:
    assert bulletin.ask("旅客满意度得了82分算什么等次").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云仓是什么", "不含农户自建的粮仓"),
        ("固定资产投资是增长还是下降", "下降4.1%"),
        ("快件出口了多少", "出口4.8亿元"),
    ],
)
def test_the_words_that_answer_are_not_cut_off(bulletin: Assistant, question: str, said: str) -> None:
    assert said in bulletin.ask(question).answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石滩县电话多少", ["6000 1003"]),
        ("石滩县找谁", ["石滩县商务局值班员"]),
        ("石滩县年检找谁，电话多少", ["石滩县商务局值班员", "6000 1003"]),
        ("西岭区的联系方式是什么", ["6000 1002"]),
    ],
)
def test_whom_to_call_is_asked_for_as_people_ask(bulletin: Assistant, question: str, said: list[str]) -> None:
    answer = bulletin.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert all(one in answer.answer for one in said)


def test_the_short_word_that_a_document_has_for_its_title_stands_around_its_rows(bulletin: Assistant) -> None:
    assert known_by(_document("年检通知")) == ("年检",)
    assert "6000 1001" in _head(bulletin, "东岭区年检联系电话多少")


def test_a_telephone_of_something_else_is_not_told(bulletin: Assistant) -> None:
    assert bulletin.ask("石滩县举报电话是多少").kind is AnswerKind.REFUSAL
    assert "6000 2003" in _head(bulletin, "石滩县监督电话多少")
    assert "6000" not in _head(bulletin, "石滩县负责人电话多少")


def test_a_sum_of_the_whole_area_bounds_none_of_its_places(bulletin: Assistant) -> None:
    assert "共3个" not in bulletin.ask("规上企业数低于全市平均的地区有几个").answer


def test_a_grade_given_whatever_the_points_are_is_not_passed_over(bulletin: Assistant) -> None:
    answer = bulletin.ask("年度评价95分但发生安全事故的是什么等次").answer
    assert not answer.startswith("90分以上为优秀")
