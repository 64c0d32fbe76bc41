"""What the build finds stated more than once in the plan is what a person finds there, pair by pair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.agreement.find import find_agreement
from corpus.agreement.models import Verdict
from corpus.knowledge import Knowledge, load_knowledge
from corpus.models import ParsedDocument
from corpus.parse import parse_corpus, parse_document
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


PLANTED = [
    ("基本医疗保险参保率达到95%以上", "基本医疗保险参保率达到90%以上"),
    ("每千人医疗机构床位数达到6.8张", "每千人医疗机构床位数达到8.6张"),
    ("万元GDP用水量下降到44.07吨", "万元GDP用水量下降到40.07吨"),
    ("人工造灌木林22.63万亩", "人工造灌木林226.3万亩"),
    ("新建淤地坝147座", "新建淤地坝174座"),
    ("24项重点工程", "25项重点工程"),
    ("等五大行动", "等六大行动"),
    ("（牵头部门：市文旅局）", "（牵头部门：市财政局）"),
    ("2048.463", "2084.463"),
]


@pytest.mark.parametrize(("written", "changed"), PLANTED)
def test_a_figure_changed_in_one_place_is_the_one_more_conflict(
    document: ParsedDocument, knowledge: Knowledge, written: str, changed: str
) -> None:
    text = document.text.replace(written, changed, 1).encode()
    before, after = (find_agreement([one], knowledge) for one in (document, parse_document(document.info, text)))
    conflicts = [{one.subject for one in found if one.verdict is Verdict.DIFFERS} for found in (before, after)]
    assert len(conflicts[1] - conflicts[0]) == 1
