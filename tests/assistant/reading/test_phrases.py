"""What may be said for a segment is whole: no item, denial, digit, bracket or second figure is cut off."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest

from assistant.respond.reading.features import Asked, Page
from assistant.respond.reading.model import Reading
from assistant.respond.reading.page_text import Numbers, PageText
from assistant.respond.reading.pages import FoundPage
from assistant.respond.reading.phrase_features import phrase_features
from assistant.respond.reading.phrases import Cut, Way, find_phrases, trimmed
from assistant.respond.reading.question_form import read_form
from assistant.respond.reading.saying import choose_words, said_by_rule
from assistant.respond.reading.segments import cut_segments
from assistant.understand.cells.trees import Trees
from assistant.understand.lexicon import Ask
from assistant.understand.question import Mention, MentionKind, Question
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, DocumentInfo, ParsedDocument, Span

FIRST_COLUMN = 0
"""The column of the features that holds the length of a phrase."""


def _reading(text: str, first: int = 0, last: int | None = None) -> Reading:
    whole = Span(0, len(text))
    document = ParsedDocument(DocumentInfo("d", "某通知", "d.txt", ""), text, (), ())
    clause = Clause("c", ClauseKind.PREAMBLE, "", "", Span(0, 0), whole, (whole,), None, ())
    segments = cut_segments(text, [whole])
    end = len(segments) - 1
    found = FoundPage(Page(PageText(segments, ""), 1, 0.0, 0.0), document, clause, text)
    return Reading(found, first, end if last is None else last, 0, end, 0.0, 0.0, np.zeros(len(segments)))


def _cutter(words: str) -> Cut:
    """Return what cuts stretches of a text where “/” stands in ``words``."""
    text = fold(words.replace("/", ""))
    ends = set(accumulate(map(len, words.split("/"))))

    def cut(piece: str) -> list[str]:
        start = text.index(piece)
        places = [0, *(end - start for end in sorted(ends) if start < end < start + len(piece)), len(piece)]
        return [piece[one:other] for one, other in pairwise(places)]

    return cut


def _said(words: str, key: str) -> set[str]:
    """Return what may be said for a text whose words are set apart by “/”, beside the whole of it."""
    text = words.replace("/", "")
    reading = _reading(text)
    phrases = find_phrases(reading, trimmed(text, reading.span), key, _cutter(words))
    assert phrases[0].way is Way.SAID
    return {phrase.span.of(text) for phrase in phrases[1:]}


def test_words_that_the_question_repeats_are_left_out_at_both_ends() -> None:
    assert "可以通过邮寄等方式" in _said("用人单位/可以/通过/邮寄/等/方式/提交/材料", "用人单位如何提交材料")


@pytest.mark.parametrize(
    ("words", "key", "never"),
    [
        ("采取/监管/、/驻企/等/方式", "怎样监管", "驻企等方式"),
        ("材料/不予/受理/登记", "材料不予怎样", "受理登记"),
        ("研发/机构/达到/240个/以上", "研发机构以上达到多少", "240个"),
        ("化工/等/高/耗水/行业", "哪些耗水行业", "化工等高"),
        ("发展/绿色/产业/的/基础", "基础是什么", "发展绿色产业"),
        ("开通/专线/955/18", "热线18是什么", "开通专线955"),
        ("设立/（/市级/）/热线", "（市级热线在哪", "设立（"),
    ],
)
def test_nothing_that_belongs_together_is_cut(words: str, key: str, never: str) -> None:
    assert never not in _said(words, key)


def test_one_of_two_figures_of_a_unit_is_never_said_alone() -> None:
    said = _said("复工率/达/93.5%/，/其中/基础/项目/达/89.8%", "复工率是多少")
    assert not {one for one in said if one.endswith("%") and "93.5" in one and "89.8" not in one}


class _Shortest(Trees):
    """Trees that hold the shortest phrase to be the best."""

    def __init__(self) -> None:
        """Hold no trees."""

    def score(self, rows: Numbers) -> Numbers:
        return 1 / rows[:, FIRST_COLUMN]


def _asking(kind: Ask) -> Question:
    return Question("问", "问", (Mention(MentionKind.ASK, kind, Span(0, 1)),), (), frozenset())


def _asked(key: str) -> Asked:
    return Asked(key, {}, {}, (), "", {}, read_form(key))


def _chosen(kind: Ask, words: str, key: str) -> str:
    reading = _reading(words.replace("/", ""))
    question = _asking(kind)
    said = said_by_rule(question, reading)
    spans = choose_words(question, _asked(key), reading, said, _Shortest(), _cutter(words))
    return "|".join(span.of(reading.found.document.text) for span in spans)


def test_what_fits_best_is_said() -> None:
    assert _chosen(Ask.WHAT, "开展/“随手办”/扫码/行动/，", "开展什么行动") == "“随手办”"


def test_the_date_that_is_asked_for_is_never_left_out() -> None:
    assert "2月8日" in _chosen(Ask.WHEN, "预计/2月/8日/出现/客流/高峰/，/2月/24日/结束", "何时")


def test_a_figure_that_the_rules_cut_out_stays() -> None:
    assert _chosen(Ask.HOW_MANY, "累计/建成/高标准/农田/面积/340/万亩", "建成多少") == "340万亩"


def test_each_phrase_has_a_row_of_numbers() -> None:
    reading = _reading("对200余家单位进行了检查，加强巡查。")
    asked = _asked("对多少家单位进行了检查")
    phrases = find_phrases(reading, trimmed(reading.found.document.text, reading.span), asked.key, list)
    rows = phrase_features(asked, reading, phrases)
    assert len(rows) == len(phrases) > 1
    assert np.isfinite(rows).all()
