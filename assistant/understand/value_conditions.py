"""A question, the values that it names and a table in, the conditions that the values set on the table's rows out.

Example: 水利局和能源局牵头的 → “牵头责任单位” holds 水利局 or 能源局; 除水利局外的 → it does not hold 水利局.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.attributes import Attributes
from assistant.understand.dates import date_column
from assistant.understand.negations import NOT, OUTSIDE
from assistant.understand.query import Condition, Found
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import ValueMention
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span, Table

_YEAR = re.compile(r"(?:19|20)\d\d年?$")
_EXCEPTED = re.compile(
    r"(?:各?(?:单位|部门|机构|地区|地方))?(?:牵头|负责|主管|主办|承担)?(?:实施|建设)?的?"
    r"(?:项目|工程|指标|单位|部门)?(?:[以之]外)的?(?:其他|其它|其余|别的)?"
)
_OTHERS = re.compile(r"其他|其它|其余|剩下|剩余|别的|另外")
_ALSO = re.compile(r"[和与及或跟同、,，也又都]|以及|还有|比|占|除|不|是")
_JOINT = re.compile(r"[和与及或跟同、,，]|以及|还有")
_ALONE = re.compile(
    r"(?:[只仅](?:有|在|由|归|是|为|限于?|涉及|属于|写明?了?|填了?|列了?|标了?|[建放落]在|建于|安排在|布局在)?[“\"「]?|单独[在由归]?)$"
)
_ALONE_BEHIND = re.compile(r"[一两二三四]?(?:个|家)?(?:旗县?|县|区|市|地方|单位|部门|局)?(?:独自|单独)?")
_ON_ITS_OWN = re.compile(
    r"[一这]?(?:个|家)?(?:单位|部门)?(?:单独|独自|独立|独家)(?!(?:负责|牵头|承担|主管)?(?:或者?|和|与|及|以及|、)?(?:者)?(?:共同|联合|合作|牵头共))|[一这]?家(?=负责|牵头|承担|实施)"
)

_AS = re.compile(r"(?:是|为)?(?:作为|担任|充当|当)")
_IS = re.compile(r"(?:是|为|包括|包含|含有?|[里中]有)$")
_ASKED_BETWEEN = re.compile(r"(?:几|多少)[个项家条名位处]?[，,;；。]")
_PERSONS = ("长", "人", "员", "领导")
_ANSWERS = re.compile(r"负责|牵头|分管|主管|包联|联系")
"""Behind the name of a person, what he does with the rows that name him."""


def on_values(
    question: Question, mentions: Sequence[ValueMention], place: tuple[str, str], table: Table, attributes: Attributes
) -> Found:
    """Where a value stands in several columns, the one whose attribute the question names is meant, else the first."""
    conditions: list[Condition] = []
    spent: list[Span] = []
    previous: Span | None = None
    negated = alone = False
    excepted = _runs_before(_EXCEPTED, question.key, mentions)
    on_their_own = _runs_before(_ON_ITS_OWN, question.key, mentions)
    spent += [*excepted.values(), *on_their_own.values()]
    for mention in mentions:
        before = question.key[: mention.span.start]
        # 除水利局和能源局外: the second value is under the same 除 as the first.
        between = question.key[previous.end : mention.span.start] if previous is not None else ""
        if previous is None or not _JOINT.fullmatch(between):
            negation, limit = NOT.search(before), _ALONE.search(before)
            negated = negation is not None or mention.span in excepted
            alone = limit is not None or mention.span in on_their_own
            spent += [Span(*match.span()) for match in (negation, limit) if match is not None]
        for behind in (OUTSIDE if negated else None, _ALONE_BEHIND if alone else None):
            if behind is not None and (match := behind.match(question.key, mention.span.end)):
                spent.append(Span(*match.span()))
        previous = mention.span
        if conditions and _ASKED_BETWEEN.search(between):
            continue  # 新建的有几个，续建的有几个 asks twice
        refs = [ref for ref in mention.refs if (ref.document_id, ref.table_id) == place]
        if not refs:
            continue
        column = _column_meant(
            question, mention.span, list(dict.fromkeys(ref.column for ref in refs)), table, attributes
        )
        values = tuple(ref.text for ref in refs if ref.column == column)
        said = [n for n, one in enumerate(conditions) if one.column == column and one.values == values]
        if said and not conditions[said[0]].negated:
            if alone:  # 甲局负责的指标中只由甲局负责的
                conditions[said[0]] = replace(conditions[said[0]], exact=True)
            spent.append(mention.span)
            continue  # 重点行动一（…行动）: the same value by its number and by its name
        if between and not _ALSO.search(between) and any(c.column == column and not c.negated for c in conditions):
            continue  # two values that nothing joins are no alternatives: the second stays to be explained
        spent.append(mention.span)
        if table.columns[column].name.endswith(_PERSONS) and (verb := _ANSWERS.match(question.key, mention.span.end)):
            spent.append(Span(*verb.span()))
        if not (negated and _only_tells_apart(before, column, conditions)):
            conditions.append(Condition(column, values, negated=negated, exact=alone))
    if any(condition.negated for condition in conditions):
        spent += [Span(*match.span()) for match in _OTHERS.finditer(question.key)]
    return Found(tuple(conditions), tuple(spent))


def _column_meant(question: Question, value: Span, columns: Sequence[int], table: Table, attributes: Attributes) -> int:
    """Return which of the ``columns`` that hold a value is meant: 2026年竣工的 is no 开工时间."""
    named = question.named(MentionKind.ATTRIBUTE)
    named += tuple(one for one in AGENCY_ATTRIBUTES if one not in named and set(AGENCY_ATTRIBUTES) & set(named))
    meant = [c for c in columns if c >= 0 and any(attributes.fits(n, table.columns[c].name) for n in named)]
    # 甲局配合的: of two columns of agencies the word behind the value says which.
    roles = _roles(question, value)
    meant.sort(key=lambda c: not any(attributes.fits(name, table.columns[c].name) for name in roles))
    dated = date_column(table, question.key) if _YEAR.match(value.of(question.key)) else None
    return dated if dated is not None and dated in columns else (meant or columns)[0]


def _roles(question: Question, value: Span) -> list[str]:
    """Return the attributes that say what a value is: 甲局配合的, 甲局作为责任单位的, 责任单位是甲局的."""
    behind = _AS.match(question.key, value.end)
    start = behind.end() if behind else value.end
    before = _IS.search(question.key, 0, value.start)
    end = before.start() if before else -1
    return [one.name for one in question.mentions if one.span.start == start or one.span.end == end]


def _runs_before(words: re.Pattern[str], key: str, mentions: Sequence[ValueMention]) -> dict[Span, Span]:
    """Return the first of each run of values that ``words`` stand behind, with where: 甲局、乙局以外的."""
    found: dict[Span, Span] = {}
    first: Span | None = None
    for number, mention in enumerate(mentions):
        first = first or mention.span
        following = mentions[number + 1].span.start if number + 1 < len(mentions) else -1
        if _JOINT.fullmatch(key[mention.span.end : max(following, mention.span.end)]):
            continue
        if match := words.match(key, mention.span.end):
            found[first] = Span(*match.span())
        first = None
    return found


def _only_tells_apart(before: str, column: int, conditions: Sequence[Condition]) -> bool:
    """Return whether a bracket only says which of two names is not meant: 甲旗（不是甲前旗）."""
    opened = max(before.rfind("（"), before.rfind("("))
    closed = max(before.rfind("）"), before.rfind(")"))
    return opened > closed and any(c.column == column and not c.negated for c in conditions)
