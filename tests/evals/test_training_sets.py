"""What weights are learned from: every gold quote stands in its documents, and nothing held out is learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evals.training
from evals.case_files import load_cases, load_sets
from evals.cases import Case
from evals.public.adapter_examples import of_corpus
from evals.training.few_examples import DOCUMENTS, HELD, LEARNED, QUESTIONS, is_learned

SETS = Path(evals.training.__path__[0])
ADAPTED = sorted((SETS / "adapted").iterdir())
FOLDERS = sorted((*(SETS / LEARNED).iterdir(), *(SETS / HELD).iterdir()))


@pytest.mark.parametrize("folder", [one for one in FOLDERS if (one / DOCUMENTS).is_dir()], ids=lambda one: one.name)
def test_each_gold_quote_stands_in_the_documents_of_its_set(folder: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in (folder / DOCUMENTS).iterdir()]
    quotes = [evidence.quote for case in load_cases(folder / QUESTIONS) for evidence in case.evidence if evidence.quote]

    assert len(quotes) > 30
    assert [quote for quote in quotes if not any(quote in text for text in texts)] == []


def test_no_question_is_learned_from_that_is_held_out_or_evaluated() -> None:
    learned = {case.question for case in _cases(LEARNED) if is_learned(case)}
    held = {case.question for case in _cases(HELD)}
    evaluated = {case.question for case in load_sets()}

    assert learned
    assert held
    assert sorted(learned & (held | evaluated)) == []
    assert sorted(held & evaluated) == []


@pytest.mark.parametrize("corpus", ADAPTED, ids=lambda one: one.name)
def test_what_the_model_is_adapted_by_stands_in_a_passage_and_is_asked_nowhere_else(corpus: Path) -> None:
    examples = of_corpus(corpus)
    questions = {question for one in examples for question in (*(asked for asked, *_ in one.answered), *one.near)}
    others = {case.question for case in (*_cases(LEARNED), *_cases(HELD), *load_sets())}

    rows = [json.loads(line) for line in (corpus / QUESTIONS).read_text(encoding="utf-8").splitlines()]
    quotes = {row["question"]: row["quote"] for row in rows if row["answers"]}

    assert {asked: one.text[start:end] for one in examples for asked, start, end in one.answered} == quotes
    assert [quote for quote in quotes.values() if sum(quote in one.text for one in examples) != 1] == []
    assert sorted(questions & others) == []


def _cases(kind: str) -> list[Case]:
    return [case for folder in (SETS / kind).iterdir() for case in load_cases(folder / QUESTIONS)]
