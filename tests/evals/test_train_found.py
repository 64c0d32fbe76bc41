"""What the model that reads together learns from of public questions, and what it must not be judged by."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from corpus.models import Span
from evals.errors import DataUnknown
from evals.public.found_texts import SIDES, FoundText, FoundTexts, side_of
from evals.public.held_out import HeldOut
from evals.public.joint_training import ReadPair
from evals.public.train_found import _drawn
from evals.public.train_joint import losses_of

GOLD = FoundText("办法", "公示期不少于5个工作日", (Span(6, 11),))
OTHERS = tuple(FoundText("办法", f"别的段落{number}") for number in range(9))


@pytest.mark.parametrize("seed", range(5))
def test_what_answers_is_drawn_first_with_its_place_and_others_without(seed: int) -> None:
    random.seed(seed)
    own, *others = _drawn(FoundTexts("公示几天", 0, (GOLD,), OTHERS))

    assert own.answer is not None
    assert own.answer.of(own.text) == "5个工作日"
    assert len({other.text for other in others}) == len(others) == 3
    assert not any(other.answer for other in others)


def test_where_nothing_answers_no_text_is_drawn_as_an_answer() -> None:
    drawn = _drawn(FoundTexts("联系电话是多少", 0, (), OTHERS))

    assert drawn
    assert not any(pair.answer for pair in drawn)


def test_of_an_answer_without_a_place_no_token_is_learned_from() -> None:
    read = (torch.zeros(1), [torch.zeros(3)], [torch.tensor([[0, 1], [1, 2], [2, 3]])])
    whole, placed = (ReadPair("问", "", "甲乙丙", answer) for answer in (Span(0, 0), Span(0, 1)))

    assert len(losses_of([whole], read)) == 1
    assert len(losses_of([placed], read)) == 3


def test_questions_on_one_document_are_side_of_together_and_those_on_laws_alone() -> None:
    gold = frozenset({"n1"})
    of_one = {side_of("policy_notices", f"q{number}", gold) for number in range(20)}
    of_laws = {side_of("law_articles", f"q{number}", gold) for number in range(20)}

    assert len(of_one) == 1
    assert of_laws == set(range(SIDES))


def test_nothing_is_judged_by_weights_that_may_have_seen_it(tmp_path: Path) -> None:
    with pytest.raises(DataUnknown, match="train_found"):
        HeldOut(tmp_path)
