"""Every character of a question is accounted for: a name, an attribute, a question word, or it needs support."""

from __future__ import annotations

import pytest

from assistant.understand.entities import common_blocks
from assistant.understand.lexicon import Ask, Word, load_lexicon
from assistant.understand.question import MentionKind, read_question
from assistant.understand.support import unsupported
from corpus.folding import fold
from corpus.models import Span

ATTRIBUTES = (Word("牵头", "lead_agency"), Word("投资", "amount"))


def content(text: str, names: frozenset[Span] = frozenset()) -> list[str]:
    question = read_question(text, load_lexicon(), ATTRIBUTES, names)
    return [text[span.start : span.end] for span in question.content()]


# question -> what is neither attribute, question word, class noun nor empty word
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("十大孔兑项目由哪个局牵头", ["十大孔兑"]),
        ("请问绿氢产业项目的投资是多少？", ["绿氢产业"]),
        ("2024年技术市场成交额要达到多少", ["技术市场成交额"]),
        ("由谁牵头？", []),
    ],
)
def test_words_without_content_need_no_support(text: str, left: list[str]) -> None:
    assert content(text) == left


def test_what_is_asked_is_marked() -> None:
    question = read_question("2024年绿氢产业由谁牵头", load_lexicon(), ATTRIBUTES, frozenset())

    assert question.asks == {Ask.WHO}
    assert question.years == ("2024",)
    assert question.named(MentionKind.ATTRIBUTE) == ("lead_agency",)


def test_a_word_inside_a_name_is_not_an_attribute() -> None:
    question = read_question("环境治理投资占比", load_lexicon(), ATTRIBUTES, frozenset({Span(0, 7)}))

    assert not question.named(MentionKind.ATTRIBUTE)


@pytest.mark.parametrize("text", ["十大孔兌ＣＣＵＳ①", "ﬁ", "㎡", "İ", "𠀀"])
def test_a_search_key_is_as_long_as_its_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_traditional_and_full_width_characters_fold_to_one_key() -> None:
    assert fold("達拉特旗２０２４ＧＤＰ") == "达拉特旗2024gdp"


def test_blocks_are_the_longest_shared_stretches() -> None:
    assert [b.of("十大孔兑治理") for b in common_blocks("十大孔兑治理", "黄河十大孔兑综合治理")] == ["十大孔兑", "治理"]


# stretch, context -> what the context does not support
@pytest.mark.parametrize(
    ("stretch", "context", "left"),
    [
        ("施工单位", "牵头责任单位", ["施工"]),
        ("占比", "非化石能源消费比重", []),
        ("2030", "2022-2024", ["2030"]),
        ("全", "没有这个字的文", []),
    ],
)
def test_what_the_context_does_not_hold_is_left(stretch: str, context: str, left: list[str]) -> None:
    pieces = unsupported(stretch, [Span(0, len(stretch))], context, [("占比", "比重")])

    assert [piece.of(stretch) for piece in pieces] == left
