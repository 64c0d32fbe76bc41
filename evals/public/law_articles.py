"""The public set law_articles: articles of laws and questions in everyday words in, retrieval scores out.

Example: 老板不给加班费怎么办 → the articles of 劳动法 and 劳动合同法 on overtime pay, among 25,374.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.engine import Assistant
from corpus.models import Span
from evals.public.asking import DEPTH, Asked, TextQuestion, UnitsAt, ask_all, rank_units
from evals.public.judged import Judged, make_report, ranking_values
from evals.public.law_texts import Law, make_laws
from evals.public.report import Report
from evals.public.rows import rows_of
from evals.public.text_index import open_texts
from index.models import Hit

ARTICLES, ARTICLE_KEYS = "corpus", frozenset({"id", "law", "article", "text"})
_DEEP = 4 * DEPTH


def evaluate(folder: Path, place: Path | None = None) -> Report:
    """Return the scores of search over all laws, joined, by words alone and by vectors alone, and of the citations."""
    laws = make_laws(rows_of(folder, ARTICLES))
    questions = load_questions(folder)
    assistant = open_texts({id_: law.text for id_, law in laws.items()}, place)
    units_at = articles_in(laws)
    judged = [judge(asked, assistant, units_at) for asked in ask_all(assistant, questions, units_at)]
    assistant.close()
    count = sum(len(law.articles) for law in laws.values())
    return make_report(f"{folder.name}：{len(laws)} 部法律，{count} 条，{len(questions)} 个问题", judged)


def load_questions(folder: Path) -> list[TextQuestion]:
    """Return the questions with their gold articles."""
    return [
        TextQuestion(str(row["id"]), row["question"], frozenset(map(str, row["gold"])))
        for row in rows_of(folder, "questions")
    ]


def articles_in(laws: Mapping[str, Law]) -> UnitsAt:
    """Return what gives the articles that a place in one of ``laws`` lies in."""

    def articles_at(document_id: str, span: Span) -> tuple[str, ...]:
        return laws[document_id].articles_at(span)

    return articles_at


def judge(asked: Asked, assistant: Assistant, units_at: UnitsAt) -> Judged:
    """Return the measures of one question."""
    gold = asked.question.gold
    values = ranking_values(asked.ranked, gold, "合并 ")
    for name, hits in rank_by_engine(assistant, asked.question.text).items():
        values |= ranking_values(rank_units(hits, units_at), gold, f"{name} ")
    values |= {"首段引用含标准条": not gold.isdisjoint(asked.cited), "未答": asked.is_declined}
    return Judged(asked, values, bool(values["合并 hit@10"]))


def rank_by_engine(assistant: Assistant, question: str) -> dict[str, list[Hit]]:
    """Return the hits of words alone and of vectors alone, each in its own order.

    They are the ranks that the joined hits carry. The joined list is asked for so deep that the first hits of either
    engine are in it, whatever the other thinks of them.
    """
    hits = assistant.search(question, _DEEP)
    words = sorted((hit for hit in hits if hit.lexical_rank), key=lambda hit: hit.lexical_rank)
    near = sorted((hit for hit in hits if hit.vector_rank), key=lambda hit: hit.vector_rank)
    return {"词": words[:DEPTH], "向量": near[:DEPTH]}
