"""What could not be supported in, a refusal that says what was searched, what is missing and what is nearest out.

Example: 十大孔兑项目的施工单位是谁 → 已检索的文件没有提到“施工单位”，无法据此回答。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import BESIDE_TEXT, Evidence
from assistant.understand.lexicon import Ask
from assistant.understand.ordinals import Beyond
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Query
from corpus.cell_values import RANKS, split_column
from corpus.folding import fold, fold_once
from corpus.models import ParsedDocument, Span
from corpus.row_names import cell_text

_ASKS = re.compile(r"[谁哪几啥何]|多[少久大长]|什么|怎")
_DATED = re.compile(r"(?:19|20)\d\d年[底末初]?$")
_NEAREST = 3
_SHOWN_VALUES = 20
YES, NO, UNLIKE = "是。", "不是。", "问题中的"
_UNIT_ENDS = "局委办厅部会院市县旗区盟州"


def refuse(
    question: str,
    standalone: str,
    missing: Sequence[str],
    nearest: Sequence[str],
    documents: Sequence[ParsedDocument],
) -> Answer:
    """Return the refusal: the missing parts by name, the files searched, the places of the nearest clauses."""
    lines = [f"已检索的文件{_lacking(missing, documents)}，无法据此回答。", "", f"检索范围：{searched(documents)}。"]
    places = list(dict.fromkeys(filter(None, nearest)))[:_NEAREST]
    if places:
        lines += ["最接近的条款（仅供查阅，不是答案）：", *(f"- {place}" for place in places)]
    return Answer(question, standalone, AnswerKind.REFUSAL, "\n".join(lines), missing=tuple(missing))


def name_places(evidence: Sequence[Evidence], documents: Sequence[ParsedDocument]) -> tuple[str, ...]:
    """Return where evidence stands, of several documents with the title; neither a title nor a signature is named."""
    several = len(documents) > 1
    told = [item for item in evidence if item.locator and item.locator not in BESIDE_TEXT]
    return tuple(f"《{item.document.info.title}》{item.locator}" if several else item.locator for item in told)


def _lacking(missing: Sequence[str], documents: Sequence[ParsedDocument]) -> str:
    """Return what the documents lack: words that stand nowhere, else a statement that joins the words they have."""
    texts = [fold_once(document.text) for document in documents]
    absent = [part for part in missing if not any(fold(part) in text for text in texts)]
    asked = [part for part in absent if _ASKS.search(part)]
    if asked and len(asked) == len(absent):
        # What it asks is no word of theirs: that they lack it would not be true.
        return f"中没有找到能回答{'、'.join(f'“{part}”' for part in absent)}的内容"
    if absent:
        return f"没有提到{'、'.join(f'“{part}”' for part in absent)}"
    if missing:
        # The words stand there: what is missing is a statement that joins them.
        return f"提到了{'、'.join(f'“{part}”' for part in missing)}，但没有找到能回答这个问题的内容"
    return "没有能够回答这个问题的内容"


def refuse_absent_annex(question: str, standalone: str, annex: str, documents: Sequence[ParsedDocument]) -> Answer:
    """Return the refusal for a question about an annex that a document names and does not hold."""
    named = any(annex in document.info.absent_annexes for document in documents)
    said = f"文件只列出了“{annex}”的名称，没有附上它的内容" if named else f"文件没有“{annex}”"
    text = f"{said}，无法据此回答。\n\n检索范围：{searched(documents)}。"
    return Answer(question, standalone, AnswerKind.REFUSAL, text, missing=(annex,))


def refuse_unknown_document(question: str, name: str, documents: Sequence[ParsedDocument]) -> Answer:
    """Return the refusal for a question about a document that is not among those searched."""
    called = name if name.startswith("《") else f"“{name}”"
    text = f"检索范围内没有{called}，无法据此回答。\n\n检索范围：{searched(documents)}。"
    return Answer(question, question, AnswerKind.REFUSAL, text, missing=(name,))


def refuse_unasked(question: str, said: str, documents: Sequence[ParsedDocument]) -> Answer:
    """Return the refusal for a follow-up that repeats what was not asked: 这三个数, after two."""
    text = f"前面的问题里找不到“{said}”指的是什么，无法据此回答。\n\n检索范围：{searched(documents)}。"
    return Answer(question, question, AnswerKind.REFUSAL, text, missing=(said,))


def deny_number(question: str, standalone: str, beyond: Beyond) -> Answer:
    """Return the refusal for a number that no row, group or heading has."""
    counter = "行" if beyond.of.endswith("表") else "个"
    text = f"{beyond.of}共{beyond.size}{counter}，没有“{beyond.asked}”。"
    return Answer(question, standalone, AnswerKind.REFUSAL, text, missing=(beyond.asked,))


def deny_value(question: str, standalone: str, query: Query) -> Answer:
    """Return the refusal for a condition on a value that no row has, with the values there are."""
    parts = tuple(standalone[span.start : span.end] for span in map(partial(widen, standalone), query.unexplained))
    named = "、".join(f"“{part}”" for part in parts)
    text = f"{query.table.name}中没有{named}。"
    if query.asked_column is not None:
        cells = split_column(cell_text(row, query.asked_column) for row in query.table.data_rows)
        values = list(dict.fromkeys(value for parts in cells.values() for value in parts))
        header = query.table.columns[query.asked_column].name
        text += f"“{header}”一栏有：{'、'.join(values[:_SHOWN_VALUES])}{'等' if len(values) > _SHOWN_VALUES else ''}。"
    return Answer(question, standalone, AnswerKind.REFUSAL, text, missing=parts)


def correct_premise(answer: Answer, plan: LookupPlan) -> Answer:
    """Return what the cells state, as the denial of what the question takes for granted; as a no where it asks that."""
    parts = tuple(dict.fromkeys(_value_around(plan, span) for span in plan.unexplained))
    if Ask.YES_NO in plan.question.asks:
        return deny_claim(answer, parts)
    head = answer.answer.split("\n")[0]
    text = f"{head}\n\n问题中的{'、'.join(f'“{part}”' for part in parts)}与文件不符。"
    return replace(answer, kind=AnswerKind.REFUSAL, answer=text, missing=parts)


def _value_around(plan: LookupPlan, span: Span) -> str:
    """Return the cell's value that the question names at ``span``, else the words there, with the year before them."""
    text, table = plan.question.text, plan.targets[0].entity.table if plan.targets else None
    cells = (cell.text for row in table.data_rows for cell in row.cells) if table is not None else ()
    values = dict.fromkeys(value for parts in split_column(cells).values() for value in parts if span.of(text) in value)
    named = [
        one for one in values if any(Span(m.start(), m.end()).covers(span) for m in re.finditer(re.escape(one), text))
    ]
    dated = _DATED.search(text[: span.start])
    return max(named, key=len, default=(dated.group() if dated else "") + span.of(text))


def deny_claim(answer: Answer, stated: Sequence[str]) -> Answer:
    """Return what the cells state, as the denial of what the question asks to confirm."""
    text = f"{NO}{answer.answer.splitlines()[0]}\n\n{unlike(stated)}"
    return replace(answer, kind=AnswerKind.LOOKUP, answer=text)


def unlike(stated: Sequence[str]) -> str:
    """Return the sentence that says what of a question the document does not agree with."""
    return f"{UNLIKE}{'、'.join(f'“{part}”' for part in stated)}与文件不符。"


def widen(text: str, span: Span) -> Span:
    """Return ``span`` with the marks of a unit of government beside it: 交通运输 → 市交通运输局."""
    start, end = span.start, span.end
    while end < len(text) and text[end] in _UNIT_ENDS:
        end += 1
    while start > 0 and text[start - 1] in RANKS:
        start -= 1
    return Span(start, end)


def searched(documents: Sequence[ParsedDocument]) -> str:
    """Return the files that were searched with their status, at most three by name."""
    names = [f"《{d.info.title}》" + (f"（{d.info.status}）" if d.info.status else "") for d in documents[:3]]
    return "、".join(names) + (f"等{len(documents)}个文件" if len(documents) > 3 else "")
