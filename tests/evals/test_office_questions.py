"""An office's questions are asked only when every gold evidence stands in the corpus; a clause may be its address."""

import argparse
import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from evals.cases import Case, Source
from evals.clause_address import find_clauses, full_address
from evals.errors import EvidenceUnknown, QuestionsInvalid
from evals.office_questions import check_evidence, read_questions
from evals.places import find_places
from evals.question_tools import add_question_arguments
from evals.run import main
from evals.sheet_columns import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
ROW = {"id": "a", "question": "谁牵头", "category": "text", "expected": {"phrases": ["水利局"]}}


def case(**evidence):
    return Case.model_validate(ROW | {"source": "office", "evidence": [evidence]})


@pytest.mark.parametrize(
    ("address", "clause"),
    [
        ("三、（一）2.", "a3/b1/n2"),
        ("三、(一)2", "a3/b1/n2"),
        ("三、主要任务 / （一）2.", "a3/b1/n2"),
        ("2.水土流失综合治理工程", "a3/b1/n2"),
        ("水土流失综合治理工程", "a3/b1/n2"),
        ("《鄂尔多斯市国家可持续发展议程创新示范区建设三年行动方案》（征求意见稿） 三、（一）2.", "a3/b1/n2"),
        ("三、", "a3"),
        ("附件4", "annex4"),
        ("三、（五）22.四是", "a3/b5/n22/r4"),
    ],
)
def test_an_address_leads_to_the_clause_it_names(documents, address, clause):
    (found,) = find_clauses(address, documents[0])
    assert found.id.split("/", 1)[1] == clause


def test_every_clause_of_the_plan_is_reached_by_its_full_address(documents):
    (document,) = documents
    for clause in document.clauses:
        assert [one.id for one in find_clauses(full_address(clause, document), document)] == [clause.id]


@pytest.mark.parametrize("address", ["三、（九）", "第三条", "《别的文件》三、", "", "、", "三、（一）2.3."])
def test_an_address_that_is_not_there_leads_nowhere(documents, address):
    assert find_clauses(address, documents[0]) == ()


def test_evidence_by_clause_is_the_whole_clause(documents):
    (document,) = documents
    (place,) = find_places(case(clause="三、（一）"), documents)
    (span,) = place.spans
    assert span.of(document.text).startswith("（一）强化荒漠化防治提质增效行动")
    assert "6.碳汇能力巩固提升工程" in span.of(document.text)


def test_a_clause_that_is_missing_or_not_the_only_one_is_named_in_chinese(documents):
    with pytest.raises(EvidenceUnknown, match="题 a 的依据在文件中找不到：条款“三、（九）”"):
        find_places(case(clause="三、（九）"), documents)
    with pytest.raises(EvidenceUnknown, match="“（一）”不止一处（3 处：一、（一）；三、（一）；四、（一）"):
        find_places(case(clause="（一）"), documents)


def test_evidence_may_name_its_document_by_id_or_title(documents):
    info = documents[0].info
    for name in (info.id, info.title):
        assert find_places(case(clause="三、", document=name), documents)
    with pytest.raises(EvidenceUnknown, match=f"文件“别的”不存在。现有：{info.id}"):
        find_places(case(clause="三、", document="别的"), documents)


def test_rows_of_an_office_need_not_say_that_they_are_its_own(tmp_path):
    path = tmp_path / "q.jsonl"
    rows = [ROW, ROW | {"id": "b", "source": "generated"}]
    path.write_text("\ufeff" + "\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert [one.source for one in read_questions(path).cases] == [Source.OFFICE, Source.GENERATED]


def test_all_faults_of_a_jsonl_file_are_named_at_once(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text('{"id"\n\n[]\n' + json.dumps(ROW | {"must": 3}), encoding="utf-8")
    with pytest.raises(QuestionsInvalid) as caught:
        read_questions(path)
    assert [line.split("：")[0] for line in str(caught.value).split("\n")] == [
        f"题库 q.jsonl 第 {number} 行" for number in (1, 3, 4)
    ]


@pytest.mark.parametrize("name", ["q.csv", "q.docx", "q"])
def test_a_file_of_another_kind_names_the_kinds_and_the_template(tmp_path, name):
    with pytest.raises(QuestionsInvalid, match=r"要是 .xlsx 或 .jsonl.*--template"):
        read_questions(tmp_path / name)


def test_evidence_that_is_not_in_the_corpus_is_named_by_row_and_column(tmp_path, documents):
    book = Workbook()
    sheet = book.active
    sheet.title = "题目"
    sheet.append(["题号", "问题", "类别", "应列名称", "名称所在表", "名称所在列", "依据引文", "依据条款", "依据表格"])
    sheet.append(["a", "有哪些", "清单", "甲", "项目表", "项目", "没有这句话", "三、（九）", "项目表 第3、99行"])
    sheet.append(["b", "有哪些", "清单", "甲", "项目表", "项目名称", None, "三、（一）", "项目表 第3行 项目名称"])
    book.save(tmp_path / "题目.xlsx")
    with pytest.raises(EvidenceUnknown) as caught:
        check_evidence(read_questions(tmp_path / "题目.xlsx"), documents)
    assert [line.split("：")[0] for line in str(caught.value).split("\n")] == [
        "表格 题目.xlsx 第 2 行 G 列“依据引文”",
        "表格 题目.xlsx 第 2 行 H 列“依据条款”",
        "表格 题目.xlsx 第 2 行 I 列“依据表格”",
        "表格 题目.xlsx 第 2 行 F 列“名称所在列”",
    ]


def test_the_command_runs_an_office_s_own_questions_and_exports_them(tmp_path, capsys, monkeypatch, plan_settings):
    monkeypatch.setenv("POLICY_MODELS", str(plan_settings.models))
    path, out = tmp_path / "题目.jsonl", tmp_path / "结果.csv"
    good = {
        "id": "own-1",
        "question": "草原生态修复治理项目的牵头责任单位是哪个？",
        "category": "attribute",
        "expected": {"phrases": ["林草局"]},
        "evidence": [{"table": "项目表", "row": 8, "column": "牵头责任单位"}],
    }
    path.write_text(json.dumps(good), encoding="utf-8")
    asked = ["--questions", str(path), "--index", str(plan_settings.index), "--export", "csv", str(out)]
    assert main(asked) == 0
    assert "own-1" in out.read_text(encoding="utf-8-sig")
    path.write_text(json.dumps(good | {"evidence": [{"clause": "三、（九）"}]}), encoding="utf-8")
    assert main(asked) == 1
    assert "题库 题目.jsonl：题 own-1 的依据在文件中找不到：条款“三、（九）”" in capsys.readouterr().err


def test_every_option_for_one_s_own_questions_is_in_the_documentation():
    parser = argparse.ArgumentParser(add_help=False)
    add_question_arguments(parser)
    page = (ROOT / "docs" / "evals-questions.md").read_text(encoding="utf-8")
    options = re.findall(r"--[a-z]+", parser.format_help())
    assert options
    assert [option for option in options if f"`{option}" not in page and f"{option} " not in page] == []


def test_the_documentation_names_every_column_of_the_sheet():
    page = (ROOT / "docs" / "evals-questions.md").read_text(encoding="utf-8")
    assert [column.header for column in COLUMNS if column.header not in page] == []
