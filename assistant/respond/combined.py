"""Combinations in, the worded answer with its calculation, SQL and cells out.

Example: 绿氢产业项目和煤制烯烃投资相差多少 → “绿氢产业项目”（170.58亿元）比“煤制烯烃”（276亿元）少105.42亿元。
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.models import Answer, AnswerKind, Calculation, ResultTable
from assistant.respond.evidence import Evidence, cite
from assistant.respond.outcomes import Outcome, counts, find_outcome, groups_before, rows_before, to_unit
from assistant.respond.query_words import counter, described, is_rate, measure_name, not_added, plain
from assistant.understand.combination import Combination, Combining
from assistant.understand.comparing import is_falling
from assistant.understand.query import Measure
from index.facts import Facts

_ROUNDED = Decimal("0.01")
_MOST_MARKS = 5
_EVENTS = {Measure.START: "开始", Measure.END: "结束"}
_OPPOSITES = (("多", "少"), ("高", "低"), ("大", "小"), ("长", "短"), ("贵", "便宜"), ("晚", "早"), ("久", "短"))
_CHANGES = (
    *(("提高", "下降"), ("提升", "下降"), ("增长", "下降"), ("增加", "减少"), ("上升", "下降"), ("提高", "降低")),
    *(("涨", "降"), ("升", "降"), ("延长", "缩短")),
)


def answer_combinations(combinations: Sequence[Combination], facts: Facts, question: str, standalone: str) -> Answer:
    """Return the answer to each combination in turn, with one citation for every row that it uses."""
    texts, expressions, statements = [], [], []
    evidence: list[Evidence] = []
    outcomes: list[Outcome] = []
    measured = [_measured(one) for one in combinations]
    for combination, name in zip(combinations, measured, strict=True):
        found = [find_outcome(side, facts) for side in combination.sides]
        if combination.operation is Combining.RANK:
            among = combination.sides[1]
            before = groups_before if among.query is not None and among.query.group is not None else rows_before
            found[1] = before(found[0], among, is_falling(combination.word), facts)
        worded = _Wording(combination, found, len(evidence))
        text, expression = worded.say()
        texts.append(f"{name}：{text}" if name and len(set(measured)) > 1 else text)
        expressions.append(expression)
        evidence += worded.evidence
        outcomes += found
        statements += [outcome.sql for outcome in found if outcome.sql]
    return Answer(
        question=question,
        standalone=standalone,
        kind=AnswerKind.LOOKUP,
        answer="\n\n".join(texts),
        citations=cite(evidence),
        table=ResultTable(("名称", "数值"), tuple((o.label, o.written) for o in outcomes if o.rows)),
        calculation=Calculation("；".join(filter(None, expressions)), ";\n".join(dict.fromkeys(statements))),
    )


def _measured(combination: Combination) -> str:
    """Return the header of the one column that all sides are measured by; empty where they differ."""
    queries = [side.query for side in combination.sides if side.query is not None]
    names = {q.table.columns[q.measure_column].name for q in queries if q.measure_column is not None}
    return names.pop() if len(names) == 1 else ""


class _Wording:
    """The words for one combination; ``evidence`` is what they cite, numbered on from ``cited``."""

    def __init__(self, combination: Combination, outcomes: Sequence[Outcome], cited: int) -> None:
        self._combination = combination
        self._outcomes = tuple(outcomes)
        self.evidence = [item for outcome in self._outcomes for item in outcome.evidence]
        self._marks = _marks(self._outcomes, cited)
        self._unit = next((outcome.unit for outcome in outcomes if outcome.side.query is not None), "")
        figures = [to_unit(outcome, self._unit) for outcome in outcomes]
        self._figures = [figure for figure in figures if figure is not None]

    def say(self) -> tuple[str, str]:
        """Return the text and the expression."""
        operation = self._combination.operation
        ways: dict[Combining, Callable[[], tuple[str, str]]] = {
            Combining.DIFFERENCE: self._difference,
            Combining.GROWTH: self._growth,
            Combining.RATIO: self._ratio,
            Combining.PERCENT: self._percent,
            Combining.TOTAL: self._total,
            Combining.GREATER: self._choice,
            Combining.LESS: self._choice,
            Combining.RANK: self._rank,
        }
        if operation is Combining.EACH:
            return self._each()
        if operation is Combining.TOTAL and is_rate(self._unit):
            return f"比率不能相加：{self._each()[0]}", ""
        divides = operation in (Combining.GROWTH, Combining.RATIO, Combining.PERCENT)
        if len(self._figures) < len(self._outcomes) or (divides and not self._figures[-1]):
            return self._not_computed(divides)
        return ways[operation]()

    def _each(self) -> tuple[str, str]:
        text = "；".join(f"{self._called(n)}{o.written}{self._marks[n]}" for n, o in enumerate(self._outcomes))
        return f"{text}。", "；".join(f"{o.label} = {o.written}" for o in self._outcomes)

    def _not_computed(self, divides: bool) -> tuple[str, str]:
        exact = all(outcome.figure is not None for outcome in self._outcomes)
        sums = (one.side.query for one in self._outcomes if one.figure is None and len(one.rows) > 1)
        several = any(query is not None and not_added(query) for query in sums)
        reason = "两者的单位不同" if exact else "各行的数不能相加" if several else "其中有的不是一个确数"
        reason = "除数是0" if exact and divides and not all(o.figure for o in self._outcomes) else reason
        return f"{self._each()[0]}\n\n{reason}，无法算出确切的结果。", ""

    def _difference(self) -> tuple[str, str]:
        figures, unit = self._figures, self._unit
        one, other = self._in_order()
        change = figures[one] - figures[other]
        points = "个百分点" if unit == "%" else unit
        said = self._said_change(change, points)
        result = change if self._combination.word else abs(change)
        expression = f"{plain(figures[one])} - {plain(figures[other])} = {plain(change)}{points}"
        if not self._combination.word and change < 0:
            expression = f"{plain(figures[other])} - {plain(figures[one])} = {plain(result)}{points}"
        text = f"{self._whether_changed(change)}{self._pair(one, other, said)}。{self._workings()}"
        return text, expression

    def _whether_changed(self, change: Decimal) -> str:
        """Return whether a row rises or falls over its years as the question asks; empty where it does not ask."""
        word = self._combination.word
        if not self._combination.asks_whether or not self._is_over_years() or not any(word in p for p in _CHANGES):
            return ""
        return "是，" if change and is_falling(word) == (change < 0) else f"没有{word}，"

    def _said_change(self, change: Decimal, unit: str) -> str:
        word, amount = self._combination.word, f"{plain(abs(change))}{unit}"
        if not word:
            return f"相差{amount}"
        if not change:
            return "持平" if self._is_over_years() else "相同"
        pairs = _CHANGES if any(word in pair for pair in _CHANGES) else _OPPOSITES
        rising, falling = next((pair for pair in pairs if word in pair), ("多", "少"))
        return f"{rising if change > 0 else falling}{amount}"

    def _pair(self, one: int, other: int, said: str) -> str:
        first, second = self._outcomes[one], self._outcomes[other]
        joint = "与" if said.startswith("相差") else "比"
        mark, other_mark = self._marks[one], self._marks[other]
        if self._is_over_years():
            stated = f"（{second.year}{second.written}{other_mark}，{first.year}{first.written}{mark}）"
            return f"{first.label}{first.year}{joint}{second.year}{said}{stated}"
        called = f"{second.label}（{second.written}）" if second.side.query is not None else second.written
        return f"{first.label}（{first.written}）{mark}{joint}{called}{other_mark}{said}"

    def _growth(self) -> tuple[str, str]:
        figures = self._figures
        one, other = self._in_order()
        rate = _rounded((figures[one] - figures[other]) * 100 / figures[other])
        said = f"{'增长' if rate >= 0 else '下降'}{plain(abs(rate))}%"
        if change := abs(figures[one] - figures[other]):
            said += (
                f"，即{'增加' if rate >= 0 else '减少'}{plain(change)}{'个百分点' if self._unit == '%' else self._unit}"
            )
        expression = (
            f"({plain(figures[one])} - {plain(figures[other])}) ÷ {plain(figures[other])} × 100% ≈ {plain(rate)}%"
        )
        return f"{self._pair(one, other, said)}。{self._workings()}", expression

    def _ratio(self) -> tuple[str, str]:
        figures = self._figures
        times = _rounded(figures[0] / figures[1])
        text = f"{self._stated(0)}约是{self._stated(1)}的{plain(times)}倍。{self._workings()}"
        return text, f"{plain(figures[0])} ÷ {plain(figures[1])} ≈ {plain(times)}倍"

    def _percent(self) -> tuple[str, str]:
        figures = self._figures
        share = _rounded(figures[0] * 100 / figures[1])
        text = f"{self._stated(0)}约占{self._stated(1)}的{plain(share)}%。{self._workings()}"
        return text, f"{plain(figures[0])} ÷ {plain(figures[1])} × 100% ≈ {plain(share)}%"

    def _total(self) -> tuple[str, str]:
        figures, unit = self._figures, self._unit
        total = f"{plain(sum(figures, Decimal(0)))}{unit}"
        stated = "，".join(self._stated(number) for number in range(len(self._outcomes)))
        return f"合计{total}：{stated}。{self._workings()}", f"{' + '.join(map(plain, figures))} = {total}"

    def _choice(self) -> tuple[str, str]:
        figures, unit = self._figures, self._unit
        falling = self._combination.operation is Combining.LESS
        if self._combination.asks_whether and len(figures) == 2:
            holds = figures[0] < figures[1] if falling else figures[0] > figures[1]
            text, expression = self._difference()
            return f"{'是' if holds else '不是'}，{text}", expression
        top = (min if falling else max)(figures)
        best = [number for number, figure in enumerate(figures) if figure == top]
        rest = [number for number in range(len(figures)) if number not in best]
        if not rest:
            return f"一样：{self._each()[0]}", self._each()[1]
        event = next((_EVENTS[q.measure] for o in self._outcomes if (q := o.side.query) and q.measure in _EVENTS), "")
        word = ("更" if len(figures) == 2 else "最") + self._combination.word.replace("先", "早") + event
        said = f"{'、'.join(self._stated(number) for number in best)}{word}"
        others = "，".join(f"{self._called(n)}{self._outcomes[n].written}{self._marks[n]}" for n in rest)
        sign = "<" if falling else ">"
        order = [figures[best[0]], *sorted({figures[n] for n in rest}, reverse=not falling)]
        return f"{said}；{others}。{self._workings()}", f" {sign} ".join(map(plain, order)) + unit

    def _rank(self) -> tuple[str, str]:
        row, before = self._outcomes
        query = self._combination.sides[1].query
        assert query is not None
        order = "从小到大" if is_falling(self._combination.word) else "从大到小"
        place = f"第{before.ahead + 1}"
        if query.group is not None:
            # One row alone is called by its name, but it is its group that is ranked.
            own = self._combination.sides[0].query
            label = described(own) if own is not None else row.label
            called = f"{label}共" if counts(query) else f"{label}的{measure_name(query)}合计"
            text = f"{called}{row.written}{self._marks[0]}，在{before.label}中{order}排{place}。"
        else:
            said = f"{row.label}的{measure_name(query)}是{row.written}"
            text = f"{said}，在{before.label}中{order}排{place}。{self._marks[0]}"
        if before.ahead:
            of = counter(query) if query.group is None else "个"
            text += f"\n\n排在前面的{before.ahead}{of}：{before.written}。{self._marks[1]}"
        return text, f"{row.label}：{row.written}，{order}{place}"

    def _called(self, number: int) -> str:
        """Return what a side is called before its figure."""
        outcome = self._outcomes[number]
        query = outcome.side.query
        if query is None:
            return ""
        if counts(query):
            return f"{outcome.label}共"
        if query.measure in _EVENTS:
            return f"{outcome.label}的{query.table.columns[query.measure_column or 0].name}"
        return f"{outcome.label}的{measure_name(query)}{'' if outcome.side.named else '合计'}"

    def _stated(self, number: int) -> str:
        outcome = self._outcomes[number]
        return f"{self._called(number)}{outcome.written}{self._marks[number]}"

    def _workings(self) -> str:
        shown = [f"{outcome.label}：{outcome.working}" for outcome in self._outcomes if outcome.working]
        return "".join(f"\n\n- {line}" for line in shown)

    def _is_over_years(self) -> bool:
        """Return whether one row is compared with itself in two years."""
        return len({outcome.label for outcome in self._outcomes}) == 1

    def _in_order(self) -> tuple[int, int]:
        """Return which is compared with which: of two years the later with the earlier, unless 多 or 少 is asked."""
        word = self._combination.word
        if self._is_over_years() and not any(word in pair for pair in _OPPOSITES):
            later, earlier = sorted((0, 1), key=lambda number: self._outcomes[number].year, reverse=True)
            return later, earlier
        return 0, 1


def _marks(outcomes: Sequence[Outcome], cited: int) -> list[str]:
    marks = []
    for outcome in outcomes:
        numbers = range(cited + 1, cited + len(outcome.rows) + 1)
        every = [f"[{number}]" for number in numbers]
        marks.append("".join(every) if len(every) <= _MOST_MARKS else f"{every[0]}–{every[-1]}")
        cited += len(outcome.rows)
    return marks


def _rounded(figure: Decimal) -> Decimal:
    return figure.quantize(_ROUNDED, ROUND_HALF_UP)
