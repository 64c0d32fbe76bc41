"""A change is significant as scipy says it is, and two equal runs never are."""

import random

import numpy as np
import pytest
from scipy.stats import binomtest, permutation_test

from evals.metrics.mcnemar import mcnemar
from evals.metrics.paired_randomisation import MOST_EXACT, paired_randomisation


@pytest.mark.parametrize(("lost", "won"), [(1, 0), (1, 1), (5, 0), (6, 0), (0, 6), (10, 1), (40, 19), (200, 150)])
def test_mcnemar_is_the_binomial_test_of_the_changed_pairs(lost, won):
    assert mcnemar(lost, won) == pytest.approx(binomtest(lost, lost + won).pvalue)


def test_five_lost_answers_may_be_luck_and_six_are_not():
    assert mcnemar(5, 0) > 0.05 > mcnemar(6, 0)


def mean_difference(one, other, axis):
    return np.mean(one, axis=axis) - np.mean(other, axis=axis)


@pytest.mark.parametrize("size", [2, 5, 9, MOST_EXACT])
def test_few_changes_are_tried_in_every_exchange_as_scipy_does(size):
    draw = random.Random(size)
    before, now = ([draw.random() for _ in range(size)] for _ in range(2))
    exact = permutation_test((now, before), mean_difference, permutation_type="samples", n_resamples=np.inf)
    assert paired_randomisation(before, now) == pytest.approx(exact.pvalue)


def test_many_changes_are_sampled_close_to_what_scipy_finds():
    draw = random.Random(1)
    before = [draw.random() for _ in range(120)]
    now = [value + draw.gauss(-0.03, 0.2) for value in before]
    sampled = permutation_test(
        (now, before), mean_difference, permutation_type="samples", n_resamples=50_000, rng=np.random.default_rng(2)
    )
    assert paired_randomisation(before, now) == pytest.approx(sampled.pvalue, abs=0.01)
    assert 0.01 < sampled.pvalue < 0.9


def test_the_same_runs_give_the_same_chance():
    before, now = [1.0] * 40, [0.5] * 30 + [1.0] * 10
    assert paired_randomisation(before, now) == paired_randomisation(before, now) == 1 / 20_001


def test_nothing_changed_is_no_evidence_and_never_nan():
    assert mcnemar(0, 0) == paired_randomisation([], []) == paired_randomisation([0.3, 1.0], [0.3, 1.0]) == 1.0


def test_questions_that_did_not_change_do_not_weigh():
    assert paired_randomisation([1.0] * 6, [0.0] * 6) == paired_randomisation([1.0] * 66, [0.0] * 6 + [1.0] * 60)


def test_runs_of_different_questions_cannot_be_paired():
    with pytest.raises(ValueError, match="longer"):
        paired_randomisation([1.0], [1.0, 0.0])
