"""A question about a group of rows itself in, its name or its number out.

Example: 重点行动三是什么 → “重点行动三”是现代能源经济高质量发展提速行动。[1]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite, group_evidence
from assistant.respond.quoting import in_quotes
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.question import Question
from assistant.understand.values import ValueMention, ValueRef
from corpus.folding import fold
from corpus.models import Group, ParsedDocument, Row, Table
from index.chunks import group_word

_WHAT = re.compile(r"的?(?:是|叫|叫做|指|指的是)?(?:什么|啥|哪个|哪一个)?(?:名称|名字|行动|工程)?(?:是什么|是啥)?")
_WHICH = (
    r"的?(?:是|属于|排)?(?:第几|哪一?)[个项条大]?(?:{word})?|的?(?:编号|序号)(?:是)?(?:多少|几)?|(?:属于)?哪个{word}"
)
_ENDS = "呢吗吧啊呀？?。，, "


class GroupAnswers:
    """Says what a numbered group is called, and which number a named group has."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._documents = tuple(documents)

    def answer(self, question: Question, asked: str, mentions: Sequence[ValueMention]) -> Answer | None:
        """Return the name or the label of the one group that the question is about; None for any other question."""
        refs = [ref for mention in mentions for ref in mention.refs if ref.column <= GROUP_COLUMN]
        if len(mentions) != 1 or not refs or (found := self._find(refs[0])) is None:
            return None
        document, table, row, group = found
        rest = question.key[: mentions[0].span.start] + question.key[mentions[0].span.end :]
        named = fold(group.name).startswith(mentions[0].span.of(question.key))
        pattern = re.compile(_WHICH.format(word=re.escape(fold(group_word(group))))) if named else _WHAT
        if not rest.strip(_ENDS) or pattern.fullmatch(rest.strip(_ENDS)) is None:
            return None
        subject, said = (group.name, group.label) if named else (group.label, group.name)
        evidence = group_evidence(document, table, row, group)
        return Answer(
            asked, question.text, AnswerKind.LOOKUP, f"{in_quotes(subject)}是{said}。[1]", citations=cite([evidence])
        )

    def _find(self, ref: ValueRef) -> tuple[ParsedDocument, Table, Row, Group] | None:
        return next(
            (
                (document, table, row, group)
                for document in self._documents
                for table in document.tables
                if (document.info.id, table.id) == (ref.document_id, ref.table_id)
                for row in table.data_rows
                for group in row.groups
                if group.name == ref.text and GROUP_COLUMN - group.level == ref.column
            ),
            None,
        )
