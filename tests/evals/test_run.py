"""A perfect answerer scores 1, a terrible one 0, a failing one is counted, and what flipped is named."""

import json

import pytest

from assistant.errors import QuestionInvalid
from evals.baseline import compare, load_baseline, save_baseline
from evals.cases import Wording, alternatives
from evals.errors import BaselineInvalid
from evals.judge import find_gold
from evals.report import render_beside, render_failures, render_flips, render_run
from evals.run import run_eval
from evals.summary import Run, RunStamp, category_lines, cited_line, means, score_refusals, total_line

STAMP = RunStamp("fake")


class Perfect:
    """Answers with the gold itself."""

    def __init__(self, cases, documents):
        self.gold = {(case.question, case.history): find_gold(case, documents) for case in cases}
        self.text = documents[0].text

    def ask(self, question, history=()):
        gold = self.gold[question, tuple(history)]
        expected = gold.case.expected
        words = [alternatives(phrase)[0] for phrase in (*expected.first, *expected.phrases)]
        figures = [alternatives(v.number)[0] + alternatives(v.unit)[0] for v in expected.values]
        count = [f"共{expected.count}项"] if expected.count else []
        return {
            "kind": expected.kinds[0],
            "answer": "，".join([*words, *figures, *count]),
            "citations": [self.cite(place) for place in gold.places],
            "table": {"columns": ["名称"], "rows": [[name] for name in expected.set]} if expected.set else None,
            "conflicts": [{"quantity": "x"}] if expected.conflict else [],
            "missing": ["、".join(alternatives(phrase)[0] for phrase in expected.missing)],
        }

    def cite(self, place):
        span = place.spans[0]
        return {
            "document_id": place.document_id,
            "start": span.start,
            "end": span.end,
            "quote": self.text[span.start : span.end],
        }


class Terrible:
    """Says nothing, in a kind that is never right, and misquotes."""

    def ask(self, question, history=()):
        return {
            "kind": "clarify",
            "answer": "",
            "citations": [{"document_id": "x", "start": 0, "end": 2, "quote": "编造"}],
        }


class Failing:
    """Raises what a defect or bad input raises."""

    def ask(self, question, history=()):
        raise QuestionInvalid("请输入问题。")


def test_a_perfect_answerer_scores_one_in_every_category(cases, documents):
    run = run_eval(Perfect(cases, documents), cases, documents, STAMP)
    assert render_failures(run) == "没有答错的题。"
    assert all(line.answer_rate == line.citation_rate == 1.0 for line in category_lines(run.verdicts))
    assert set(means(run.verdicts).values()) == {1.0}
    scores = score_refusals(run.verdicts)
    assert (scores.precision, scores.recall, scores.false_answers, scores.false_refusals) == (1.0, 1.0, 0, 0)


def test_a_terrible_answerer_scores_zero(cases, documents):
    run = run_eval(Terrible(), cases, documents, STAMP)
    total = total_line(run.verdicts)
    assert (total.questions, total.answers, total.citations) == (len(cases), 0, 0)
    assert cited_line(run.verdicts).citations == 0


def test_errors_count_as_wrong_and_stay_in_the_denominator(cases, documents):
    run = run_eval(Failing(), cases[:5], documents, STAMP)
    total = total_line(run.verdicts)
    assert (run.errors, total.questions, total.answers, total.citations) == (5, 5, 0, 0)


def test_pasting_a_whole_document_is_not_the_answer_to_a_list(cases, documents):
    class Paster:
        def ask(self, question, history=()):
            return {"kind": "passage", "answer": documents[0].text, "citations": []}

    listed = [case for case in cases if case.expected.set]
    run = run_eval(Paster(), listed, documents, STAMP)
    assert total_line(run.verdicts).answers == 0


def test_a_run_of_no_question_has_numbers_everywhere(documents):
    run = run_eval(Terrible(), (), documents, STAMP)
    assert total_line(run.verdicts).answer_rate == 0.0
    assert json.dumps(run.to_dict(), allow_nan=False)
    assert "合计" in render_run(run)


def test_what_flipped_against_the_baseline_is_named(tmp_path, cases, documents):
    some, path = cases[:3], tmp_path / "baseline.json"
    good = run_eval(Perfect(some, documents), some, documents, STAMP)
    assert load_baseline(path) is None
    save_baseline(good, path)
    bad = run_eval(Terrible(), cases[:4], documents, STAMP)
    flips = compare(bad, load_baseline(path))
    assert flips.now_wrong == tuple(f"{case.id} {part}" for case in some for part in ("答案", "引用"))
    assert flips.new == (cases[3].id,)
    assert f"由对变错 6：{some[0].id} 答案" in render_flips(flips)
    assert compare(good, load_baseline(path)) == type(flips)()


def test_a_broken_baseline_names_the_command_that_mends_it(tmp_path):
    path = tmp_path / "baseline.json"
    for text in ("{", "[]", '{"cases": {"a": []}}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BaselineInvalid, match="--write-baseline"):
            load_baseline(path)


def test_the_report_and_the_json_hold_every_category(cases, documents):
    run = run_eval(Terrible(), cases, documents, STAMP)
    shown, data = render_run(run), run.to_dict()
    for name in ("项目属性", "指标", "汇总", "排序", "清单", "正文", "不一致", "追问", "无依据", "错误前提", "合计"):
        assert name in shown
    assert len(data["cases"]) == len(cases)
    assert data["scores"]["all"]["answer_rate"] == 0.0
    assert "fake 答" in render_beside([run, run])
    assert cases[0].id in render_failures(run)


def test_other_wordings_are_counted_by_kind(cases, documents):
    some = [
        case.model_copy(update={"twin_of": "x", "wording": wording})
        for case, wording in zip(cases, (Wording.SPOKEN, Wording.SPOKEN, Wording.SYNONYM), strict=False)
    ]
    verdicts = run_eval(Perfect(some[:1], documents), some[:1], documents, STAMP).verdicts
    verdicts += run_eval(Terrible(), some[1:], documents, STAMP).verdicts
    assert "换说法同答 1/3：同义 0/1 · 口语 1/2" in render_run(Run(STAMP, verdicts))
