"""Reports of several years: a figure answers for the year that its sentence or heading tells of, not the title's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from assistant.understand.this_year import naming_years
from corpus.models import ParsedDocument
from index.build import build_index
from index.embedder import open_embedder
from tests.assistant.conftest import OpenPapers


def report(year: int, grain: str, jobs: int) -> str:
    return f"""{year}年青禾县政府工作报告
一、{year - 1}年工作回顾
全县粮食产量达到{grain}万吨。新建农村公路{jobs // 50}公里。
二、{year}年工作安排
（一）狠抓农业。新建高标准农田3万亩。
（二）改善民生。新增城镇就业{jobs}人。
"""


@pytest.fixture(scope="module")
def yearly(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("yearly"), tmp_path_factory.mktemp("yearly-index")
    for year, grain, jobs in ((2024, "41.2", 4200), (2025, "42.5", 4500)):
        (folder / f"{year}.txt").write_text(report(year, grain, jobs), encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("2024年粮食产量是多少", "42.5万吨", "41.2"),
        ("2023年粮食产量是多少", "41.2万吨", "42.5"),
        ("2024年新建农村公路多少公里", "90公里", "84公里"),
        ("2024年新增城镇就业多少人", "4200人", "4500"),
        ("2025年政府工作报告中粮食产量是多少", "42.5万吨", "41.2"),
    ],
)
def test_a_figure_is_of_the_year_above_it_and_not_of_the_titles(
    yearly: Assistant, question: str, said: str, other: str
) -> None:
    answer = yearly.ask(question)
    assert answer.kind is AnswerKind.PASSAGE
    assert said in answer.answer
    assert other not in answer.answer


@pytest.mark.parametrize("question", ["2025年粮食产量是多少", "2025年青禾县粮食产量是多少"])
def test_the_year_of_a_title_alone_answers_nothing(yearly: Assistant, question: str) -> None:
    answer = yearly.ask(question)
    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("2025年",)


@pytest.mark.parametrize("question", ["青禾县都有哪些工作安排", "两份文件有什么不同", "新增了哪些水利项目"])
def test_what_two_documents_have_in_common_or_new_is_told_only_where_it_is_asked(
    yearly: Assistant, question: str
) -> None:
    answer = yearly.ask(question)
    assert "都有的" not in answer.answer
    assert "新增的" not in answer.answer


PROJECTS = """# 青禾县2026年重点项目计划

今年安排重点项目3个。

| 序号 | 项目名称 | 总投资（万元） | 2026年计划投资（万元） | 牵头单位 |
| --- | --- | --- | --- | --- |
| 1 | 水库加固工程 | 9500 | 6000 | 县水利局 |
| 2 | 冷链物流园项目 | 12000 | 3000 | 县商务局 |
| 3 | 实训基地项目 | 18000 | 5000 | 县教育局 |
"""


@pytest.fixture(scope="module")
def projects(open_papers: OpenPapers) -> Assistant:
    return open_papers({"计划.md": PROJECTS})


@pytest.mark.parametrize("question", ["今年计划投资最少的项目是哪个", "冷链物流园项目今年计划投资多少"])
def test_this_year_is_the_year_of_the_documents_and_the_answer_says_so(projects: Assistant, question: str) -> None:
    answer = projects.ask(question).answer
    assert "3000万元" in answer
    assert "按“2026年”理解" in answer


def test_next_year_is_no_year_of_a_plan_of_this_one(projects: Assistant) -> None:
    assert projects.ask("冷链物流园项目明年计划投资多少").kind is AnswerKind.REFUSAL


def test_planned_investment_is_the_years_column_beside_the_total(projects: Assistant) -> None:
    answer = projects.ask("计划投资最少的项目是哪个").answer
    assert "冷链物流园项目（3000万元）" in answer


@pytest.mark.parametrize("title", ["某市2022—2024年行动方案", "某市2030年前碳达峰行动方案"])
def test_a_title_of_several_years_or_of_a_far_one_names_no_this_year(plan: ParsedDocument, title: str) -> None:
    document = replace(plan, info=replace(plan.info, title=title, date="2022-03-01"))
    assert naming_years("今年投资多少", [document]) == ("今年投资多少", ())


def test_a_follow_up_of_this_year_is_of_the_year_of_the_documents(projects: Assistant) -> None:
    answer = projects.ask("今年呢", ["冷链物流园项目2025年计划投资多少"])
    assert answer.standalone == "冷链物流园项目2026年计划投资多少"


@pytest.mark.parametrize(
    ("titles", "text"),
    [
        ((("某县2024年统计公报", "2025-04-08"), ("某县2025年公路计划", "2025-03-06")), "2025年投资多少"),
        ((("某县2026年重点项目计划", "2025-12-20"),), "2026年投资多少"),
        ((("某县2024年统计公报", "2025-04-08"), ("某县2026年公路计划", "2026-03-06")), "今年投资多少"),
    ],
)
def test_this_year_is_the_one_in_which_the_documents_speak(
    plan: ParsedDocument, titles: tuple[tuple[str, str], ...], text: str
) -> None:
    documents = [replace(plan, info=replace(plan.info, title=title, date=date)) for title, date in titles]
    assert naming_years("今年投资多少", documents)[0] == text
