"""The public set policy_notices: real notices and questions on them in, retrieval, extraction and refusal scores out.

Example: 北京市对于因疫情影响暂停举办的展会项目有何支持政策 → the one notice of 218, the one sentence in it.
"""

from __future__ import annotations

from pathlib import Path

from evals.metrics.answer_containment import answer_containment
from evals.metrics.rouge_l import rouge_l
from evals.public.asking import ANSWERED, Asked, TextQuestion, ask_all, whole_documents
from evals.public.judged import Judged, make_report, ranking_values
from evals.public.report import Report
from evals.public.rows import find_rows, rows_of
from evals.public.text_index import open_texts

NOTICES, NOTICE_KEYS = "docs", frozenset({"id", "text"})
_QUESTIONS, _ABSENT = "questions", "out_of_corpus_questions"


def evaluate(folder: Path, place: Path | None = None) -> Report:
    """Return the scores of search and answers; questions on absent notices are to be declined."""
    texts = {row["id"]: row["text"] for row in rows_of(folder, NOTICES)}
    questions = load_questions(folder)
    assistant = open_texts(texts, place)
    judged = [judge(asked) for asked in ask_all(assistant, questions, whole_documents(assistant.documents))]
    assistant.close()
    return make_report(f"{folder.name}：{len(texts)} 份通知，{len(questions)} 个问题", judged)


def load_questions(folder: Path) -> list[TextQuestion]:
    """Return the questions with a gold notice, then those whose notice is absent, where the set has such."""
    found = [
        TextQuestion(row["id"], row["question"], frozenset({row["doc_id"]}), (row["answer"],))
        for row in rows_of(folder, _QUESTIONS)
    ]
    if find_rows(folder, _ABSENT) is not None:
        found += [TextQuestion(row["id"], row["question"], frozenset()) for row in rows_of(folder, _ABSENT)]
    return found


def judge(asked: Asked) -> Judged:
    """Return the measures of one question; what is declined has a ROUGE-L of 0."""
    if not asked.question.gold:
        return Judged(asked, {"库外问题：未答": asked.is_declined}, asked.is_declined)
    gold = asked.question.answers
    answered = asked.kind in ANSWERED
    held = answer_containment("".join(asked.quotes), gold) == 1
    values = ranking_values(asked.ranked, asked.question.gold, "通知 ") | {
        "首段引用在标准通知": not asked.question.gold.isdisjoint(asked.cited),
        "标准答案在首段引文中": held,
        "首段 ROUGE-L F1": max(rouge_l(asked.said, one) for one in gold) if answered else 0.0,
        "可答问题：未答": asked.is_declined,
    }
    return Judged(asked, values, held)
