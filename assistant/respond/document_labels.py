"""Documents in, what an answer calls each of them beside a fact out: title and status.

Example: two texts of one title → 《…行动方案》（征求意见稿） and 《…行动方案》（正式）.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import STATES_FACTS
from assistant.respond.refusal import searched
from assistant.understand.library import Library
from corpus.models import DocumentInfo, ParsedDocument

_MOST_MARKS = 5


def label_of(info: DocumentInfo) -> str:
    """Return a document's title and, where it is known, its status."""
    return f"《{info.title}》" + (f"（{info.status}）" if info.status else "")


def labels_of(documents: Sequence[ParsedDocument]) -> dict[str, str]:
    """Return what each document (by id) is called; those alike in title and status are told apart by more."""
    called = {document.info.id: label_of(document.info) for document in documents}
    for more in ("number", "date", "id"):
        shared = {label for label, count in Counter(called.values()).items() if count > 1}
        for info in (document.info for document in documents):
            if called[info.id] in shared and (known := getattr(info, more)):
                called[info.id] += f"（{known}）"
    return called


def marks_of(numbers: Sequence[int]) -> str:
    """Return citation marks: [1][2], of many in a row the first and the last: [1]–[9]."""
    if len(numbers) > _MOST_MARKS and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"[{numbers[0]}]–[{numbers[-1]}]"
    return "".join(f"[{number}]" for number in numbers)


def name_sources(answer: Answer, documents: Sequence[ParsedDocument], library: Library) -> Answer:
    """Return ``answer`` with every document that it rests on named in its text, or, of a refusal, those searched."""
    if answer.kind is AnswerKind.REFUSAL and not answer.citations:
        told = "《" in answer.answer and any(label in answer.answer for label in labels_of(documents).values())
        return answer if told else replace(answer, answer=f"{answer.answer}\n\n检索范围：{searched(documents)}。")
    cited = dict.fromkeys(citation.document_id for citation in answer.citations)
    if answer.kind not in (*STATES_FACTS, AnswerKind.REFUSAL):
        return answer
    labels = labels_of(library.namesakes(documents, cited))
    if all(labels[one] in answer.answer for one in cited):
        return answer
    marks = {one: marks_of([c.index for c in answer.citations if c.document_id == one]) for one in cited}
    named = "；".join(labels[one] + (marks[one] if len(cited) > 1 else "") for one in cited)
    return replace(answer, answer=f"{answer.answer}\n\n依据：{named}。")
