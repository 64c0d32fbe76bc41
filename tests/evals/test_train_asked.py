"""What the model that reads together learns from of few documents, and what it must not be judged by."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from corpus.models import Span
from evals.errors import DataUnknown
from evals.public.adapter_examples import corpora
from evals.public.found_texts import SIDES, FoundText, FoundTexts
from evals.public.held_out import HeldOut, weights_of_few_without
from evals.public.text_index import open_folder
from evals.training.asked_texts import BOTH, _of_corpus, _of_set, side_of_set
from evals.training.train_asked import _drawn

GOLD = FoundText("办法", "公示期不少于5个工作日", (Span(6, 11),))
OTHERS = tuple(FoundText("办法", f"别的段落{number}") for number in range(4))


@pytest.mark.parametrize("seed", range(5))
def test_one_passage_that_answers_is_read_beside_one_that_does_not(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    own, other = _drawn(FoundTexts("公示几天", 0, (GOLD,), OTHERS))

    assert own.answer is not None
    assert own.answer.of(own.text) == "5个工作日"
    assert other.answer is None


def test_of_a_near_miss_two_passages_are_read_and_none_answers() -> None:
    drawn = _drawn(FoundTexts("联系电话是多少", 0, (), OTHERS))

    assert len(drawn) == 2
    assert not any(pair.answer for pair in drawn)


def test_a_question_for_which_nothing_is_found_teaches_nothing() -> None:
    assert _drawn(FoundTexts("联系电话是多少", 0, (), ())) == []


def test_passages_of_a_corpus_have_the_place_of_the_answer_or_none(tmp_path: Path) -> None:
    corpus = corpora() / "town-20"
    opened = open_folder(corpus / "documents", tmp_path)
    asked = list(_of_corpus(corpus, opened.documents))
    answered = [next(one for one in asked if one.gold), next(one for one in asked if not one.gold)]
    quotes = [span.of(opened.documents[0].text) for place in answered[0].gold for span in place.spans]

    found = list(_of_set("town-20", opened, answered, BOTH))

    assert [bool(one.gold) for one in found] == [True, False]
    for one in found[0].gold:
        assert all(place.of(one.text) in quotes[0] or quotes[0] in place.of(one.text) for place in one.places)
    assert all(not one.places for own in found for one in own.others)


def test_each_set_is_of_one_side_and_both_sides_have_some() -> None:
    assert {side_of_set(name) for name in ("town-01", "town-13", "plan")} == set(range(SIDES))


def test_nothing_is_judged_by_weights_that_may_have_seen_it(tmp_path: Path) -> None:
    with pytest.raises(DataUnknown, match="train_asked"):
        HeldOut(tmp_path, weights_of_few_without)
