"""A question for what one of two documents has and the other has not in, the rows or articles out, with their number.

Example: 2025年计划比2024年新增了哪些项目 → the rows of 2025 whose names 2024 has not.

Rows are alike by their names, articles by most of their words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence, row_evidence
from assistant.respond.versions import are_versions, in_order, is_later, likeness, of_years, pairs_of
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Span
from corpus.row_names import cell_text, name_column

_ADDED = re.compile(
    r"新增加?了?(?:哪|什么|的(?:项目|条|规定|内容)|[^，,。？?]{0,6}(?:哪|什么))|(?:增加|加入|增列|新列入|新出现)了?(?:哪|什么|的)"
)
_DROPPED = re.compile(r"不再(?:列入|保留|安排|实施|规定)?|删(?:掉|除|去|减)|取消了?(?:哪|的|什么)|去掉|没有了")
_KEPT = re.compile(
    r"(?:两年|两版|两份(?:文件|计划)?|两个文件|年)[^，,。？?]{0,8}都(?:有|列入|出现|包含|保留)的?|延续(?:的|实施的)?(?:项目|条款)"
)
_MORE = re.compile(r"最[大多高小少低]|增加(?:得|了)?(?:最|多少)|减少|变化|金额|投资|不同|区别|差[异别]|有效|[吗么]$")
_OF_ARTICLES = re.compile(r"[哪一几][些一]?(?:[条款]|项(?!目))|条款|规定|内容|措施")
_PLAIN = re.compile(
    r"[条款项年版份稿里中比后]|条款|规定|内容|措施|项目|计划|方案|办法|文件|列入|新增|修订|草案|现行|重点|列|不再"
)
"""Words that only say what is compared; of anything else not every row or article is asked."""
_ALIKE, _SHARED, _PAIR = 0.35, 0.5, 2
_LONGEST = 60
_ARTICLES, _BY_WORDS = "条款", "（条款是否相同按文字异同判断。）"


@dataclass(frozen=True, slots=True)
class _Item:
    """A row or an article: what it is called, and where it stands."""

    said: str
    evidence: Evidence


def set_changes(question: Question, documents: Sequence[ParsedDocument], name_words: Sequence[str]) -> Answer | None:
    """Return what is new, dropped or kept from the one document to the other.

    None where that is not asked, where they are no versions or years of one text, or only some of it is asked for
    (新增的水利项目).
    """
    asked, key = question.text, question.key
    wanted = next((p for p in (_ADDED, _DROPPED, _KEPT) if p.search(key)), None)
    if wanted is None or len(documents) != _PAIR or _MORE.search(key):
        return None
    old, new = in_order(documents)
    titles = fold(old.info.title + new.info.title)
    matched = [Span(*match.span()) for match in wanted.finditer(key)]
    said = [span for span in question.words if not any(span.overlaps(one) for one in matched)]
    left = [word for span in said if (word := span.of(key)) not in titles and not _PLAIN.fullmatch(word)]
    if left or not is_later(new, old) or not (are_versions(documents) or of_years(documents)):
        return None
    if are_versions(documents) or _OF_ARTICLES.search(key):
        sides, noun, alike = (_articles(old), _articles(new)), _ARTICLES, _same_words
    else:
        sides, noun, alike = (_rows(old, name_words), _rows(new, name_words)), "项目", _same_name
    if not all(sides):
        return None
    return _told(asked, wanted, (old, new), sides, noun, alike)


def _told(
    asked: str,
    wanted: re.Pattern[str],
    documents: tuple[ParsedDocument, ParsedDocument],
    sides: tuple[list[_Item], list[_Item]],
    noun: str,
    alike: Callable[[str, str], bool],
) -> Answer | None:
    old, new = sides
    titles = [f"《{document.info.title}》" for document in documents]
    if wanted is _KEPT:
        found = [one for one in new if any(alike(one.said, other.said) for other in old)]
        head = f"{titles[0]}和{titles[1]}都有的{noun}"
    elif wanted is _ADDED:
        found = [one for one in new if not any(alike(one.said, other.said) for other in old)]
        head = f"与{titles[0]}相比，{titles[1]}新增的{noun}"
    else:
        found = [one for one in old if not any(alike(one.said, other.said) for other in new)]
        head = f"{titles[0]}有而{titles[1]}没有的{noun}"
    if not found:
        return None  # no cell or sentence says that there are none
    said = "；".join(f"{_short(one.said)}[{number}]" for number, one in enumerate(found, 1))
    return Answer(
        asked,
        asked,
        AnswerKind.LOOKUP,
        f"{head}共{len(found)}个：{said}。{_BY_WORDS if noun == _ARTICLES else ''}",
        citations=cite([o.evidence for o in found]),
    )


def _short(said: str) -> str:
    joined = " ".join(said.split())
    return joined if len(joined) <= _LONGEST else f"{joined[:_LONGEST]}…"


def _rows(document: ParsedDocument, name_words: Sequence[str]) -> list[_Item]:
    """Return the rows of the document's longest table by their names."""
    table = max(document.tables, key=lambda one: len(one.data_rows), default=None)
    names = name_column(table, name_words) if table is not None else None
    if table is None or names is None:
        return []
    return [
        _Item(name, row_evidence(document, table, row, (names,)))
        for row in table.data_rows
        if (name := cell_text(row, names))
    ]


def _articles(document: ParsedDocument) -> list[_Item]:
    """Return the articles, or the numbered clauses without others below them where there are none."""
    articles = [clause for clause in document.clauses if clause.kind is ClauseKind.ARTICLE]
    parents = {clause.parent for clause in document.clauses}
    leaves = [clause for clause in document.clauses if clause.label and clause.id not in parents]
    return [_Item(_text(document, clause), _whole(document, clause)) for clause in articles or leaves]


def _text(document: ParsedDocument, clause: Clause) -> str:
    return clause.span.of(document.text)


def _whole(document: ParsedDocument, clause: Clause) -> Evidence:
    return clause_evidence(document, clause, clause.span)


def _same_name(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _same_words(one: str, other: str) -> bool:
    first, second = pairs_of(one), pairs_of(other)
    shared = len(first & second) / max(1, min(len(first), len(second)))
    return likeness(first, second) >= _ALIKE or shared >= _SHARED
