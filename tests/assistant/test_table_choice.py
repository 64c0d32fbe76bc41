"""Out of many tables the few that explain a question are looked at, and several named side by side are each asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.knowledge import load_knowledge
from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document
from evals.public.table_index import TableIndex

TOWNS = ("青山县", "白水县", "东湖区", "西塘区", "南岭县")
CROPS = (("小麦", 10, 21), ("水稻", 20, 16), ("玉米", 30, 12), ("麦和谷", 5, 40), ("紫花生", 8, 18))


def harvest(town: str, month: int) -> ParsedDocument:
    lines = [f"| {name} | {area + month} | {price} |" for name, area, price in CROPS]
    text = (
        f"# 农业\n\n{town}2021年{month:02}月作物收购价格表\n\n| 作物名称 | 收购量（吨） | 单价（元） |\n|---|---|---|\n"
    )
    name = f"{town}{month}"
    return parse_document(
        DocumentInfo(id=name, title=name, file=f"{name}.md", sha256=""), (text + "\n".join(lines)).encode()
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, plan_settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harvests")
    index = TableIndex([harvest(town, month) for town in TOWNS for month in (3, 4, 5, 8)], folder, plan_settings.models)
    opened = Assistant(index, load_knowledge(folder), plan_settings.models)
    yield opened
    opened.close()


# question | the tables that are cited, in order
CHOSEN = """
2021年8月青山县小麦的收购量是多少 | 青山县8
2021年08月白水县小麦的收购量是多少 | 白水县8
东湖区2021年3月单价最高的作物是哪个 | 东湖区3
2021年4月和8月青山县小麦的收购量各是多少 | 青山县4 青山县8
2021年3月至5月西塘区水稻的收购量是多少 | 西塘区3 西塘区4 西塘区5
2021年3月青山县与南岭县小麦的收购量分别是多少 | 青山县3 南岭县3
"""


@pytest.mark.parametrize(
    ("question", "tables"), [tuple(p.strip() for p in x.split("|")) for x in CHOSEN.strip().splitlines()]
)
def test_the_tables_whose_captions_are_named_answer(assistant: Assistant, question: str, tables: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert list(dict.fromkeys(citation.document_id for citation in answer.citations)) == tables.split()


@pytest.mark.parametrize("question", ["2021年9月青山县小麦的收购量是多少", "2021年8月北河县小麦的收购量是多少"])
def test_a_month_or_place_of_no_caption_is_answered_from_none(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is not AnswerKind.LOOKUP


def test_rows_picked_by_one_figure_are_put_in_order_by_another(assistant: Assistant) -> None:
    answer = assistant.ask("2021年8月青山县收购量排名前三的作物里，单价最高的是哪个")

    assert "小麦（21元）" in answer.answer
    assert "麦和谷" not in answer.answer
    assert answer.table is not None
    assert len(answer.table.rows) == 1


def test_a_joint_inside_a_name_joins_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("2021年8月青山县麦和谷与水稻的单价分别是多少")

    assert [row[1] for row in answer.table.rows] == ["40元", "16元"] if answer.table else False


def test_the_month_and_place_before_the_first_of_several_whole_names_hold_for_all_of_them(assistant: Assistant) -> None:
    _, understood = assistant.answer("请问2021年8月青山县麦和谷与紫花生的单价之间的差额是多少")

    [combination] = understood.combinations
    captions = [side.query.table.caption for side in combination.sides if side.query]
    assert captions == ["青山县2021年08月作物收购价格表"] * 2


def test_an_asked_favour_with_a_question_word_is_no_question_of_yes_or_no(assistant: Assistant) -> None:
    answer = assistant.ask("2021年8月青山县，你能对比一下小麦和水稻，看看哪个单价更低吗")

    assert answer.answer.startswith("“水稻”")
