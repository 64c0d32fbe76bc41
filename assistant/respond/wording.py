"""Chosen passages or a clause outline in, the answer as a person reads it out.

Example: “……由市委书记、市人民政府市长任双组长……。”[1]（四、（一））
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.outline import heading_evidence
from assistant.respond.quoting import in_quotes
from assistant.understand.query import Query
from corpus.models import Clause, ParsedDocument, Span

if TYPE_CHECKING:
    from assistant.respond.passage import Passage

_ENDS = "；;。，,"
_MARKDOWN = re.compile(r"\*\*|(?:^|(?<=\n))\s*#{1,6}\s+")


def word_passages(question: str, standalone: str, chosen: Sequence[Passage], items: Sequence[Evidence] = ()) -> Answer:
    """Return the words that answer, then the whole sentences that they stand in, each with its citation and address.

    ``items`` are what the first passage announces: they are counted and said with it, all of them.
    """
    said = "；".join(f"{_said(passage)}[{number}]" for number, passage in enumerate(chosen, 1))
    if len(chosen) == 1 and not items:
        said = f"{_said(chosen[0])}。[1]"
    whole = "".join(
        f"\n\n原文：“{_flat(p.evidence.quote)}”[{number}]" for number, p in enumerate(chosen, 1) if _is_longer(p)
    )
    listed = [f"{_flat(item.quote).rstrip(_ENDS)}[{number}]" for number, item in enumerate(items, len(chosen) + 1)]
    counted = f"，共{len(items)}项：{'；'.join(listed)}。" if listed else "。" if len(chosen) > 1 else ""
    place = f"\n\n依据：{_titled(chosen[0])}{chosen[0].evidence.locator.rstrip('.、')}。"
    citations = cite([*(passage.evidence for passage in chosen), *items])
    return Answer(question, standalone, AnswerKind.PASSAGE, f"{said}{counted}{whole}{place}", citations=citations)


def _said(passage: Passage) -> str:
    words = "……".join(_plain(span.of(passage.evidence.document.text)).strip(_ENDS) for span in passage.direct)
    return f"{in_quotes(passage.subject)}：{words.lstrip('：:')}" if passage.subject else words


def _is_longer(passage: Passage) -> bool:
    """Return whether the cited sentences hold more than a mark beside the words that answer."""
    quote, direct = passage.evidence.span, passage.direct
    return len(direct) > 1 or direct[0].start - quote.start > 1 or quote.end - direct[-1].end > 1


def word_outline(
    question: str, standalone: str, document: ParsedDocument, clause: Clause, children: Sequence[Clause]
) -> Answer:
    """Return all headings under a clause with their count."""
    head = f"{in_quotes(clause.heading)}共{len(children)}项："
    evidence = heading_evidence(document, children)
    said = (
        f"{child.label}{child.heading}" if child.heading else _flat(one.quote).rstrip(_ENDS)
        for child, one in zip(children, evidence, strict=True)
    )
    lines = [f"{one}[{number}]" for number, one in enumerate(said, 1)]
    citations = cite(evidence)
    return Answer(question, standalone, AnswerKind.PASSAGE, head + "；".join(lines) + "。", citations=citations)


def word_text_under(question: str, standalone: str, document: ParsedDocument, clause: Clause, under: Span) -> Answer:
    """Return what stands under a heading, whole."""
    evidence = clause_evidence(document, clause, under)
    text = f"{in_quotes(clause.heading)}：{_flat(evidence.quote).lstrip('：:')}[1]"
    return Answer(question, standalone, AnswerKind.PASSAGE, text, citations=cite([evidence]))


def ask_of_what(question: str, standalone: str) -> Answer:
    """Return the question back where it names nothing: 投资多少."""
    text = "请说明想问的是哪个项目、指标或哪项工作，例如写出它的名称或序号。"
    return Answer(question, standalone, AnswerKind.CLARIFY, text)


def ask_which_table(question: str, standalone: str, queries: Sequence[Query]) -> Answer:
    """Return the question back where several tables answer it equally well, with the tables to choose from."""
    tables = [f"《{query.document.info.title}》{query.table.name}" for query in queries]
    lines = [f"{number}. {table}" for number, table in enumerate(tables, 1)]
    text = "这个问题可以问下面几张表，请说明是哪一张：\n\n" + "\n".join(lines)
    names = list(dict.fromkeys(query.table.name for query in queries))
    suggestions = tuple(f"{name}中，{standalone}" for name in names) if len(names) == len(tables) else ()
    return Answer(question, standalone, AnswerKind.CLARIFY, text, suggestions=suggestions)


def ask_which_meaning(question: str, standalone: str, choices: Sequence[str]) -> Answer:
    """Return the question back where a mistyped name may be several, with the questions to choose from."""
    lines = [f"{number}. {choice}" for number, choice in enumerate(choices, 1)]
    text = "问题中有的词没有找到，可能是下面的意思，请选择一个：\n\n" + "\n".join(lines)
    return Answer(question, standalone, AnswerKind.CLARIFY, text, suggestions=tuple(choices))


def note_meaning(answer: Answer, meant: Sequence[str]) -> Answer:
    """Return the answer with, after its first paragraph, the names that it took mistyped words for."""
    if not meant:
        return answer
    head, rest, tail = answer.answer.partition("\n\n")
    names = "、".join(map(in_quotes, meant))
    return replace(answer, answer=f"{head}\n\n按{names}理解。{rest}{tail}")


def _titled(passage: Passage) -> str:
    info = passage.evidence.document.info
    return f"《{info.title}》" + (f"（{info.status}）" if info.status else "")


def _flat(quote: str) -> str:
    return " ".join(quote.split())


def _plain(words: str) -> str:
    """Return words in one line, without the signs by which Markdown sets headings and bold words."""
    return _flat(_MARKDOWN.sub("", words))
