"""The gate fails on one lost must question, on a significant drop and on an error, and on nothing else."""

from evals.comparison import Flip, compare
from evals.gate import Gate, hold_gate
from evals.report import render_gate
from evals.summary import Run


def mixed(good: Run, bad: Run, wrong: int) -> Run:
    """A run whose first ``wrong`` answers are those of ``bad``."""
    return Run(good.stamp, bad.verdicts[:wrong] + good.verdicts[wrong:])


def held(run, baseline) -> Gate:
    return hold_gate(run, baseline, compare(run, baseline))


def free(cases):
    return [case.model_copy(update={"must": False}) for case in cases]


def must(cases):
    return [case.model_copy(update={"must": True}) for case in cases]


def test_an_equal_run_passes(cases, perfect_run, baseline_of):
    run = perfect_run(must(cases))
    gate = held(run, baseline_of(run))
    assert gate.is_passed
    assert render_gate(gate, compare(run, baseline_of(run))).startswith("门槛：通过")


def test_one_lost_must_question_fails_by_name(cases, perfect_run, terrible_run, baseline_of):
    some = must(cases[:30])
    good = perfect_run(some)
    gate = held(mixed(good, terrible_run(some), 1), baseline_of(good))
    assert gate.lost == (Flip(some[0].id, "答案"), Flip(some[0].id, "引用"))
    assert gate.drops == ()
    assert not gate.is_passed
    assert f"必答题丢失 2 处：{some[0].id} 答案" in render_gate(gate, None)


def test_a_must_question_that_was_wrong_before_is_not_lost(cases, terrible_run, baseline_of):
    run = terrible_run(must(cases[:30]))
    assert held(run, baseline_of(run)).is_passed


def test_a_new_must_question_has_to_be_right(cases, perfect_run, terrible_run, baseline_of):
    some = must(cases[:2])
    gate = held(terrible_run(some), baseline_of(perfect_run(some[:1])))
    assert Flip(some[1].id, "答案") in gate.lost


def test_five_lost_answers_pass_and_six_fail_by_the_measure(cases, perfect_run, terrible_run, baseline_of):
    some = free(cases[:60])
    good, bad = perfect_run(some), terrible_run(some)
    for wrong, passed in ((5, True), (6, False)):
        gate = held(mixed(good, bad, wrong), baseline_of(good))
        assert gate.is_passed is passed
    assert {"answer", "citations"} <= {drop.measure.key for drop in gate.drops}
    assert "显著下降：答案正确率 1.000 → 0.900（60 题，降 6，升 0，p=0.031）" in render_gate(gate, None)


def test_a_significant_rise_passes(cases, perfect_run, terrible_run, baseline_of):
    assert held(perfect_run(cases), baseline_of(terrible_run(cases))).is_passed


def test_an_error_fails_even_where_no_answer_is_lost(cases, failing_run, baseline_of):
    run = failing_run(free(cases[:1]))
    gate = held(run, baseline_of(run))
    assert (gate.errors, gate.lost, gate.drops, gate.is_passed) == ((cases[0].id,), (), (), False)


def test_without_a_baseline_must_questions_and_errors_are_held(cases, perfect_run, terrible_run):
    some = must(cases[:3])
    assert hold_gate(perfect_run(some), None, None).is_passed
    assert len(hold_gate(terrible_run(some), None, None).lost) == 6
    assert "没有基线" in render_gate(hold_gate(perfect_run(some), None, None), None)


def test_the_sets_have_must_questions(all_cases):
    assert sum(case.must for case in all_cases) > 50
