"""Many documents: the best passage of all of them decides; only a quantity that several state is told for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder
from index.search import FEW_DOCUMENTS

COUNTIES = tuple(f"{first}{second}县" for first in "东南西北中" for second in "川山河林原")
AREAS = {0: 1200, 1: 3500}
QUESTION = "稻田养鱼工作专班由谁任组长"


def notice(number: int, county: str) -> str:
    area = f"到2025年，稻田综合种养面积达到{AREAS[number]}亩。" if number in AREAS else "按村逐步推开。"
    return (
        f"{county}关于做好稻田养鱼工作的通知\n\n一、加强领导\n\n"
        f"成立稻田养鱼工作专班，由{county}分管副县长任组长。\n\n二、推广范围\n\n{area}\n"
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("notices"), tmp_path_factory.mktemp("many")
    for number, county in enumerate(COUNTIES):
        (folder / f"n{number:02}.txt").write_text(notice(number, county), encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.document_id for citation in answer.citations))


def test_of_many_documents_the_best_passage_alone_is_told(office: Assistant) -> None:
    assert len(office.documents) > FEW_DOCUMENTS
    answer = office.ask(QUESTION)

    assert answer.kind is AnswerKind.PASSAGE
    assert len(cited(answer)) == 1


def test_of_few_documents_the_passages_are_told_side_by_side(office: Assistant) -> None:
    few = [document.info.id for document in office.documents[:2]]

    assert cited(office.ask(QUESTION, documents=few)) == few


def test_of_many_documents_the_one_that_the_question_speaks_of_answers(office: Assistant) -> None:
    for number in (0, 7, 24):
        answer = office.ask(f"{COUNTIES[number]}的{QUESTION}")
        assert cited(answer) == [office.documents[number].info.id]


def test_a_quantity_that_several_of_many_documents_state_is_told_for_each(office: Assistant) -> None:
    answer = office.ask("2025年稻田综合种养面积达到多少亩")

    assert sorted(cited(answer)) == [office.documents[number].info.id for number in AREAS]
    (conflict,) = answer.conflicts
    assert sorted(one.value for one in conflict.statements) == ["1200", "3500"]
