"""Figures of other places, units of other tables and days of other things are not told as those asked for."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.short_places import ShortPlaces
from corpus.front import find_given
from tests.assistant.conftest import OpenPapers

_REPORT = """政府工作报告

——2024年2月6日在青禾县第八届人民代表大会第四次会议上

青禾县人民政府县长

各位代表：

现在，我代表县人民政府，向大会报告工作。

一、2023年工作回顾

全市社会消费品零售总额突破742亿元，我县占到一成以上。
石桥镇新建幼儿园2所，新增学位1800个。
全年新增城镇就业3100人。
"""
_WELFARE = """# 青禾县民政情况

| 乡镇 | 救助人次 |
|---|---|
| 上河 | 450 |
| 下河 | 310 |

单位：万元

| 乡镇 | 发放金额 |
|---|---|
| 东岭 | 92 |
| 西岭 | 75 |
"""


@pytest.fixture(scope="module")
def county(open_papers: OpenPapers) -> Assistant:
    return open_papers({"报告.txt": _REPORT, "民政.md": _WELFARE})


@pytest.mark.parametrize("question", ["青禾县新增学位多少个", "全县新增学位多少个", "青禾县社会消费品零售总额是多少"])
def test_a_figure_of_another_place_is_not_the_whole_place_s(county: Assistant, question: str) -> None:
    assert county.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said"),
    [("石桥镇新增学位多少个", "1800个"), ("全县新增城镇就业多少人", "3100人"), ("青禾县新增城镇就业多少人", "3100人")],
)
def test_a_figure_of_the_place_asked_for_is_told(county: Assistant, question: str, said: str) -> None:
    assert said in county.ask(question).answer


def test_a_unit_noted_right_above_a_table_is_none_of_the_table_before(county: Assistant) -> None:
    assert "万元" not in county.ask("上河的救助人次是多少").answer.split("\n")[0]
    assert "450" in county.ask("上河的救助人次是多少").answer
    assert "92万元" in county.ask("东岭的发放金额是多少").answer


def test_a_day_within_a_sentence_is_not_the_day_a_paper_was_given() -> None:
    assert find_given("关于工作的通知\n2023年1月5日在全市工作会议上，有关负责同志提出要求。") == ""
    assert find_given("政府工作报告\n——2024年2月6日在青禾县第八届人民代表大会第四次会议上") == "2024年2月6日"


@pytest.mark.parametrize(("texts", "said"), [(["云水后旗"], "云水后旗"), (["云水后旗", "云山旗"], "云旗")])
def test_a_short_name_is_written_in_full_where_one_name_alone_fits(texts: list[str], said: str) -> None:
    assert ShortPlaces(lambda: texts, frozenset()).in_full("云旗有多少项目") == f"{said}有多少项目"
