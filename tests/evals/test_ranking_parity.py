"""Our ranking measures are those of ir_measures (trec_eval), on rankings of every kind."""

import random

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from evals.metrics.ndcg import ndcg
from evals.metrics.recall_at_k import recall_at_k
from evals.metrics.reciprocal_rank import reciprocal_rank

DEPTH = 10
OURS = {RR @ DEPTH: reciprocal_rank, nDCG @ DEPTH: ndcg, R @ DEPTH: recall_at_k}


def rankings(seed):
    """Rankings of 0 to 30 of 40 chunks, with 1 to 15 gold chunks each, some of them never found."""
    draw = random.Random(seed)
    names = [f"c{number}" for number in range(40)]
    for question in range(60):
        yield f"q{question}", draw.sample(names, draw.randint(1, 30)), set(draw.sample(names, draw.randint(1, 15)))


@pytest.mark.parametrize("measure", OURS, ids=str)
def test_a_ranking_measure_is_that_of_trec_eval(measure):
    questions = list(rankings(7))
    qrels = [ir_measures.Qrel(name, chunk, 1) for name, _, gold in questions for chunk in gold]
    run = [
        ir_measures.ScoredDoc(name, chunk, 100.0 - rank)
        for name, ranked, _ in questions
        for rank, chunk in enumerate(ranked)
    ]
    theirs = {found.query_id: found.value for found in ir_measures.iter_calc([measure], qrels, run)}
    assert len(theirs) == len(questions)
    for name, ranked, gold in questions:
        assert OURS[measure](ranked, gold, DEPTH) == pytest.approx(theirs[name]), name
    assert len({round(value, 3) for value in theirs.values()}) > 5


@pytest.mark.parametrize("metric", OURS.values(), ids=lambda metric: metric.__name__)
def test_a_ranking_of_nothing_and_nothing_gold_are_zero(metric):
    assert metric((), {"a"}, DEPTH) == metric(("a",), set(), DEPTH) == metric(("a",), {"a"}, 0) == 0.0
