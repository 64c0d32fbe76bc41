"""A question in, what it asks to compute over rows out, the main thing first.

Example: 能源局牵头的项目一共投资多少 → sum; 水利局的项目有几个 → count; 水利局牵头的项目有哪些 → list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.attributes import GROUP
from assistant.understand.bounds import find_bounds
from assistant.understand.conditions import states_bound
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.orders import is_from_the_end, states_order
from assistant.understand.query import Operation
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import ValueMention
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

_SMALLEST = re.compile(r"最小|最少|最低|第[一二两三四五六七八九十\d]+[小少低]|[从由][小低少短早]到[大高多长晚]")
_LIST_NOUN = re.compile(r"(?:项目|指标|的单位|的部门|的局)(?:[（(][^）)]*[）)])?[呢吗呀啊？?。]*$")
_WHICH_ROW = re.compile(
    r"哪一?[个项家位](?:的(?=[^，,。；;？?]*(?:没|未|无))|项目|指标|工程|专家|企业|[？?。]|$)|是哪一?[个项家位]"
)
WHETHER = re.compile(r"有没有|是否有|是否存在|存不存在|有无|是不是有|有.*[吗么][？?。]?$")
_LAST_OF_ALL = re.compile(r"最后(?:完成|完工|建成|竣工|结束|办结|开工|启动)")
_WHO_IS = re.compile(r"的[^，,。的]{0,6}是谁[呢？?。]*$")
_CLAUSE = re.compile(r"[，,、；;。？?]")
_OF_AMOUNT = re.compile(r"占(?:全部|所有|全市|总|的|计划)*(?:投资|资金|投入|金额|经费)")
"""Asks for a share of an amount, not of the number of rows: 占总投资多少."""
_OF_ALL_ROWS = re.compile(r"占(?:了|到)?(?:全部|所有|总)的?(?:项目|指标|工程)的?(?:多少|百分之|几成|比例|比重|多大)")
_WHICH_IS_MORE = re.compile(r"哪一?[个项家位][^，,。；;？?]{0,8}?[更较](?P<more>[大高多小低少])[？?。呢]*$")
"""Asks of rows that a value picks which has most: 农牧局牵头的项目哪个投资更大."""
_PICKED_BY_TIME = re.compile(
    r"\d{4}年.{0,4}(?:开工(?:建设)?|开始(?:建设|实施)?|开建|启动|动工|完工|建成|竣工|结束|到期|完成)的"
)
_BY_WHOM = re.compile(r"(?:项目|工程|指标|企业|公司)的?(?:都|分别|各)?[由归是](?:谁|哪)")
_BEHIND_ROWS = ("", "的", "都", "各", "分别", "的都")
_AMONG = re.compile(r"的几[个项家位][^，,。；;？?]{0,6}?(?:当中|之中|里面|[中里])")
"""Says among which rows, and counts none: 林草局牵头的几个项目中，投资最高的是哪个."""
EACH = re.compile(r"各个|各[重牵项部单]|各(?=指标|任务|工程)|各(?=是|为|多少|投)|每个|每家|分别|逐[项个一家]")
_IN_ALL = re.compile(r"共(?:计|需|要)?(?:投资|投入|投|花|安排)(?:了|费)?(?:多少|几)")
_NUMBER_OF = re.compile(r"(?:项目|指标|工程|单位|部门|企业)(?:的)?总?(?:数量|数目|个数|数)(?![值据字额一几])")
_OF_ROWS = re.compile(
    r"(?<=[的目标程务业区项])占(?:了|到)?(?:全部|所有|全体|总)的?(?:\d+[个项])?(?:项目|指标|工程|任务|企业|小区|事项)(?:总数|数量|个数)?的?(?=百分|比例|比重|份额|几成|多少|多大)"
)
"""Asks for a share of all rows by their number, whatever bounds them: 投资50亿以上的项目占全部项目的几成."""
_PICKED = re.compile(r"最[大高多小少低]|前[一二两三四五六七八九十\d]")
_ADDED_UP = re.compile(r"汇总|累计|相加|累加")
_LISTING = re.compile(
    r"列出|列全|列齐|列给|列一下|(?:名单|清单)(?![里中上])|列举|全部|所有|哪些|哪[两二三四五六七八九十几\d]+[个项家位]"
)


def _of_rows(key: str) -> bool:
    """Return whether a share of all rows by their number is asked; the five largest are five whatever they come to."""
    return _OF_ROWS.search(key) is not None and _PICKED.search(key) is None


class Operations:
    """Tells what questions ask to compute."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, question: Question, mentions: Sequence[ValueMention]) -> tuple[Operation, ...]:
        """Return what the question asks to compute, the main thing first."""
        said = self._said(question)
        order = (Operation.SHARE, Operation.AVERAGE, Operation.MAX, Operation.MIN, Operation.COUNT, Operation.SUM)
        found = [operation for operation in order if operation.value in said]
        if Operation.SHARE in found and Operation.COUNT not in found and _of_rows(question.key):
            found.append(Operation.COUNT)
        amounts = [m.span.of(question.key) for m in question.mentions if m.name == "amount"]
        if amounts and _ADDED_UP.search(question.key) and Operation.SUM not in found:
            found.append(Operation.SUM)
        if {Operation.SHARE, Operation.COUNT} <= set(found) and _OF_AMOUNT.search(question.key):
            found = [*(one for one in found if one is not Operation.SUM), Operation.SUM]
        asks_amount = any("多少" in said_so for said_so in amounts) or _asks_amount_behind(question)
        if {Operation.MAX, Operation.MIN} & set(found) and _AMONG.search(question.key):
            found = [operation for operation in found if operation is not Operation.COUNT]
        if found == [Operation.COUNT] and (asks_amount or _IN_ALL.search(question.key)):
            found.append(Operation.SUM)  # 有几个项目，要花多少钱; 有几个项目，投资多少
        if not found and (more := _WHICH_IS_MORE.search(question.key)):
            found = [Operation.MAX if more["more"] in "大高多" else Operation.MIN]
        if not found and EACH.search(question.key):
            found = [Operation.SUM]
        by_agency = set(AGENCY_ATTRIBUTES) & set(question.named(MentionKind.ATTRIBUTE))
        says_which = mentions or by_agency or states_bound(question) or "“" in question.key
        named = _LIST_NOUN.search(question.key) and says_which
        asked = (Ask.LIST in question.asks, *(p.search(question.key) for p in (_LISTING, _WHICH_ROW, WHETHER)))
        if not found and mentions and _asks_amount(question, mentions):
            found = [Operation.SUM]  # 水利局的项目投资多少
        if not found and (any(asked) or named or (mentions and self._asks_of_rows(question, mentions))):
            found = [Operation.LIST]
        if not found and mentions and _asks_persons(question):
            found = [Operation.LIST]
        agencies = set(AGENCY_ATTRIBUTES) & set(question.named(MentionKind.ATTRIBUTE))
        picked = find_bounds(question.key) or _PICKED_BY_TIME.search(question.key)
        if not found and picked and ((agencies and _BY_WHOM.search(question.key)) or _asks_cell_behind(question)):
            found = [Operation.LIST]  # 2023年完工的项目由谁牵头, 牵头单位是谁
        if not found and agencies and Ask.HOW_MANY in question.asks and question.named(MentionKind.CLASS_NOUN):
            found = [Operation.SUM]
        return tuple(found)

    def _said(self, question: Question) -> set[str]:
        """Return the names of the operations that the words of a question state."""
        attributes = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        columns = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name != "amount"]
        said = {
            # 资金总额 is an amount added up, 负债总额 may be the name of a column.
            word.name
            for word in self._lexicon.operations
            if _says(question.key, word.key, columns if word.name == "sum" else attributes)
        }
        figures = [m.span for m in question.mentions if m.name in ("amount", m.span.of(question.key))]
        said |= {"sum"} if any(question.key[: span.start].endswith("总") for span in figures) else set()
        said |= {"count"} if _NUMBER_OF.search(question.key) else set()
        # Of rows it is their number that is a share of all rows, unless an amount is named.
        of_rows = _OF_ALL_ROWS.search(question.key) and "amount" not in question.named(MentionKind.ATTRIBUTE)
        said |= {"count"} if of_rows else set()
        if states_order(question.key) or "rank" in said:
            said |= {"max"} if not said & {"max", "min"} else set()
        said |= {"max"} if _LAST_OF_ALL.search(question.key) else set()
        if _SMALLEST.search(question.key) or is_from_the_end(question.key):
            said = (said - {"max"}) | {"min"}
        return said

    def _asks_of_rows(self, question: Question, mentions: Sequence[ValueMention]) -> bool:
        """Return whether an attribute or a year is asked of rows that a value picks: 水利局牵头的项目的建设时间."""
        nouns = {noun.key for noun in self._lexicon.class_nouns}
        ends = {mention.span.end for mention in mentions}
        named = [m for m in question.mentions if m.span.of(question.key) in nouns]
        asked = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.start not in ends]
        asked = [m for m in asked if m not in named and not m.name.startswith(GROUP)]
        asked += [m for m in question.mentions if m.kind is MentionKind.YEAR]
        behind = [m.name for m in asked if any(noun.span.end <= m.span.start for noun in named)]
        return bool(behind) and "content" not in behind


def _asks_cell_behind(question: Question) -> bool:
    """Return whether something that a row states, and no amount, is asked right behind what the rows are called."""
    nouns = [m.span.end for m in question.mentions if m.kind is MentionKind.CLASS_NOUN]
    asked = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name != "amount"]
    return any(question.key[end : m.span.start] in _BEHIND_ROWS for end in nouns for m in asked if m.span.start >= end)


def _asks_persons(question: Question) -> bool:
    """Return whether it is asked who has what is named, of no other rows: 谁是离任的, 变动类型为新任的是谁."""
    nouns = [mention.name for mention in question.mentions if mention.kind is MentionKind.CLASS_NOUN]
    agencies = set(AGENCY_ATTRIBUTES) & set(question.named(MentionKind.ATTRIBUTE))
    # 甲局的成员是谁 asks for no post, though 是谁 may.
    asks_who = question.asks == {Ask.WHO} or (not question.asks and _WHO_IS.search(question.key) is not None)
    return asks_who and not agencies and all(name == "rows" for name in nouns)


def _asks_amount(question: Question, mentions: Sequence[ValueMention]) -> bool:
    """Return whether a question asks how much, of amounts and of nothing else; 牵头 behind an agency asks nothing.

    The amount alone asks (甲工程的投资), but of rows it is asked of each (甲工程的项目的投资).
    """
    ends = {mention.span.end for mention in mentions}
    attributes = [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
    asked = [m for m in attributes if m.span.start not in ends or m.name == "amount"]
    said = any("多少" in mention.span.of(question.key) for mention in asked)
    alone = bool(asked) and asked[-1].span.end == len(question.key.rstrip("？?。")) and not question.asks
    alone = alone and not question.named(MentionKind.CLASS_NOUN)
    return {m.name for m in asked if not m.name.startswith(GROUP)} == {"amount"} and (
        said or alone or Ask.HOW_MANY in question.asks
    )


def _asks_amount_behind(question: Question) -> bool:
    """Return whether a later clause asks how much all comes to, not each (分别) nor in bounds (5亿元以上)."""
    later = behind_first_clause(question)
    return _asks_amount(later, ()) and not EACH.search(question.key) and not states_bound(question)


def behind_first_clause(question: Question) -> Question:
    """Return ``question`` with the mentions of its later clauses only: 水利局有几个项目，在哪里 → 在哪里."""
    mark = _CLAUSE.search(question.key)
    start = mark.end() if mark is not None else len(question.key)
    return replace(question, mentions=tuple(mention for mention in question.mentions if mention.span.start >= start))


def _says(key: str, word: str, within: Sequence[Span]) -> bool:
    """Return whether ``word`` stands in the question, and not as a part of a longer name: 平均 in 平均价格."""
    start = key.find(word)
    while start >= 0:
        span = Span(start, start + len(word))
        if not any(longer.covers(span) and longer != span for longer in within):
            return True
        start = key.find(word, start + 1)
    return False
