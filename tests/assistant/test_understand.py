"""Every character of a question is accounted for: a name, an attribute, a question word, or it needs support."""

from __future__ import annotations

import pytest

from assistant.understand.entities import common_blocks
from assistant.understand.lexicon import Ask, Word, load_lexicon
from assistant.understand.question import MentionKind
from assistant.understand.question_reader import QuestionReader
from assistant.understand.support import Support, join
from assistant.understand.words import WordReader
from corpus.folding import fold
from corpus.models import Span
from index.tokens import Segmenter

ATTRIBUTES = (Word("牵头", "lead_agency"), Word("投资", "amount"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> QuestionReader:
    cache = tmp_path_factory.mktemp("words")
    return QuestionReader(load_lexicon(), ATTRIBUTES, WordReader(Segmenter(cache).cut, cache), lambda _: True)


# question -> the words that need support: neither attribute, question word, class noun nor empty word
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("绿色矿山项目由哪个局牵头", ["绿色矿山"]),
        ("请问国土绿化项目的投资是多少？", ["国土绿化"]),
        ("2024年技术市场成交额要达到多少", ["技术市场成交额"]),
        ("施工单位是谁", ["施工单位"]),
        ("能耗是多少", ["能耗"]),
        ("由谁牵头？", []),
    ],
)
def test_words_without_content_need_no_support(reader: QuestionReader, text: str, left: list[str]) -> None:
    question = reader.read(text)

    assert [span.of(question.key) for span in join(question.telling)] == left


def test_what_is_asked_is_marked(reader: QuestionReader) -> None:
    question = reader.read("2024年绿氢产业由谁牵头")

    assert question.asks == {Ask.WHO}
    assert question.years == ("2024",)
    assert question.named(MentionKind.ATTRIBUTE) == ("lead_agency",)


def test_a_word_inside_a_name_is_not_an_attribute(reader: QuestionReader) -> None:
    question = reader.read("环境治理投资占比", frozenset({Span(0, 7)}))

    assert not question.named(MentionKind.ATTRIBUTE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("公园打造成什么", ["公园", "打造", "成"]),
        ("中标的单位是谁", ["中标", "单位"]),
        ("会上要用，公园由谁牵头", ["公园"]),
        ("审计需要核对：公园投资多少", ["公园"]),
        ("公园由谁牵头，会上要用", ["公园", "会上"]),
        ("谁去会上核对，公园投资多少", ["会上", "公园"]),
    ],
)
def test_a_verb_is_cut_behind_and_who_asks_and_why_is_no_content(
    reader: QuestionReader, text: str, words: list[str]
) -> None:
    question = reader.read(text)

    assert [span.of(question.key) for span in question.words] == words


def test_a_how_many_inside_a_name_of_the_documents_asks_nothing(
    reader: QuestionReader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("words")
    words = WordReader(Segmenter(cache).cut, cache)
    unaware = QuestionReader(load_lexicon(), ATTRIBUTES, words, lambda _: False)

    assert reader.read("几江公园由谁牵头").asks == {Ask.WHO}
    assert unaware.read("几江公园由谁牵头").asks == {Ask.WHO, Ask.HOW_MANY}


@pytest.mark.parametrize("text", ["十大孔兌ＣＣＵＳ①", "ﬁ", "㎡", "İ", "𠀀"])
def test_a_search_key_is_as_long_as_its_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_traditional_and_full_width_characters_fold_to_one_key() -> None:
    assert fold("達拉特旗２０２４ＧＤＰ") == "达拉特旗2024gdp"


def test_blocks_are_the_longest_shared_stretches() -> None:
    assert [b.of("十大孔兑治理") for b in common_blocks("十大孔兑治理", "黄河十大孔兑综合治理")] == ["十大孔兑", "治理"]


# word, context -> whether the context supports it
@pytest.mark.parametrize(
    ("word", "context", "held"),
    [
        ("施工单位", "牵头责任单位", False),
        ("占比", "非化石能源消费比重", True),
        ("2030", "2022-2024", False),
        ("野生动物保护", "鄂尔多斯野生动物救护与保护", True),
        ("野生动物园", "鄂尔多斯野生动物保护", False),
        ("阿拉善盟", "桃力庙-阿拉善海子", False),
    ],
)
def test_a_word_is_supported_by_itself_a_synonym_or_most_of_its_parts(word: str, context: str, held: bool) -> None:
    support = Support([("占比", "比重")])

    assert support.holds(word, Span(0, len(word)), context) is held
