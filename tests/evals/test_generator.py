"""Proposed questions have gold that the document gives, found apart from the product; same document, same set."""

import json
from argparse import Namespace
from collections import Counter
from decimal import Decimal

import pytest

from corpus.models import DocumentInfo
from corpus.parse import parse_document
from evals.case_files import load_cases
from evals.cases import Category, Source, alternatives
from evals.errors import DocumentUnknown, OutputUnwritable, QuestionsInvalid
from evals.export import reference
from evals.generator.clause_questions import _chinese
from evals.generator.figures import read_figure, read_years, writings
from evals.generator.generate import choose_documents, generate, read_grids, write_cases
from evals.generator.grid import Holds, values_of
from evals.generator.proposal import Phrasing
from evals.gold import find_gold
from evals.judge import judge
from evals.metrics.number_exactness import states_number
from evals.question_tools import run_question_tool

COMPUTED = {Category.AGGREGATE, Category.RANKING, Category.LIST}


@pytest.fixture(scope="module")
def proposed(documents):
    return generate(documents, documents, Phrasing())


@pytest.fixture(scope="module")
def everything(documents):
    phrasing = Phrasing()
    phrasing.target = phrasing.most_of_a_kind = 100_000
    return generate(documents, documents, phrasing)


def kind(case):
    return case.note.removeprefix("kind: ")


def read(text, name="a.md"):
    info = DocumentInfo(id="a", title="", file=name, sha256="")
    return parse_document(info, text.encode())


def table(*rows, caption="项目表"):
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([f"# {caption}", "", head, "|---" * len(rows[0]) + "|", *body, ""])


HEAD = ["项目名称", "牵头单位", "计划投资（亿元）", "完成比例（%）"]
ROWS = [
    HEAD,
    ["甲河治理项目", "水务局", "0.1", "50%"],
    ["乙湖治理项目", "水务局", "0.2", "60%"],
    ["丙路建设项目", "住建局", "0.3", "70%"],
    ["丁桥建设项目", "住建局", "0.3", "80%"],
    ["戊园建设项目", "住建局水务局", "0.05", "90%"],
]


def questions(document, *kinds):
    return [case for case in generate([document], [document], Phrasing()) if kind(case) in kinds]


def test_the_plan_gives_three_hundred_questions_of_many_kinds_evenly(proposed):
    kinds = Counter(map(kind, proposed))
    assert len(proposed) >= 300
    assert len(kinds) >= 25
    assert max(kinds.values()) <= len(proposed) / 10
    assert {case.category for case in proposed} >= COMPUTED | {
        Category.ATTRIBUTE,
        Category.INDICATOR,
        Category.REFUSAL,
        Category.PREMISE,
        Category.TEXT,
    }


def test_proposed_questions_are_marked_and_none_may_be_a_must(proposed):
    assert {case.source for case in proposed} == {Source.GENERATED}
    assert not any(case.must for case in proposed)
    assert len({case.id for case in proposed}) == len({case.question for case in proposed}) == len(proposed)


def test_the_same_document_gives_the_same_bytes(tmp_path, proposed, documents):
    for name in ("a.jsonl", "b.jsonl"):
        write_cases(generate(documents, documents, Phrasing()), tmp_path / name)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert load_cases(tmp_path / "a.jsonl") == proposed


def test_an_answer_made_of_the_gold_is_right_for_every_proposed_question(everything, documents):
    (document,) = documents
    for case in everything:
        gold = find_gold(case, documents)
        spans = [place.spans[0] for place in gold.places]
        row = {
            "kind": case.expected.kinds[0],
            "answer": "，".join([reference(case), *(alternatives(phrase)[0] for phrase in case.expected.phrases)]),
            "table": {"rows": [[name] for name in case.expected.set]},
            "missing": [alternatives(phrase)[0] for phrase in case.expected.missing],
            "citations": [
                {"document_id": document.info.id, "start": span.start, "end": span.end, "quote": span.of(document.text)}
                for span in spans
            ],
        }
        verdict = judge(gold, row, {document.info.id: document.text})
        assert (verdict.answer_problems, verdict.citation_problems) == ((), ()), case.id


def test_a_figure_or_phrase_that_is_not_computed_stands_in_the_cited_place(everything, documents):
    (document,) = documents
    for case in everything:
        if case.category in COMPUTED or case.declines or not case.evidence or kind(case) == "clause_place":
            continue
        shown = " ".join(span.of(document.text) for place in find_gold(case, documents).places for span in place.spans)
        for value in case.expected.values:
            assert states_number(shown, Decimal(value.number), ""), case.id
        if kind(case) not in ("attribute_group", "attribute_period"):
            flat = "".join(shown.split())
            assert all("".join(alternatives(p)[0].split()) in flat for p in case.expected.phrases), case.id


def wanted_of(led, kind):
    """What a second reading of the plan gives for the projects that one agency leads."""
    amounts = [project.amount for project in led]
    total = sum(amounts, Decimal(0))
    return {
        "count_where": Decimal(len(led)),
        "sum_where": total,
        "average_where": (total / len(led)).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
        "rank_max_where": max(amounts),
        "rank_min_where": min(amounts),
    }.get(kind)


def test_what_an_agency_leads_is_what_a_second_reading_of_the_plan_gives(everything, plan):
    checked = Counter()
    for case in everything:
        for agency in {project.lead for project in plan.projects}:
            if not case.question.removeprefix("列出").removeprefix("由").startswith(f"{agency}牵头的项目"):
                continue
            led = [project for project in plan.projects if project.lead == agency]
            if kind(case) == "list_where":
                assert {"".join(name.split()) for name in case.expected.set} == {project.name for project in led}
            else:
                numbers = {Decimal(one) for value in case.expected.values for one in alternatives(value.number)}
                assert wanted_of(led, kind(case)) in numbers, case.id
            checked[kind(case)] += 1
    assert set(checked) >= {"count_where", "sum_where", "average_where", "list_where", "rank_max_where"}


def test_what_is_asked_for_in_vain_stands_nowhere_in_the_document(everything, documents):
    for case in everything:
        if kind(case) in ("absent_attribute", "absent_year"):
            words = [word for phrase in case.expected.missing for word in alternatives(phrase)]
            assert not [word for word in words if word in documents[0].text], case.id


def test_sums_are_exact_decimals():
    (case, *_) = questions(read(table(*ROWS)), "sum_all")
    assert [(value.number, value.unit) for value in case.expected.values] == [("0.95", "亿元")]


def test_a_rate_is_neither_added_up_nor_averaged():
    asked = [case.question for case in questions(read(table(*ROWS)), "sum_all", "sum_where", "average_where")]
    assert asked
    assert not [question for question in asked if "完成比例" in question]


def test_a_tie_is_not_asked_for_as_the_greatest():
    asked = questions(read(table(*ROWS)), "rank_max", "rank_second")
    assert not [case.question for case in asked if "计划投资" in case.question]
    assert questions(read(table(*ROWS)), "rank_min")


def test_agencies_run_together_in_one_cell_pick_no_rows():
    document = read(table(*ROWS))
    (grid,) = read_grids(document)
    (agency,) = grid.holding(Holds.AGENCY)
    assert values_of(grid, agency) == ()


def test_a_column_in_which_a_cell_covers_others_picks_no_rows():
    rows = [
        [*row, place] for row, place in zip(ROWS, ["实施区域", "东区", "西区", "东区", "西区", "全市各区"], strict=True)
    ]
    (grid,) = read_grids(read(table(*rows)))
    assert [values_of(grid, column) for column in grid.columns if column.name == "实施区域"] == [()]


def test_a_note_behind_a_name_is_a_unit_only_where_it_is_one():
    rows = [
        ["指标名称", "2025年"],
        ["森林覆盖率（%）", "35"],
        ["担保余额（含子公司）", "4"],
        ["产值（亿元/平方公里）", "5"],
    ]
    (grid,) = read_grids(read(table(*rows)))
    assert [(grid.row_name(row), grid.row_unit(row)) for row in (1, 2, 3)] == [
        ("森林覆盖率", "%"),
        ("担保余额（含子公司）", ""),
        ("产值", "亿元/平方公里"),
    ]


def test_lines_of_a_statement_are_no_rows_to_ask_about():
    rows = [["项目", "金额（万元）"], ["一、营业收入", "9"], ["减：营业成本", "4"], ["二、利润", "5"]]
    assert read_grids(read(table(*rows))) == ()


def test_a_row_that_two_tables_name_is_not_asked_about():
    both = "# 汇编\n\n" + table(*ROWS, caption="甲清单") + table(*ROWS, caption="乙清单")
    assert read_grids(read(both)) == ()


def test_questions_on_many_rows_name_their_table_where_another_has_such_rows():
    other = [HEAD, *([f"第{row[0]}", *row[1:]] for row in ROWS[1:4])]
    document = read("# 汇编\n\n" + table(*ROWS[:4], caption="甲清单") + table(*other, caption="乙清单"))
    asked = [case.question for case in questions(document, "count_where", "list_where")]
    assert asked
    assert all("甲清单" in question or "乙清单" in question for question in asked)


def test_questions_name_their_document_where_there_are_several():
    one, other = read(table(*ROWS)), read(table(*ROWS).replace("项目表", "第二表"))
    asked = generate([one], [one, other], Phrasing())
    assert all(case.question.startswith(f"《{one.info.title}》中，") for case in asked)


def test_articles_are_asked_about_by_number_and_chapters_by_what_they_hold():
    text = (
        "办法\n第一章 总则\n第一条 为了规范数据资源的管理，制定本办法。\n第二条 本办法适用于全部的数据资源管理活动。\n"
    )
    document = read(text + "第二章 罚则\n第三条 违反本办法规定的行为由主管部门责令改正。\n", "a.txt")
    by_kind = {kind(case): case for case in generate([document], [document], Phrasing()) if "第一章" in case.question}
    assert by_kind["chapter_count"].expected.values[0].number == "2"
    assert by_kind["chapter_title"].expected.phrases == ("总则",)
    assert {case.expected.phrases for case in questions(document, "article_text")} == {
        ("为了规范数据资源的管理",),
        ("本办法适用于全部的数据资源管理活动",),
        ("违反本办法规定的行为由主管部门责令改正",),
    }
    assert all(case.question[:3] == "第十条" or case.declines for case in questions(document, "clause_absent"))


def test_a_document_of_nothing_to_ask_about_says_so():
    document = read("你好。\n", "a.txt")
    with pytest.raises(QuestionsInvalid, match="没有可以出题的表格或条款"):
        generate([document], [document], Phrasing())


def test_an_unknown_document_names_those_there_are(documents):
    with pytest.raises(DocumentUnknown, match=f"没有文件“x”。现有：{documents[0].info.id}"):
        choose_documents(documents, "x")
    assert choose_documents(documents, documents[0].info.title) == documents


def test_the_command_writes_a_set_once_and_keeps_what_is_there(tmp_path, capsys):
    (tmp_path / "文件").mkdir()
    (tmp_path / "文件" / "a.md").write_text(table(*ROWS), encoding="utf-8")
    out = tmp_path / "题目.jsonl"
    arguments = Namespace(template=None, generate=out, document="", corpus=tmp_path / "文件")
    assert run_question_tool(arguments) == 0
    count = len(out.read_text(encoding="utf-8").splitlines())
    assert f"拟出 {count} 题" in capsys.readouterr().out
    assert {json.loads(line)["source"] for line in out.read_text(encoding="utf-8").splitlines()} == {"generated"}
    with pytest.raises(OutputUnwritable, match="已经存在"):
        run_question_tool(arguments)
    with pytest.raises(OutputUnwritable, match="文件或文件夹不存在"):
        run_question_tool(Namespace(**vars(arguments) | {"generate": tmp_path / "无" / "a.jsonl"}))


@pytest.mark.parametrize(
    ("text", "number", "unit", "bound"),
    [
        ("1,234.50", "1234.50", "", False),
        ("26.18% ", "26.18", "%", False),
        ("-0.5", "-0.5", "", False),
        ("＞70", "70", "", True),
        ("60亿元以上", "60", "亿元", True),
    ],
)
def test_a_cell_states_a_figure(text, number, unit, bound):
    figure = read_figure(text)
    assert (figure.number, figure.unit, figure.bound) == (Decimal(number), unit, bound)


@pytest.mark.parametrize("text", ["", "2022-2024", "2.5:1", "完成任务", "1.2.3", "十二", "3项目5"])
def test_a_cell_states_no_figure(text):
    assert read_figure(text) is None


def test_years_and_roundings_and_large_numbers_are_written_as_people_do():
    assert read_years("2022年至2024年") == ("2022", "2024")
    assert read_years("2023年") == ("2023", "2023")
    assert writings(Decimal("8.875")) == ("8.875", "8.9", "8.88", "8.8750")
    assert "0.33" in writings(Decimal(1) / 3)
    assert [_chinese(number) for number in (9, 10, 11, 20, 80, 105, 110, 126)] == [
        "九",
        "十",
        "十一",
        "二十",
        "八十",
        "一百零五",
        "一百一十",
        "一百二十六",
    ]
