"""What the form of a question says of its answer, and which weights read for it."""

from __future__ import annotations

import pytest

from assistant.respond.reading.features import Asked
from assistant.respond.reading.model import load_models
from assistant.respond.reading.question_form import FORMS, holds_unit, read_form
from assistant.respond.reading.shares import share_held
from index.search import FEW_DOCUMENTS


@pytest.mark.parametrize(
    ("key", "unit", "before", "behind"),
    [
        ("对多少家单位进行检查", "家", "对", "家单位进"),
        ("复工率达到多少", "", "工率达到", ""),
        ("好几个部门", "", "好", "个部门"),
        ("多大规模以下的煤矿", "", "", "以下的煤"),
        ("许多重点项目由谁负责", "", "点项目由", "负责"),
        ("发放补贴", "", "", ""),
    ],
)
def test_the_unit_and_what_stands_around_the_question_word_are_read(
    key: str, unit: str, before: str, behind: str
) -> None:
    form = read_form(key)
    assert (form.unit, form.before, form.behind) == (unit, before, behind)


def test_a_question_is_of_every_kind_that_its_words_name() -> None:
    flags = read_form("采取哪些措施").flags
    assert {FORMS[place].pattern for place, flag in enumerate(flags) if flag} == {"哪些", "措施|举措|做法|办法"}


@pytest.mark.parametrize(("text", "holds"), [("对200余家单位", True), ("200人到各家", False), ("", False)])
def test_a_unit_is_held_behind_a_number_alone(text: str, holds: bool) -> None:
    assert holds_unit("家", text) is holds


def test_a_document_holds_as_much_of_the_question_as_its_pairs_weigh() -> None:
    form = read_form("甲市补贴")
    asked = Asked("甲市补贴", {"甲市": 3.0, "补贴": 1.0}, {}, (), "", {"补贴": ("奖补",)}, form)
    assert share_held(asked, "甲市通知") == 0.75
    assert share_held(asked, "甲市奖补通知") == 1.0
    assert share_held(Asked("", {}, {}, (), "", {}, form), "甲市") == 0.0


def test_few_documents_are_read_with_weights_of_their_own() -> None:
    models = load_models()
    assert models.among(FEW_DOCUMENTS) is models.few
    assert models.among(FEW_DOCUMENTS + 1) is models.many
    assert models.few is not models.many
