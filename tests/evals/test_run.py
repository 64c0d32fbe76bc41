"""A perfect answerer scores 1, a terrible one 0, a failing one is counted, and no question is lost from a mean."""

import json

from evals.cases import Wording
from evals.gold import find_gold
from evals.judge import judge
from evals.measures import MEASURES, means
from evals.report import render_beside, render_failures, render_run
from evals.run import run_eval
from evals.stages import score_stages
from evals.summary import Run, RunStamp, category_lines, cited_line, score_refusals, total_line

STAMP = RunStamp("fake")


def test_a_perfect_answerer_scores_one_in_every_category_and_measure(cases, perfect_run):
    run = perfect_run(cases)
    assert render_failures(run) == "没有答错的题。"
    assert all(line.answer_rate == line.citation_rate == 1.0 for line in category_lines(run.verdicts))
    assert {mean.value for mean in means(run.verdicts) if mean.scored} == {1.0}
    scores = score_refusals(run.verdicts)
    assert (scores.precision, scores.recall, scores.false_answers, scores.false_refusals) == (1.0, 1.0, 0, 0)


def test_a_terrible_answerer_scores_zero(cases, terrible_run):
    run = terrible_run(cases)
    total = total_line(run.verdicts)
    assert (total.questions, total.answers, total.citations) == (len(cases), 0, 0)
    assert cited_line(run.verdicts).citations == 0
    # It refuses nothing and reports no conflict, which is right where neither is wanted.
    kind = {"answered", "conflict"}
    assert {mean.value for mean in means(run.verdicts) if mean.scored and mean.measure.key not in kind} == {0.0}


def test_errors_count_as_zero_in_every_measure_that_the_question_asks_for(cases, failing_run, perfect_run):
    failed, right = failing_run(cases), perfect_run(cases)
    assert failed.errors == total_line(failed.verdicts).questions == len(cases)
    for measure in MEASURES:
        asked = [measure.value(verdict) is not None for verdict in right.verdicts]
        if measure.key == "verbatim_rate":
            asked = [True] * len(cases)  # nothing was quoted, because nothing was answered
        assert [measure.value(verdict) for verdict in failed.verdicts] == [0.0 if one else None for one in asked]


def test_each_question_is_scored_or_counted_as_not_scored(cases, terrible_run):
    found = means(terrible_run(cases).verdicts)
    assert [mean.scored + mean.unscored for mean in found] == [len(cases)] * len(MEASURES)


def test_what_the_answerer_does_not_show_is_not_scored(cases, perfect_run):
    found = {mean.measure.key: mean for mean in means(perfect_run(cases).verdicts)}
    assert (found["recall@10"].value, found["recall@10"].unscored) == (None, len(cases))


def test_pasting_a_whole_document_is_not_the_answer_to_a_list(cases, documents):
    class Paster:
        def ask(self, question, history=()):
            return {"kind": "passage", "answer": documents[0].text, "citations": []}

    listed = [case for case in cases if case.expected.set]
    run = run_eval(Paster(), listed, documents, STAMP)
    assert total_line(run.verdicts).answers == 0


def test_a_run_of_no_question_has_no_nan_and_says_so(terrible_run):
    run = terrible_run(())
    assert total_line(run.verdicts).answer_rate == 0.0
    assert json.dumps(run.to_dict(), allow_nan=False)
    assert {mean.value for mean in means(run.verdicts)} == {None}
    shown = render_run(run)
    assert "合计" in shown
    assert "nan" not in shown
    assert "—" in shown


def test_the_report_and_the_json_hold_every_category_and_measure(cases, terrible_run):
    run = terrible_run(cases)
    shown, data = render_run(run), run.to_dict()
    for name in ("项目属性", "指标", "汇总", "排序", "清单", "正文", "不一致", "追问", "无依据", "错误前提", "合计"):
        assert name in shown
    assert all(measure.title in shown for measure in MEASURES)
    assert set(data["measures"]) == {measure.key for measure in MEASURES}
    assert len(data["cases"]) == len(cases)
    assert data["scores"]["all"]["answer_rate"] == 0.0
    assert "terrible 答" in render_beside([run, run])
    assert cases[0].id in render_failures(run)


def test_other_wordings_are_counted_by_kind_and_by_question(cases, perfect_run, terrible_run):
    some = [
        case.model_copy(update={"twin_of": "x", "wording": wording})
        for case, wording in zip(cases, (Wording.SPOKEN, Wording.SPOKEN, Wording.SYNONYM), strict=False)
    ]
    verdicts = perfect_run(some[:1]).verdicts + terrible_run(some[1:]).verdicts
    shown = render_run(Run(STAMP, verdicts))
    assert "换说法答对 1/3：同义 0/1 · 口语 1/2" in shown
    # The two terrible answers are alike, and no wording of x is right in all three.
    assert "换说法同答 1/3 对（0.333） · 各种说法都答对 0/1 题（0.000）" in shown


def test_a_wrong_question_is_lost_at_its_first_wrong_stage(cases, documents, perfect_run):
    (verdict,) = perfect_run([case for case in cases if case.id == "attr-02"]).verdicts
    wrong = {**verdict.row, "answer": "不知道"}
    gold = next(case for case in cases if case.id == "attr-02")
    other_table = judge(find_gold(gold, documents), wrong, {}, tables=frozenset({"指标表"}))
    right_table = judge(find_gold(gold, documents), wrong, {}, tables=frozenset({"项目表"}))
    lost = [next(score.name for score in score_stages([one]) if score.lost_first) for one in (other_table, right_table)]
    assert lost == ["选表", "引用"]  # without the documents' texts no quote is verbatim
