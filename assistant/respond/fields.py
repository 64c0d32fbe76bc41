"""A question about what agencies lead or answer for in the text in, every clause whose field names them out.

Example: 市科技局牵头的重点工程有哪些 → 正文中牵头部门为市科技局的共3项：22.科技创新能级提升工程；23.…

Where a table states agencies too, the clauses that only its rows give the agency are told beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence, row_evidence
from assistant.respond.field_counts import LEAD, RESPONSIBLE, FieldCounts
from assistant.understand.attributes import Attributes
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.cell_values import split_column, split_values
from corpus.folding import fold
from corpus.models import Clause, Field, ParsedDocument, Row, Span, Table
from corpus.row_names import cell_text, name_column

_ASKS = re.compile(r"哪些|哪几|哪[个一]?[项个]|几[个项]|多少[个项]|什么|啥|列出|清单|名单")
_NOUN = re.compile(r"重点工程|工程|任务|工作|措施|行动|条款|什么|啥")
_OF_ROWS = re.compile(r"项目|指标")
_GENERAL = re.compile(r"什么|啥")
_BOTH = re.compile(
    r"(?:工程|任务|工作)(?:和|与|及|以及|、)(?:项目|指标)|(?:项目|指标)(?:和|与|及|以及|、)(?:重点工程|工程|任务|工作)"
)
_LEADS = re.compile(r"牵头|主办|主管|主责")
_HELPS = re.compile(r"配合|参与|协助|协办|协同|责任单位|责任部门")
_HOLDS = re.compile(r"负责|分管|承担|管(?=些|着|什么|啥|哪)")
_FREE = re.compile(r"共同|一起|联合|同时|都|各自|管[些着]?|[些着]|\d+[个项]?|里的?|下的?|中的?")
_EITHER = re.compile(r"或")
_OTHERWISE = re.compile(r"只|仅|单独|独自|独立|独家|一家|最|每|各[个家]|除|不|没|未")
_LONG_HEADING = 4


@dataclass(frozen=True, slots=True)
class Holding:
    """A clause and the field of it that names the agency."""

    document: ParsedDocument
    clause: Clause
    field: Field


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table whose ``column`` names the agency; ``names`` is the column that names the rows."""

    document: ParsedDocument
    table: Table
    column: int
    names: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the text is asked: clauses whose fields of ``kind`` name all (or, ``either``, one) of ``agencies``.

    ``called`` are the agencies as said, ``ending`` ends the headings of the clauses meant (工程), ``under`` heads them.
    """

    kind: str
    agencies: tuple[str, ...]
    called: tuple[str, ...]
    either: bool
    ending: str
    under: str


class FieldScan:
    """Finds the clauses that an agency leads or answers for, by their labelled fields."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        attributes: Attributes,
        support: Support,
        same: Iterable[Sequence[str]],
    ) -> None:
        """Take groups of names of the ``same`` agency."""
        self._attributes, self._support = attributes, support
        self._documents = tuple(documents)
        names = {fold(value.text) for d in documents for c in d.clauses for f in c.fields for value in f.values}
        names |= {fold(name) for d in documents for t in d.tables for name in _agencies_in(t, attributes)}
        self._called: dict[str, str] = {name: name for name in names}
        for group in same:
            keys = [fold(name) for name in group]
            known = next((key for key in keys if key in names), None)
            self._called.update(dict.fromkeys(keys, known) if known is not None else {})
        parents = {clause.parent for d in documents for clause in d.clauses}
        headings = {fold(c.heading) for d in documents for c in d.clauses if c.id in parents}
        self._longest_first = sorted(self._called, key=lambda name: (-len(name), name))
        self.counts = FieldCounts(self._documents, self._called, self.is_kind)
        self._headings = sorted((h for h in headings if len(h) >= _LONG_HEADING), key=lambda heading: -len(heading))

    def answer(self, question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
        """Return all clauses with their count, by field; None where it is not asked what an agency holds in the text.

        An agency that the text knows and that holds nothing of the kind asked is denied it, if clauses state the kind.
        """
        key = question.key
        if counted := self.counts.answer(question, asked, documents):
            return counted
        if not _ASKS.search(key) or not _NOUN.search(key) or _OTHERWISE.search(key):
            return None
        if _OF_ROWS.search(key) and not _BOTH.search(key):
            return None
        kinds = _kinds(key)
        agencies = self._agencies(key) if kinds else ()
        if not agencies or self._left(question, agencies):
            return None
        wanted = [self._asked(question, kind, agencies) for kind in kinds]
        found = [(one, self._find(one, documents)) for one in wanted]
        whole = self._of_tables(wanted[0], kinds, documents) if _GENERAL.search(key) or _BOTH.search(key) else []
        if not any(held for _, held in found) and not whole:
            other = self._asked(question, RESPONSIBLE if kinds == (LEAD,) else LEAD, agencies)
            states = any(self.is_kind(wanted[0].kind, f.name) for d in documents for c in d.clauses for f in c.fields)
            return (
                _deny(question, asked, wanted[0], self._find(other, documents)) if len(kinds) == 1 and states else None
            )
        by_rows = [] if whole else [row for one, held in found for row in self._by_rows(one, held, documents)]
        called = ("或" if wanted[0].either else "、").join(wanted[0].called)
        return _word(question, asked, called, [(one, held) for one, held in found if held], by_rows, whole)

    def _of_tables(self, asked: Asked, kinds: Sequence[str], documents: Sequence[ParsedDocument]) -> list[Rows]:
        """Return the rows of every table that give the agency, with the column that does."""
        found = []
        for document in documents:
            for table in document.tables:
                for column in (c.number for c in table.columns if any(self.is_kind(kind, c.name) for kind in kinds)):
                    values = split_column(cell_text(row, column) for row in table.data_rows)
                    rows = [row for row in table.data_rows if self._names(asked, values[cell_text(row, column)])]
                    names = name_column(table, self._attributes.header_words("name"))
                    found += [Rows(document, table, column, names or 0, tuple(rows))] if rows else []
        return found

    def _agencies(self, key: str) -> tuple[Span, ...]:
        """Return where the question names agencies of the text, the longest name at each place."""
        spans: list[Span] = []
        for name in (name for name in self._longest_first if name in key):
            for match in re.finditer(re.escape(name), key):
                span = Span(*match.span())
                if not any(span.overlaps(other) for other in spans):
                    spans.append(span)
        return tuple(sorted(spans))

    def _asked(self, question: Question, kind: str, agencies: Sequence[Span]) -> Asked:
        noun = _NOUN.search(question.key)
        ending = "工程" if noun is not None and noun.group().endswith("工程") else ""
        names = tuple(dict.fromkeys(self._called[span.of(question.key)] for span in agencies))
        between = question.key[agencies[0].end : agencies[-1].start]
        either = bool(_EITHER.search(between))
        return Asked(
            kind, names, tuple(span.of(question.text) for span in agencies), either, ending, self._under(question.key)
        )

    def _under(self, key: str) -> str:
        return next((heading for heading in self._headings if heading in key), "")

    def _left(self, question: Question, agencies: Sequence[Span]) -> bool:
        """Return whether the question holds words that nothing of what is asked accounts for."""
        under = self._under(question.key)
        place = question.key.find(under) if under else -1
        held = [Span(max(span.start - 1, 0), span.end) for span in agencies]
        held += [Span(place, place + len(under))] if place >= 0 else []
        held += [
            Span(*m.span()) for p in (_NOUN, _LEADS, _HELPS, _HOLDS, _FREE, _OF_ROWS) for m in p.finditer(question.key)
        ]
        named = {position for span in held for position in range(span.start, span.end)}
        left = [span for span in question.words if not named.issuperset(range(span.start, span.end))]
        titles = fold("\n".join(document.info.title for document in self._documents))
        kinds = (LEAD, RESPONSIBLE, "content")
        attributes = [mention for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
        free = [one for one in attributes if not any(span.covers(one.span) for span in agencies)]  # 国有资产公司
        other = [one for one in free if not one.name.startswith("group:") and one.name not in kinds]
        return bool(other) or bool(self._support.unsupported(question.key, left, titles))

    def _find(self, asked: Asked, documents: Sequence[ParsedDocument]) -> list[Holding]:
        return [
            Holding(document, clause, item)
            for document in documents
            for clause in document.clauses
            for item in clause.fields
            if clause.heading.endswith(asked.ending)
            and (not asked.under or any(asked.under in fold(step) for step in clause.path[:-1]))
            and self.is_kind(asked.kind, item.name)
            and self._names(asked, [value.text for value in item.values])
        ]

    def is_kind(self, kind: str, header: str) -> bool:
        """Return whether a field or column is of ``kind``; one that names who leads does not name who helps."""
        leads = self._attributes.fits(LEAD, header)
        return leads if kind == LEAD else not leads and self._attributes.fits(RESPONSIBLE, header)

    def _names(self, asked: Asked, values: Iterable[str]) -> bool:
        held = {self._called.get(fold(value)) for value in values}
        return (any if asked.either else all)(agency in held for agency in asked.agencies)

    def _by_rows(
        self, asked: Asked, held: Sequence[Holding], documents: Sequence[ParsedDocument]
    ) -> list[tuple[ParsedDocument, Table, Row, int, str]]:
        """Return the rows of tables that give the agency a clause which the text does not, with its heading."""
        headings = {holding.clause.heading for holding in held}
        found = []
        for document in documents:
            known = {clause.heading for clause in document.clauses if clause.fields}
            for table in document.tables:
                for column in (c.number for c in table.columns if self.is_kind(asked.kind, c.name)):
                    for row in table.data_rows:
                        group = next((g.name for g in row.groups if g.name in known - headings), "")
                        meant = not asked.under or any(asked.under in fold(g.name) for g in row.groups)
                        if group and meant and self._names(asked, split_values(cell_text(row, column))):
                            found.append((document, table, row, column, group))
        return found


def _kinds(key: str) -> tuple[str, ...]:
    """Return whose part is asked for: who leads, who helps; 负责 may be either."""
    leads, helps = _LEADS.search(key) is not None, _HELPS.search(key) is not None
    if leads or helps:
        return tuple(kind for kind, said in ((LEAD, leads), (RESPONSIBLE, helps)) if said)
    return (LEAD, RESPONSIBLE) if _HOLDS.search(key) else ()


def _word(
    question: Question,
    asked: str,
    called: str,
    found: Sequence[tuple[Asked, Sequence[Holding]]],
    by_rows: Sequence[tuple[ParsedDocument, Table, Row, int, str]],
    whole: Sequence[Rows],
) -> Answer:
    evidence: list[Evidence] = []
    parts = []
    for _, held in found:
        names = []
        for holding in held:
            evidence.append(clause_evidence(holding.document, holding.clause, holding.field.span))
            names.append(f"{holding.clause.label}{holding.clause.heading}[{len(evidence)}]")
        parts.append(f"正文中{held[0].field.name}为{called}的共{len(held)}项：{'；'.join(names)}。")
    if by_rows:
        names = []
        for document, table, row, column, heading in by_rows:
            evidence.append(row_evidence(document, table, row, [column]))
            names.append(f"{heading}（第{row.number}行）[{len(evidence)}]")
        table, column = by_rows[0][1], by_rows[0][3]
        told = f"另外，{table.name}中“{table.columns[column].name}”为{called}的行还列在"
        parts.append(f"{told}{len({row[4] for row in by_rows})}项正文没有这样写的工作下：{'；'.join(names)}。")
    for one in whole:
        named = "、".join(
            f"{cell_text(row, one.names)}[{number}]" for number, row in enumerate(one.rows, len(evidence) + 1)
        )
        evidence += [row_evidence(one.document, one.table, row, [one.column]) for row in one.rows]
        header, noun = one.table.columns[one.column].name, one.table.columns[one.names].name.removesuffix("名称")
        parts.append(f"{one.table.name}中“{header}”写有{called}的{noun}共{len(one.rows)}个：{named}。")
    text = "\n\n".join(parts)
    return Answer(asked, question.text, AnswerKind.LOOKUP, text, citations=cite(evidence))


def _agencies_in(table: Table, attributes: Attributes) -> set[str]:
    """Return the agencies that a table's columns name."""
    kinds = (LEAD, RESPONSIBLE)
    columns = [c.number for c in table.columns if any(attributes.fits(kind, c.name) for kind in kinds)]
    cells = [split_column(cell_text(row, column) for row in table.data_rows) for column in columns]
    return {name for values in cells for names in values.values() for name in names}


def _deny(question: Question, asked: str, wanted: Asked, others: Sequence[Holding]) -> Answer:
    """Return the denial of what an agency does not hold, with what it holds otherwise."""
    called = "、".join(wanted.called)
    kind = "牵头部门" if wanted.kind == LEAD else "责任单位"
    text = f"正文中没有{kind}为{called}的{wanted.ending or '条款'}。"
    if others:
        names = "；".join(f"{h.clause.label}{h.clause.heading}[{n}]" for n, h in enumerate(others, 1))
        text += f"{others[0].field.name}为{called}的有{len(others)}项：{names}。"
    evidence = [clause_evidence(h.document, h.clause, h.field.span) for h in others]
    return Answer(asked, question.text, AnswerKind.REFUSAL, text, citations=cite(evidence), missing=wanted.called)
