"""A question about an annex or document that a text only names in, what the text says of it out.

Example: 附件2是什么 → “附件2是《…的通知》”, as the list of annexes calls it; 《某规划》是哪年发的 → its number’s year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Span
from corpus.numerals import parse_chinese_integer

_ANNEX = r"附件(?:\d+|[一二三四五六七八九十]+)"
_ASKS_TITLE = re.compile(
    rf"(?:请问)?(?P<named>{_ANNEX}(?:[和与及、，,]*(?:{_ANNEX}|\d+))*)(?:分别|各自?|都)?(?:是|叫做?|指的?是?|讲的?是?)(?:个)?"
    r"(?:什么|啥|哪个?)(?:文件|内容|名字|名称|标题|东西)?[？?。呢]*"
)
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+")
"""Of an annex; 附件二 is 附件2."""
_ASKS_YEAR = re.compile(
    r"(?:是)?(?:在)?(?:哪一?年|什么时候|何时|几几年|何年)(?:印发|发布|发文|出台|下发|制定|公布|颁布|发)?的?(?:文)?[？?。呢]*$"
)
_TITLE = re.compile(
    r"《(?P<title>[^《》]{2,60})》\s*[（(](?P<number>[^（）()《》]{1,20}〔(?P<year>(?:19|20)\d\d)〕\s*\d+\s*号)[）)]"
)
_LEAST = 4


def cited_document(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return what annexes are called, or the year in the number of a document that is named; None for other questions.

    An annex whose text is not in the document is said to be only listed.
    """
    if match := _ASKS_TITLE.fullmatch(question.key):
        return _titles(_numbers(match["named"]), question, asked, documents)
    if _ASKS_YEAR.search(question.key):
        return _year(question, asked, documents)
    return None


def _numbers(text: str) -> list[int]:
    return [number for found in _NUMBER.findall(fold(text)) if (number := parse_chinese_integer(found)) is not None]


def _titles(
    numbers: Sequence[int], question: Question, asked: str, documents: Sequence[ParsedDocument]
) -> Answer | None:
    for document in documents:
        found = [next(_entries(document, number), None) for number in numbers]
        told = [clause for clause in found if clause is not None]
        if len(told) < len(numbers):
            continue
        annexes = (c for c in document.clauses if c.kind is ClauseKind.ANNEX)
        present = {number for c in annexes for number in _numbers(c.label)[-1:]}
        said = [
            f"附件{number}是“{clause.heading}”[{place}]" + ("" if number in present else "（只列出名称，正文没有收录）")
            for place, (number, clause) in enumerate(zip(numbers, told, strict=True), 1)
        ]
        cited = cite([clause_evidence(document, clause, clause.own[0]) for clause in told])
        return Answer(asked, question.text, AnswerKind.PASSAGE, f"{'；'.join(said)}。", citations=cited)
    return None


def _entries(document: ParsedDocument, number: int) -> Iterator[Clause]:
    """Yield the clause of the list of annexes that has a number; with no list, the annex itself."""
    lists = {clause.id for clause in document.clauses if clause.kind is ClauseKind.ANNEX_LIST}
    for clause in document.clauses:
        of_list = clause.parent in lists or (not lists and clause.kind is ClauseKind.ANNEX)
        if of_list and clause.heading and clause.own and _numbers(clause.label)[-1:] == [number]:
            yield clause


def _year(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    for document in documents:
        for match in _TITLE.finditer(document.text):
            title = fold(match["title"])
            rest = question.key.replace(f"《{title}》", title)
            if len(title) < _LEAST or not rest.startswith(title) or not _ASKS_YEAR.fullmatch(rest, len(title)):
                continue
            evidence = _sentence(document, Span(*match.span()))
            if evidence is not None:
                text = f"{match['year']}年：《{match['title']}》的文号是{match['number']}。[1]"
                return Answer(asked, question.text, AnswerKind.PASSAGE, text, citations=cite([evidence]))
    return None


def _sentence(document: ParsedDocument, place: Span) -> Evidence | None:
    for clause in document.clauses:
        for own in (span for span in clause.own if span.covers(place)):
            sentence = next(span for span in split_sentences(document.text, [own]) if span.overlaps(place))
            return clause_evidence(document, clause, sentence)
    return None
