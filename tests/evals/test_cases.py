"""A question file is checked before anything is asked; each fault is named with line and field."""

import json

import pytest

from evals import case_files
from evals.case_files import load_cases, load_sets, select_cases
from evals.cases import Category
from evals.errors import QuestionsInvalid

GOOD = {"id": "a", "question": "谁牵头", "category": "attribute", "expected": {"phrases": ["水利局"]}, "source": "hand"}


def write(path, *rows):
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (GOOD | {"extra": 1}, "第 2 行：字段 extra 不认识"),
        (GOOD | {"expected": {"phrase": ["x"]}}, "第 2 行：字段 expected.phrase 不认识"),
        (GOOD | {"category": "riddle"}, "字段 category 的值“riddle”不在允许之列"),
        ({"id": "b"}, "缺少字段 question"),
        (GOOD | {"evidence": [{"quote": "甲", "table": "项目表"}]}, "要么写 quote，要么写 clause，要么写 table"),
        (GOOD | {"evidence": [{"table": "项目表"}]}, "要写数据行号 row"),
        (GOOD | {"evidence": [{"clause": "三、", "row": 2}]}, "行号和列名只与表格依据"),
        (GOOD | {"expected": {"values": [{"number": "九"}]}}, "“九”不是数"),
        (GOOD | {"expected": {"values": [{"number": "NaN"}]}}, "“NaN”不是数"),
        (GOOD | {"expected": {}}, "没有写明怎样才算答对"),
        (GOOD | {"source": "internet"}, "字段 source 的值“internet”不在允许之列"),
        (GOOD | {"split": "train"}, "字段 split 的值“train”不在允许之列"),
        ('{"id": ', "第 2 行：不是合法的 JSON"),
        ("[]", "第 2 行：字段 整行"),
        ("[" * 100_000, "第 2 行：不是合法的 JSON（嵌套过深"),
        ('{"id": ' + "9" * 5000 + "}", "第 2 行：不是合法的 JSON（嵌套过深或数字过长"),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_field(tmp_path, row, message):
    with pytest.raises(QuestionsInvalid, match=message):
        load_cases(write(tmp_path / "q.jsonl", GOOD, row))


def test_an_id_used_twice_is_refused(tmp_path):
    with pytest.raises(QuestionsInvalid, match="题号 a 重复"):
        load_cases(write(tmp_path / "q.jsonl", GOOD, GOOD))


def test_an_empty_or_missing_file_is_refused(tmp_path):
    with pytest.raises(QuestionsInvalid, match="没有题目"):
        load_cases(write(tmp_path / "q.jsonl", ""))
    with pytest.raises(QuestionsInvalid, match="无法读取"):
        load_cases(tmp_path / "absent.jsonl")
    with pytest.raises(QuestionsInvalid, match="没有题库“x”。现有：q"):
        load_sets(tmp_path, "x")


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "q.jsonl"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(QuestionsInvalid, match="不是 UTF-8 文本"):
        load_cases(path)
    monkeypatch.setattr(case_files, "_LARGEST_BYTES", 3)
    with pytest.raises(QuestionsInvalid, match="超过 32 MB"):
        load_cases(path)


def test_cases_are_selected_by_id_or_category(tmp_path):
    cases = load_cases(write(tmp_path / "q.jsonl", GOOD, GOOD | {"id": "b", "category": "text"}))
    assert [case.id for case in select_cases(cases, ["text"])] == ["b"]
    assert [case.id for case in select_cases(cases, ["a"])] == ["a"]
    assert select_cases(cases, []) == cases
    with pytest.raises(QuestionsInvalid, match="没有这样的题号或类别：z"):
        select_cases(cases, ["z"])


def test_a_twin_takes_the_gold_of_its_base_question(tmp_path):
    write(tmp_path / "a.jsonl", GOOD)
    twin = {"id": "t", "twin_of": "a", "wording": "spoken", "question": "归谁管"}
    write(tmp_path / "twins.jsonl", twin)
    (case,) = load_sets(tmp_path, "twins")
    assert (case.question, case.expected.phrases, case.category) == ("归谁管", ("水利局",), "attribute")
    write(tmp_path / "twins.jsonl", twin | {"twin_of": "z"})
    with pytest.raises(QuestionsInvalid, match="第 1 行：twin_of 指的题 z 不存在"):
        load_sets(tmp_path)


def test_a_twin_of_a_question_that_may_not_be_lost_may_be_lost_itself(tmp_path):
    write(tmp_path / "a.jsonl", GOOD | {"must": True})
    write(tmp_path / "twins.jsonl", {"id": "t", "twin_of": "a", "wording": "spoken", "question": "归谁管"})
    assert [(case.id, case.must) for case in load_sets(tmp_path)] == [("a", True), ("t", False)]


def test_the_questions_that_may_not_be_lost_spread_over_the_categories():
    must = [case for case in load_sets() if case.must]
    assert 50 <= len(must) <= 80
    assert {case.category for case in must} == set(Category)
