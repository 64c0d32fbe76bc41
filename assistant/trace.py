"""An understood question and its answer in, what each stage made of it out: for a person who asks why.

Example: 十大孔兑项目由哪个局牵头 → 理解：“牵头” 问牵头单位；计划：项目表 第3行、第6行 “牵头责任单位”；…
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.models import Answer
from assistant.respond.query_words import described
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Query
from assistant.understand.question import MentionKind
from assistant.understand.row_details import Target
from assistant.understand.support import join
from assistant.understand.understood import Understood
from corpus.models import Span

_KINDS = {
    MentionKind.YEAR: "年份",
    MentionKind.ATTRIBUTE: "所问的栏目",
    MentionKind.OPERATION: "运算",
    MentionKind.ASK: "疑问词",
    MentionKind.WHOLE: "整行",
    MentionKind.CLASS_NOUN: "类别名词",
}
_NAMES = {
    "who": "谁", "when": "何时", "where": "何处", "how_many": "多少", "list": "哪些", "what": "是什么", "how": "怎么",
    "why": "为什么", "yes_no": "是否", "sum": "合计", "count": "计数", "max": "最大", "min": "最小", "rank": "排序",
    "average": "平均", "share": "占比", "compare": "比较", "words": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the pipeline by its name (理解, 计划, 核对, 执行, 引用) with what it made, a line each."""

    name: str
    lines: tuple[str, ...]


def trace(understood: Understood, answer: Answer, labels: Mapping[str, str]) -> tuple[Stage, ...]:
    """Return the stages in order; ``labels`` say attributes in Chinese; a stage that made nothing is left out."""
    stages = (
        Stage("理解", tuple(_mentions(understood, {**_NAMES, **labels}))),
        Stage("计划", tuple(_plans(understood))),
        Stage("核对", tuple(_checks(understood, answer))),
        Stage("执行", tuple(filter(None, (answer.calculation.expression, answer.calculation.sql))))
        if answer.calculation
        else Stage("执行", ()),
        Stage("引用", tuple(f"[{c.index}] {c.locator}（第 {c.start}–{c.end} 字）" for c in answer.citations)),
    )
    return tuple(stage for stage in stages if stage.lines)


def _mentions(understood: Understood, names: Mapping[str, str]) -> Iterator[str]:
    question = understood.question
    if understood.standalone != understood.asked:
        yield f"补全为：{understood.standalone}"
    for mention in question.mentions:
        if mention.kind in _KINDS:
            meant = names.get(mention.name, mention.name)
            yield f"“{mention.span.of(question.text)}”：{_KINDS[mention.kind]}{f' {meant}' if meant else ''}"
    if words := "、".join(f"“{span.of(question.text)}”" for span in question.words):
        yield f"须由文件解释的词：{words}"


def _plans(understood: Understood) -> Iterator[str]:
    if understood.plan is not None:
        for target in understood.plan.targets:
            yield f"查单元格：{_target(target)}"
    for query in understood.queries:
        done = "、".join(_NAMES.get(name, name) for name in query.operations)
        yield f"查整表：{query.table.name}，{described(query)}，{done}"


def _target(target: Target) -> str:
    entity = target.entity
    if entity.table is None or entity.row is None:
        return f"条款“{entity.name}”"
    columns = [entity.table.columns[number].name for number in target.columns if number >= 0]
    return f"{entity.table.name} 第{entity.row.number}行“{entity.name}”，{'、'.join(columns)}"


def _checks(understood: Understood, answer: Answer) -> Iterator[str]:
    plans: tuple[LookupPlan | Query, ...] = (understood.plan,) if understood.plan is not None else ()
    for plan in (*plans, *understood.queries):
        name = "查单元格" if isinstance(plan, LookupPlan) else "查整表"
        left = _words(understood, plan.unexplained)
        yield f"{name}：" + (f"没有解释{left}" if left else "每个词都有着落")
    if answer.missing:
        yield f"文件缺少：{'、'.join(answer.missing)}"


def _words(understood: Understood, spans: tuple[Span, ...]) -> str:
    return "、".join(f"“{span.of(understood.standalone)}”" for span in join(spans))
