"""A question where something is said in, every clause and row that holds its words out, by document.

Example: 碳汇在哪些条款提到 → 提到“碳汇”的共4处：三、（一）6.[1]、…; 高龄津贴是哪个文件规定的 → the document, and where.

Words are looked for as they stand: the whole phrase, else all its words in one sentence or row. Nothing is left out
of the count; of very many places the first are cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind
from assistant.respond.document_labels import labels_of, marks_of
from assistant.respond.evidence import Evidence, cite, clause_evidence, group_evidence, row_evidence, table_address
from assistant.respond.refusal import refuse
from assistant.respond.sentences import split_sentences
from assistant.understand.document_names import POINTER
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import ClauseKind, ParsedDocument

_SPEAKS = r"(?:提到|提及|写到|写了|写着|说到|讲到|谈到|规定|提出|明确|载明|(?<!地方)(?<!哪里)(?<!哪儿)(?:涉及|出现))"
_PART = r"(?:条款?|章节?|部分|地方|段落?|处)"
_FILE = r"(?:政策)?(?:文件|材料|政策)"
_WHICH = rf"(?:哪[些几]?[个一]?{_PART}|哪里|哪儿|何处)"
_WHICH_FILE = rf"(?:哪[些几]?[个份一]?{_FILE})"
_INSIDE = r"(?:[里中](?:面|头)?)?"
_TEXT = r"(?:(?:这|那|本|该|此|上述)?[个份部篇项]?(?:文件|方案|办法|通知|规定|规划|意见|条例|全文|正文|文|稿))"
_END = r"(?:[的了过]|呢)*[？?。]*$"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<file>{_WHICH_FILE}){_INSIDE}(?:有|都)?(?:{_SPEAKS})[了过]?(?P<said>.+?){_END}",
        rf"^(?P<said>.+?)(?:出现|写|规定)?(?:是|由|在|出自|来自|见于)+(?P<file>{_WHICH_FILE}){_INSIDE}(?:有|都)?(?:{_SPEAKS})?{_END}",
        rf"^(?:在)?{_WHICH}{_INSIDE}(?:有|都)?(?:{_SPEAKS})[了过]?(?P<said>.+?){_END}",
        rf"^(?P<said>.+?)(?:是|都|分别)?(?:在)?{_WHICH}{_INSIDE}(?:有|都)?(?:{_SPEAKS}){_END}",
        rf"^(?P<said>.{{2,12}}?)(?:出现|写|规定|提)[到了]?在{_WHICH}{_INSIDE}{_END}",
        rf"^(?:{_SPEAKS})[了过]?(?P<said>.+?)的{_PART}(?:都)?(?:有|是)(?:哪[些几]|几).*$",
    )
)
_AROUND = re.compile(
    rf"^(?:请问|在|{POINTER}{_INSIDE}[，,]?|关于|[“\"])+|(?:的|这[个项句]?|一词|[”\"])+$|^{_TEXT}{_INSIDE}(?={_WHICH})|在?(?<![哪些几一]){_TEXT}{_INSIDE}$"
)
_OTHERWISE = re.compile(r"^的|主要|一般|大多|[最更谁哪几]|多少|什么|超过|不足|以[上下内]|[高低多少大小]$")
"""Asks for more than where words stand: 哪个文件规定的标准更高."""
_DENIAL = re.compile("不得|不能|不予|不准|禁止|严禁|未|没有")
_OF_ONE = re.compile("哪一[条章节款项]")
_MOST_CITED = 30
_FRONT = frozenset({ClauseKind.TITLE, ClauseKind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class _Sought:
    phrase: str
    words: tuple[str, ...]

    def whole(self, text: str) -> bool:
        return self.phrase in fold(text)

    def parts(self, text: str) -> bool:
        key = fold(text)
        return all(word in key for word in self.words) and not (_DENIAL.search(key) and not _DENIAL.search(self.phrase))

    @property
    def together(self) -> str:
        """Return how what holds all the words is called; empty where they are no several words."""
        return f"同时提到{'、'.join(f'“{word}”' for word in self.words)}" if len(self.words) > 1 else ""


def where_said(understood: Understood) -> Answer | None:
    """Return every place that speaks of what the question names; None where it asks for no place."""
    asked = _asked(understood.standalone)
    if asked is None:
        return None
    said, of_files = asked
    words = (span.of(understood.question.key) for span in understood.question.words)
    sought = _Sought(fold(said), tuple(word for word in words if word in fold(said)))
    for holds, called in ((sought.whole, f"提到“{said}”"), (sought.parts, sought.together)):
        found = [(document, list(_places(document, holds))) for document in understood.documents] if called else []
        told = [(document, places) for document, places in found if places]
        if told:
            return _word(understood, called, told, of_files=of_files)
    return refuse(understood.asked, understood.standalone, (said,), (), understood.documents) if of_files else None


def _asked(text: str) -> tuple[str, bool] | None:
    """Return what is looked for, and whether documents are asked for; None for other questions."""
    if _OF_ONE.search(text):
        return None  # which clause says what is told by its number
    bare = _AROUND.sub("", _AROUND.sub("", text))
    for form in _FORMS:
        match = form.search(bare)
        said = _AROUND.sub("", match["said"].strip("，,、 ")) if match is not None else ""
        if match is not None and len(said) > 1 and not _OTHERWISE.search(said):
            return said, "file" in match.groupdict()
    return None


def _places(document: ParsedDocument, holds: Callable[[str], bool]) -> Iterator[Evidence]:
    """Yield the clauses, by their first sentence that holds what is looked for, then the rows."""
    for clause in document.clauses:
        sentences = split_sentences(document.text, clause.own) if clause.kind not in _FRONT else ()
        first = next((span for span in sentences if holds(span.of(document.text))), None)
        if first is not None:
            yield clause_evidence(document, clause, first)
    for table in document.tables:
        if table.caption_span is not None and holds(table.caption):
            yield Evidence(document, table.caption_span, table.path, table_address(document, table, None))
        for column in table.columns:
            if column.header and holds(column.name):
                address = table_address(document, table, None, column.name)
                yield Evidence(document, column.header[-1], table.path, address)
        groups = {group: row for row in reversed(table.data_rows) for group in row.groups}
        for group, row in reversed(groups.items()):
            if holds(group.name or group.label):
                yield group_evidence(document, table, row, group)
        for row in table.data_rows:
            columns = [cell.column for cell in row.cells if not cell.carried and holds(cell.text)]
            if columns or holds("\n".join(cell.text for cell in row.cells if not cell.carried)):
                yield row_evidence(document, table, row, columns)


def _word(
    understood: Understood, called: str, told: Sequence[tuple[ParsedDocument, list[Evidence]]], *, of_files: bool
) -> Answer:
    labels = labels_of([document for document, _ in told])
    cited, lines = list[Evidence](), []
    total = sum(len(places) for _, places in told)
    for document, places in told:
        shown = places[: max(_MOST_CITED - len(cited), 0)]
        first = len(cited) + 1
        cited += shown
        listed = "、".join(f"{one.locator}{marks_of([number])}" for number, one in enumerate(shown, first))
        more = f"等{len(places)}处" if len(shown) < len(places) else ""
        several = of_files or len(understood.documents) > 1
        lines.append(f"{labels[document.info.id]}（{len(places)}处）：{listed}{more}" if several else f"{listed}{more}")
    counted = f"文件共{len(told)}个" if of_files else f"共{total}处"
    note = f"\n\n以上列出前{_MOST_CITED}处的出处。" if total > len(cited) else ""
    text = f"{called}的{counted}：{'；'.join(lines)}。{note}"
    return Answer(understood.asked, understood.standalone, AnswerKind.PASSAGE, text, citations=cite(cited))
