"""The public set reading_traditional: passages and questions in traditional characters in, scores out.

Example: 天城文在何時成為梵語的標準書寫系統 → the passage 梵文, “19世紀晚期”; asked once more as 天城文在何时成为…….
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import opencc

from evals.metrics.answer_containment import answer_containment
from evals.metrics.exact_match import exact_match
from evals.metrics.folding import fold
from evals.public.asking import ANSWERED, Asked, TextQuestion, ask_all, whole_documents
from evals.public.judged import Judged, make_report, ranking_values
from evals.public.report import Report
from evals.public.rows import rows_of
from evals.public.text_index import open_texts

PASSAGES, PASSAGE_KEYS = "passages", frozenset({"id", "title", "text"})
AS_GIVEN, SIMPLIFIED = "繁体问 ", "简体问 "


def evaluate(folder: Path, place: Path | None = None) -> Report:
    """Return the scores of search and answers, for the questions as given and in simplified characters."""
    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows_of(folder, PASSAGES)}
    questions = list(load_questions(folder))
    assistant = open_texts(texts, place)
    judged = [judge(asked) for asked in ask_all(assistant, questions, whole_documents(assistant.documents))]
    assistant.close()
    return make_report(f"{folder.name}：{len(texts)} 段，{len(questions) // 2} 个问题，各问两遍", judged)


def load_questions(folder: Path) -> Iterator[TextQuestion]:
    """Yield each question as given and in simplified characters; passages and gold answers stay as they are."""
    to_simplified = opencc.OpenCC("t2s")
    for row in rows_of(folder, "questions"):
        gold, answers = frozenset({row["passage_id"]}), tuple(dict.fromkeys(row["answers"]))
        yield TextQuestion(row["id"], row["question"], gold, answers, AS_GIVEN)
        yield TextQuestion(row["id"], to_simplified.convert(row["question"]), gold, answers, SIMPLIFIED)


def judge(asked: Asked) -> Judged:
    """Return the measures of one question; what is declined holds no answer."""
    question = asked.question
    said = asked.said if asked.kind in ANSWERED else ""
    held = answer_containment(fold(said), map(fold, question.answers)) == 1
    values = ranking_values(asked.ranked, question.gold) | {
        "首段引用在标准段": not question.gold.isdisjoint(asked.cited),
        "首段含标准答案": held,
        "首段即标准答案": exact_match(said, question.answers) == 1,
        "未答": asked.is_declined,
    }
    return Judged(asked, {question.variant + name: value for name, value in values.items()}, held)
