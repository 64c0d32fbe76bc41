"""What any document states in two places is aligned by name, year and scope, and compared with signs and units."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.agreement.compare import compare
from corpus.agreement.find import find_agreement
from corpus.agreement.models import Finding, Topic, Verdict
from corpus.conversion import Units
from corpus.knowledge import load_knowledge
from corpus.models import DocumentInfo
from corpus.numerals import parse_quantity
from corpus.parse import parse_corpus, parse_document

KNOWLEDGE = load_knowledge()
OFFICE = Path(__file__).parent.parent / "samples" / "office"

PLAN = """# 青山县生态三年计划

一、总体目标

到2025年，{text}。

二、指标

| 序号 | 指标 | 2020年 | 2025年 | 责任单位 |
|---|---|---|---|---|
| 1 | 森林覆盖率（%） | 20.1 | 30 | 县林业局 |
| 2 | 单位国内生产总值能耗（吨标准煤/万元） | 0.9 | 0.7 | 县发改局 |
| 3 | 新增造林面积（万亩） | 1 | 3 | 县林业局 |
| 4 | 城镇居民人均可支配收入（元） | 30000 | 40000 | 县统计局 |
"""


def find(text: str) -> tuple[Finding, ...]:
    return find_agreement([parse_document(DocumentInfo("d", "", "d.md", ""), text.encode())], KNOWLEDGE)


# what the text says | the verdict on it and the table
CASES = """
森林覆盖率达到30% | agrees
全县森林覆盖率达到30%以上 | agrees
森林覆盖率由2020年的20.1%提高到30% | agrees
森林覆盖率达到25%以上 | loose
森林覆盖率稳定在28%左右 | differs
森林覆盖率达到32% | differs
万元GDP能耗下降到0.7吨标煤 | agrees
万元GDP（地区生产总值）能源消耗降至0.65吨标煤 | differs
新增造林面积2000公顷 | agrees
新增造林面积2万亩 | differs
城镇居民人均可支配收入达到4.2万元 | differs
城镇居民人均可支配收入达到4万元 | agrees
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("text", "verdict"), ROWS)
def test_a_figure_of_the_text_is_compared_with_the_cell_of_its_year(text: str, verdict: str) -> None:
    found = [one for one in find(PLAN.format(text=text)) if one.year == "2025"]
    assert [one.verdict for one in found] == [Verdict(verdict)]


@pytest.mark.parametrize(
    "text",
    [
        "森林覆盖率提高5个百分点",
        "城市森林覆盖率达到40%",
        "农村居民人均可支配收入达到3万元",
        "建设森林覆盖率30%以上的乡镇5个",
        "森林蓄积量达到30万立方米",
    ],
)
def test_what_only_looks_alike_is_not_one_thing(text: str) -> None:
    assert find(PLAN.format(text=text)) == ()


def test_a_year_above_a_list_governs_its_items() -> None:
    listed = "主要目标如下：\n\n——生态更好。森林覆盖率达到31%。\n\n——民生更好。城镇居民人均可支配收入达到40000元"
    verdicts = {one.subject: one.verdict for one in find(PLAN.format(text=listed))}
    assert verdicts == {"森林覆盖率": Verdict.DIFFERS, "城镇居民人均可支配收入": Verdict.AGREES}


WORKS = """# 青山县行动计划

一、任务

实施河道治理、水库加固、村庄绿化等{count}项工程。

1.河道治理工程。整治河道{length}公里。（牵头单位：{agency}）

2.水库加固工程。加固水库5座。（牵头单位：县水利局、县财政局）

3.村庄绿化工程。（牵头单位：县林业局）

二、项目表

| 序号 | 项目名称 | 牵头单位 | 计划投资（万元） | 建设内容 |
|---|---|---|---|---|
| 1 | 河道治理工程 | 县水利局 | 100 | 整治河道12公里，并清除沿岸垃圾。 |
| 2 | 水库加固工程 | 县水利局 | 200 | 加固县内老旧水库，保障下游防洪安全。 |
| 3 | 村庄绿化工程 | 林业局 | 50 | 在全县各行政村植树造林并做好管护。 |
| 合计 | | | {total} | |
"""


def verdicts(count: str = "3", length: str = "12", agency: str = "县水利局", total: str = "350") -> dict[str, Verdict]:
    text = WORKS.format(count=count, length=length, agency=agency, total=total)
    return {f"{one.topic.value} {one.subject}": one.verdict for one in find(text)}


def test_a_row_under_the_name_of_a_work_names_all_its_leaders() -> None:
    assert verdicts()["agency 水库加固工程"] is Verdict.DIFFERS
    assert verdicts()["agency 村庄绿化工程"] is Verdict.AGREES


def test_the_leader_of_a_work_is_compared_with_its_row() -> None:
    assert verdicts()["agency 河道治理工程"] is Verdict.AGREES
    assert verdicts(agency="县农业局")["agency 河道治理工程"] is Verdict.DIFFERS


def test_a_figure_belongs_to_the_work_that_it_stands_under() -> None:
    works = WORKS.format(count="3", length="12", agency="县水利局", total="350")
    assert "整治河道" in [one.subject for one in find(works)]
    moved = works.replace("整治河道12公里。", "").replace("3.村庄绿化工程。", "3.村庄绿化工程。整治河道20公里。")
    assert "整治河道" not in [one.subject for one in find(moved)]


@pytest.mark.parametrize(("count", "verdict"), [("3", Verdict.AGREES), ("三", Verdict.AGREES), ("4", Verdict.DIFFERS)])
def test_a_stated_number_of_works_is_counted(count: str, verdict: Verdict) -> None:
    assert verdicts(count=count)["count 工程的数量"] is verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("85%以上", "85", Verdict.AGREES),
        ("超过99%", "≥99", Verdict.AGREES),
        ("85%以上", "88%", Verdict.LOOSE),
        ("约300家", "305家", Verdict.LOOSE),
        ("85%", "88%", Verdict.DIFFERS),
        ("50%以上", "99%以上", Verdict.DIFFERS),
        ("85%以上", "80%以下", Verdict.DIFFERS),
        ("2.5:1", "3:1", Verdict.DIFFERS),
        ("1.5吨标煤", "1.5吨标准煤/万元", Verdict.AGREES),
        ("0.2万公顷", "3万亩", Verdict.AGREES),
        ("3万家", "30000家", Verdict.AGREES),
        ("3万亩", "3万人", None),
    ],
)
def test_figures_are_compared_with_their_signs_and_units(one: str, other: str, verdict: Verdict | None) -> None:
    first, second = parse_quantity(one), parse_quantity(other)
    assert first is not None
    assert second is not None
    assert compare(first, second, Units(KNOWLEDGE.units)) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("全县共安排3个项目", [Verdict.AGREES]),
        ("全县共安排5个项目", [Verdict.DIFFERS]),
        ("其中水利项目共安排2个项目", []),
        ("推广5个项目的做法", []),
    ],
)
def test_a_number_of_rows_in_all_is_counted(text: str, verdict: list[Verdict]) -> None:
    works = WORKS.format(count="3", length="12", agency="县水利局", total="350")
    found = find(works.replace("一、任务\n", f"一、任务\n\n{text}。\n"))
    assert [one.verdict for one in found if one.subject == "项目的数量"] == verdict


@pytest.mark.parametrize(("total", "verdict"), [("350", Verdict.AGREES), ("360", Verdict.DIFFERS)])
def test_a_total_is_compared_with_the_sum_of_its_rows(total: str, verdict: Verdict) -> None:
    found = verdicts(total=total)
    assert [one for name, one in found.items() if name.startswith(Topic.TOTAL.value)] == [verdict]


def test_other_documents_raise_no_alarm() -> None:
    documents = parse_corpus(OFFICE)
    assert find_agreement(documents, load_knowledge(OFFICE)) == ()


YEARS = """# 白水镇发展计划（2025—2026年）

一、目标

{text}

二、指标

| 指标 | 单位 | {first} | {second} | 性质 |
|---|---|---|---|---|
| 垃圾分类覆盖率 | % | 61 | 88 | 约束性 |
| 水产品产值 | 亿元 | 7.5 | 9 | 预期性 |
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [("2024年完成", "2026年目标"), ("2024年实际", "2026年计划"), ("上年完成", "本年目标"), ("现状值", "目标值")],
)
def test_two_columns_of_one_row_never_state_one_quantity(first: str, second: str) -> None:
    assert find(YEARS.format(text="建设幸福白水。", first=first, second=second)) == ()


@pytest.mark.parametrize(("text", "verdict"), [("88%", Verdict.AGREES), ("80%", Verdict.DIFFERS)])
def test_a_column_of_a_year_and_its_target_is_compared_with_the_text_of_that_year(text: str, verdict: Verdict) -> None:
    text = f"到2026年，垃圾分类覆盖率达到{text}。"
    found = find(YEARS.format(text=text, first="2024年完成", second="2026年目标"))
    assert [(one.year, one.verdict) for one in found] == [("2026", verdict)]


def test_items_of_an_article_each_speak_of_their_own() -> None:
    items = "（一）检测服务，抵用比例30%；\n（二）设计服务，抵用比例40%。\n"
    found = find(f"# 甲县创新券办法\n\n第一条 为了鼓励创新，制定本办法。\n第二条 抵用比例如下：\n{items}")
    assert not [one for one in found if one.verdict is Verdict.DIFFERS]
