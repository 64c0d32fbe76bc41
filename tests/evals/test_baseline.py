"""The baseline keeps what was right, how it was said and why it was set, and names what flipped since."""

import json
from datetime import date

import pytest

from evals.baseline import load_baseline, save_baseline
from evals.comparison import Flip, compare
from evals.errors import BaselineInvalid
from evals.report import render_comparison
from evals.summary import Run, RunStamp

DAY = date(2026, 1, 2)


def test_what_flipped_is_named_both_ways(cases, perfect_run, terrible_run, baseline_of):
    some = cases[:3]
    before, bad = baseline_of(perfect_run(some)), terrible_run(cases[:4])
    lost = compare(bad, before)
    flips = tuple(Flip(case.id, part) for case in some for part in ("答案", "引用"))
    assert (lost.now_wrong, lost.now_right, lost.new) == (flips, (), (cases[3].id,))
    assert f"由对变错 6：{some[0].id} 答案" in render_comparison(lost)

    won = compare(perfect_run(some), baseline_of(terrible_run(some)))
    assert (won.now_wrong, won.now_right) == ((), flips)


def test_an_equal_run_changes_nothing(cases, perfect_run, baseline_of):
    same = compare(perfect_run(cases), baseline_of(perfect_run(cases)))
    assert (same.now_wrong, same.now_right, same.new, same.gone, same.changes) == ((), (), (), (), ())


def test_what_is_measured_otherwise_than_then_is_said(cases, perfect_run, baseline_of):
    then = Run(RunStamp("x", corpus_hash="1", model="m", commit="a", date="1"), perfect_run(cases[:1]).verdicts)
    now = Run(RunStamp("x", corpus_hash="2", model="m", commit="b", date="2"), then.verdicts)
    assert compare(now, baseline_of(then)).measured == ("文件",)
    assert "所测的文件与基线不同" in render_comparison(compare(now, baseline_of(then)))
    assert compare(then, baseline_of(then)).measured == ()


def test_a_question_that_is_asked_no_more_is_named(cases, perfect_run, baseline_of):
    fewer = compare(perfect_run(cases[1:3]), baseline_of(perfect_run(cases[:3])))
    assert fewer.gone == (cases[0].id,)
    assert f"基线有而没有问的 1：{cases[0].id}" in render_comparison(fewer)
    assert "没有问" not in render_comparison(fewer, is_whole=False)


def test_every_measure_is_kept_and_read_again(cases, terrible_run, baseline_of):
    run = terrible_run(cases)
    assert compare(run, baseline_of(run)).changes == ()


def test_each_update_stays_on_record_with_its_reason(tmp_path, cases, perfect_run, terrible_run):
    path = tmp_path / "baseline.json"
    save_baseline(terrible_run(cases[:3]), "  第一版\n", DAY, path)
    save_baseline(perfect_run(cases[:3]), "改用“新模型”", date(2026, 2, 3), path)
    first, second = load_baseline(path).updates
    assert (first.date, first.reason, first.questions, first.answers) == ("2026-01-02", "第一版", 3, 0)
    assert (second.date, second.reason, second.answers, second.citations) == ("2026-02-03", "改用“新模型”", 3, 3)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_baseline_is_not_set_without_a_reason(tmp_path, cases, perfect_run, reason):
    with pytest.raises(ValueError, match="reason"):
        save_baseline(perfect_run(cases[:1]), reason, DAY, tmp_path / "baseline.json")
    assert list(tmp_path.iterdir()) == []


def test_a_case_is_one_line_of_the_file(tmp_path, cases, perfect_run):
    path = tmp_path / "baseline.json"
    save_baseline(perfect_run(cases[:5]), "x", DAY, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [sum(json.dumps(case.id) in line for line in lines) for case in cases[:5]] == [1] * 5


def test_a_baseline_of_judgements_alone_is_compared_by_them(tmp_path, cases, perfect_run, terrible_run):
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"cases": {case.id: [True, True] for case in cases}}), encoding="utf-8")
    known = load_baseline(path)
    assert compare(perfect_run(cases), known).changes == ()
    assert {change.measure.key for change in compare(terrible_run(cases), known).changes} == {"answer", "citations"}


def test_a_broken_baseline_names_the_command_that_mends_it_and_can_be_replaced(tmp_path, cases, perfect_run):
    path = tmp_path / "baseline.json"
    assert load_baseline(path) is None
    for text in (
        "{",
        "[]",
        '{"cases": {"a": []}}',
        '{"cases": {"a": {"answer": true}}}',
        '{"cases": {}, "updates": [1]}',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BaselineInvalid, match="--update-baseline 原因"):
            load_baseline(path)
    save_baseline(perfect_run(cases[:1]), "坏了", DAY, path)
    assert load_baseline(path).cases[cases[0].id].answer_right
