"""What the build finds stated more than once in the plan is what a person finds there, pair by pair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from evals.agreement import DOCUMENTS, Labelled, Pair, read_labels, score, verdicts


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(DOCUMENTS)


@pytest.fixture(scope="module")
def document() -> ParsedDocument:
    return parse_corpus(DOCUMENTS)[0]


@pytest.fixture(scope="module")
def labelled(document: ParsedDocument) -> tuple[Labelled, ...]:
    return read_labels(document)


@pytest.fixture(scope="module")
def found(document: ParsedDocument, knowledge: Knowledge) -> dict[Pair, str]:
    return verdicts(document, knowledge)


def test_every_pair_that_is_taken_for_one_thing_is_labelled(
    labelled: tuple[Labelled, ...], found: dict[Pair, str], document: ParsedDocument
) -> None:
    known = {one.pair for one in labelled}
    assert [[span.of(document.text) for span in pair] for pair in found if pair not in known] == []


def test_conflicts_are_found_without_a_false_alarm(labelled: tuple[Labelled, ...], found: dict[Pair, str]) -> None:
    scores = {line.label: line for line in score(labelled, found)}
    assert (scores["conflict"].precision, scores["conflict"].recall) == (1.0, 1.0)
    assert scores["loose"].recall == 1.0
    assert scores["agree"].precision == 1.0
    assert scores["other"].recall == 1.0
    assert scores["agree"].recall >= 0.95  # three figures that describe a thing instead of following its name


def test_the_scores_fall_where_a_verdict_is_wrong(labelled: tuple[Labelled, ...], found: dict[Pair, str]) -> None:
    wrong = [replace(one, label="agree" if one.label == "conflict" else one.label) for one in labelled]
    assert {line.label: line.precision for line in score(wrong, found)}["conflict"] == 0.0
