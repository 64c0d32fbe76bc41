"""A ranking counts each unit where its first chunk stands; an answer is judged by what its first paragraph cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.errors import QuestionInvalid
from assistant.models import Answer, AnswerKind, Citation
from corpus.models import DocumentInfo, ParsedDocument, Span
from evals.public.asking import Asked, TextQuestion, ask_one, rank_units, whole_documents
from evals.public.judged import Judged, make_report
from evals.public.law_articles import articles_in, rank_by_engine
from evals.public.law_texts import make_laws
from evals.public.policy_notices import judge
from evals.public.reading_traditional import judge as judge_reading
from evals.public.report import Half, render
from index.models import Chunk, ChunkKind, Hit

QUESTION = TextQuestion("q1", "返还多少失业保险费", frozenset({"n1"}), ("返还50%。",))
TEXT = "参保企业返还50%。其余另行规定。"


def document_at(document_id: str, span: Span) -> tuple[str, ...]:
    return (document_id,)


def hit(document: str, start: int, end: int, rank: int = 1) -> Hit:
    return Hit(
        Chunk(f"{document}-{start}", document, ChunkKind.CLAUSE, "", "", Span(start, end), (), "c1"), 1 / rank, rank
    )


def cite(index: int, quote: str, document: str = "n1") -> Citation:
    start = TEXT.index(quote)
    return Citation(index, "通知", document, "", (), "", quote, start, start + len(quote))


class Scripted:
    """Finds the hits and gives the answer that a test wrote down, or raises its error."""

    def __init__(self, hits: Sequence[Hit] = (), answer: Answer | None = None) -> None:
        self.hits, self.answer = tuple(hits), answer

    def search(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        return self.hits[:k]

    def ask(self, question: str) -> Answer:
        if self.answer is None:
            raise QuestionInvalid("请输入问题。")
        return self.answer


def answered(text: str, kind: AnswerKind = AnswerKind.PASSAGE, citations: Sequence[Citation] = ()) -> Asked:
    answer = Answer("问", "问", kind, text, citations=tuple(citations))
    return ask_one(Scripted([hit("n1", 0, 9)], answer), QUESTION, document_at)


def test_a_document_stands_where_its_first_chunk_stands() -> None:
    hits = [hit("b", 0, 5), hit("b", 5, 9), hit("a", 0, 5), hit("b", 9, 12)]

    assert rank_units(hits, document_at) == ("b", "a")


def test_an_article_is_found_by_any_chunk_that_overlaps_it_and_other_chunks_keep_their_rank() -> None:
    rows = [
        {"id": 7, "law": "某法", "article": "第一条", "chapter": "第一章　总则", "text": "甲乙丙。"},
        {"id": 8, "law": "某法", "article": "第二条", "chapter": "第一章　总则", "text": "丁。"},
    ]
    laws = make_laws(rows)
    text = laws["law-1"].text
    first, second = text.index("第一条"), text.index("第二条")
    hits = [hit("law-1", 0, 2), hit("law-1", second, len(text)), hit("law-1", first + 4, first + 6)]

    assert rank_units(hits, articles_in(laws)) == ("law-1@law-1-0", "8", "7")


def test_a_document_is_named_by_its_file_whatever_its_id() -> None:
    info = DocumentInfo("a-b-1f2e3d4c", "通知", "A_B.1.txt", "")

    assert whole_documents([ParsedDocument(info, "甲", (), ())])("a-b-1f2e3d4c", Span(0, 1)) == ("A_B.1",)


def test_each_engine_alone_has_its_own_order() -> None:
    found = [hit("a", 0, 1), hit("b", 0, 1), hit("c", 0, 1)]
    ranks = [(2, 1), (0, 2), (1, 0)]
    hits = [replace(one, vector_rank=near, lexical_rank=words) for one, (near, words) in zip(found, ranks, strict=True)]

    engines = rank_by_engine(Scripted(hits), "问")

    assert {name: rank_units(some, document_at) for name, some in engines.items()} == {
        "词": ("a", "b"),
        "向量": ("c", "a"),
    }


def test_what_later_paragraphs_cite_is_not_judged() -> None:
    asked = answered("返还50%。[1]\n\n依据：通知。[2]", citations=[cite(1, "返还50%。"), cite(2, "其余另行规定。")])

    assert (asked.said, asked.quotes, asked.cited) == ("返还50%。[1]", ("返还50%。",), ("n1",))


def test_a_range_of_marks_stands_for_every_citation_in_it() -> None:
    citations = [cite(1, "参保企业"), cite(2, "返还50%。"), cite(3, "其余")]

    assert answered("见下文。[1]–[3]", citations=citations).quotes == ("参保企业", "返还50%。", "其余")


def test_an_answer_that_two_cited_sentences_hold_together_is_held() -> None:
    held = judge(answered("返还[2]50%。[1]", citations=[cite(2, "返还"), cite(1, "50%。")]))
    other = judge(answered("其余另行规定。[1]", citations=[cite(1, "其余另行规定。")]))

    assert (held.values["标准答案在首段引文中"], other.values["标准答案在首段引文中"]) == (True, False)
    assert other.values["首段引用在标准通知"] is True


@pytest.mark.parametrize("kind", [AnswerKind.REFUSAL, AnswerKind.CLARIFY])
def test_what_is_declined_scores_nothing_though_it_cites_the_answer(kind: AnswerKind) -> None:
    values = judge(answered("没有提到返还50%。[1]", kind, [cite(1, "返还50%。")])).values

    assert (values["可答问题：未答"], values["首段 ROUGE-L F1"], values["标准答案在首段引文中"]) == (True, 0.0, False)


def test_a_question_on_an_absent_document_is_right_where_it_is_declined() -> None:
    absent = TextQuestion("q2", "问", frozenset())
    refused, said = (
        judge(ask_one(Scripted((), Answer("问", "问", kind, "答")), absent, document_at))
        for kind in (AnswerKind.REFUSAL, AnswerKind.PASSAGE)
    )

    assert [(one.values, one.is_right) for one in (refused, said)] == [
        ({"库外问题：未答": True}, True),
        ({"库外问题：未答": False}, False),
    ]


def test_a_question_that_raises_an_error_is_wrong_and_stays_in_the_count() -> None:
    judged = judge(ask_one(Scripted([hit("n1", 0, 9)]), QUESTION, document_at))

    assert judged.asked.kind is AnswerKind.ERROR
    assert not any(judged.values.values())


def test_a_short_answer_is_looked_for_in_either_width_and_without_quotes() -> None:
    question = TextQuestion("q", "問", frozenset({"n1"}), ("「１９」世紀",), "繁体问 ")
    said = Answer("問", "問", AnswerKind.PASSAGE, "始於19世紀。[1]")
    values = judge_reading(ask_one(Scripted((), said), question, document_at)).values

    assert (values["繁体问 首段含标准答案"], values["繁体问 首段即标准答案"]) == (True, False)


def test_counts_and_means_are_shown_with_the_number_of_their_questions() -> None:
    one, other = (TextQuestion(key, "问", frozenset({"n1"}), ("答",)) for key in ("q0", "q1"))
    report = make_report(
        "题集",
        [Judged(ask_one(Scripted(), q, document_at), {"hit@1": False, "MRR@10": 0.25}, False) for q in (one, other)],
    )
    shown = render(report, failures=True)

    assert [(score.half, score.right, score.asked) for score in report.scores if score.name == "hit@1"] == [
        (Half.LEARN, 0, 1),
        (Half.TEST, 0, 1),
    ]
    assert "0/1   0.0%" in shown
    assert "0.250  n=1" in shown
    assert ("✗ q0" in shown, "✗ q1" in shown) == (True, False)
