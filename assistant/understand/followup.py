"""A question and the questions before it in, the question as it stands alone out.

Example: after 十大孔兑项目由哪个局牵头, “它的建设时间呢” → “十大孔兑项目的建设时间呢”.

Rules, in this order; the first that fits makes the question, and a question with a subject of its own stands alone:

1. Asking for more (还有呢) asks the previous question again: its list was complete.
2. “第二个…” after a list names the row that stands there in the answer.
3. A pronoun becomes what was spoken of: 它 the one row of the last answer or the thing named, 它们, 其中 its rows,
   两个 the last two things.
4. A name, year, order (前五), number, unit or value of the same column alone takes the place of the previous one.
5. A value, bound or period of another kind narrows the rows asked about; with a question word it asks of them.
6. A comparison (比…) is put behind the previous question's subject and attribute.
7. Of a count for each (每个单位几个), “哪个最多” asks which.
8. What asks only for an attribute or a computation is asked of the previous subject; an order keeps the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.understand.exchange import (
    exchange_number,
    exchange_order,
    exchange_ordinal,
    exchange_part,
    exchange_unit,
    exchange_year,
    kept_measure,
    operation_spans,
)
from assistant.understand.lexicon import Lexicon
from assistant.understand.ordinals import NTH, Beyond, of_list, position
from assistant.understand.plan import Planner
from assistant.understand.question import MentionKind, Question
from assistant.understand.turn import Turn, read_turn
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold

Recall = Callable[[str], tuple[str, ...]]
"""A question → the names of the rows that its answer rests on, in the order shown."""

_MORE = re.compile(
    r"(?:还有(?:别的|其他|其它|哪些|什么)?|其他|其它|别的|就这些|没有了|没了|就这么多)(?:的|项目|指标)*[呢吗吧了]*[？?。！!]*"
)
_NTH = re.compile(rf"(?:{NTH})(?:[个项条位名家]|行)(?:项目|指标|工程)?的?")
_COMPARED = re.compile(r"(?:比|跟|与|和|同)(?=.*(?:比|多|少|高|低|差|倍|提|下|增|减|升|降))")
_EACH = re.compile(r"(?<!平均)(?:每一?[个家项]|各个?(?=[单部重牵]))")
_WHICH_ONE = re.compile(r"^(?:是|叫)(?:什么|哪一?个|啥|谁|哪一?项)(?:项目|指标|名字)?[？?]*$")
_BOTH = re.compile(r"(?:这|那)?(?:两个|两项|两者|二者|两个项目|两项指标)(?:项目|指标)?(?:的)?")
_ALONE = re.compile(r"[的是由在了牵头负责管主办\s]*")
_LIKE = re.compile(r"^(?:中|里面|里)?(?:的|是|有)*")


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier questions, oldest first, and what tells the rows that an answer to one of them rests on."""

    questions: tuple[str, ...]
    recall: Recall


class FollowUps:
    """Completes questions from those before them."""

    def __init__(
        self,
        planner: Planner,
        values: Values,
        lexicon: Lexicon,
        headers: str,
        unit: str,
        talks: Callable[[Question], str],
    ) -> None:
        """Take the folded ``headers`` of all columns, words of which are no subject, and what tells talk (谢谢).

        ``unit`` is the pattern of the units that figures can be asked for in.
        """
        self._unit = re.compile(unit)
        self._planner, self._values, self._headers, self._talks = planner, values, headers, talks
        self._nouns = frozenset(noun.key for noun in lexicon.class_nouns)
        self._words = sorted(lexicon.follow_up, key=lambda word: -len(word.key))

    def stand_alone(self, question: str, past: Past) -> str:
        """Return ``question`` with what earlier questions supply filled in; unchanged where nothing is missing.

        Each earlier question is itself completed from those before it.
        """
        return self._complete(question, self.standing(past), past.recall)

    def is_talk(self, text: str) -> bool:
        """Return whether a turn asks nothing: 谢谢."""
        return bool(self._talks(self._planner.read(text)))

    def standing(self, past: Past) -> list[str]:
        """Return the earlier questions that are no talk, each as it stands alone."""
        standing: list[str] = []
        for text in (earlier for earlier in past.questions if not self.is_talk(earlier)):
            standing.append(self._complete(text, standing, past.recall))
        return standing

    def _complete(self, text: str, standing: Sequence[str], recall: Recall) -> str:
        if not standing or not text.strip():
            return text
        turn, before = self._read(text), self._read(standing[-1])
        if _MORE.fullmatch(text.strip()):
            return standing[-1]
        if found := exchange_unit(text, before, self._unit) or exchange_number(turn, before):
            return found
        if (
            found := self._share(turn, before, recall)
            or self._both(turn, standing, recall)
            or exchange_ordinal(turn, before)
        ):
            return found
        if found := self._nth(turn, before, standing, recall) or self._pronoun(turn, before, recall):
            return found
        if turn.own_words(self._headers):
            return self._exchange_name(turn, before) or self._compare(turn, before) or text
        if turn.noun is not None:
            return text
        rules = (
            *(self._exchange_values, exchange_year, exchange_order, exchange_part),
            *(self._compare, self._which),
        )
        found = next((made for rule in rules if (made := rule(turn, before))), "")
        return found or self._narrow(turn, before) or self._ask(turn, before, recall) or text

    def pick(self, text: str, recall: Recall) -> str | Beyond:
        """Return ``text`` with the row of a list that it names by number called by name: 能源局牵头的第二个项目."""
        match = of_list(text)
        head = self._read(text[: match.start()]) if match is not None else None
        if match is None or head is None or not head.has_condition:
            return text
        nouns = (match["noun"], head.noun.of(head.text) if head.noun is not None else None, *sorted(self._nouns))
        rows = head.rows() or f"{head.text.removesuffix('的')}的{next(filter(None, nouns))}"
        listed = recall(f"{rows}有哪些")
        number = position(match, len(listed))
        if number is None:
            return Beyond(match.group().strip("的中里面"), rows, len(listed)) if listed else text
        rest = _WHICH_ONE.sub("", text[match.end() :].lstrip("的"))
        return f"{listed[number - 1]}{'' if rest.startswith('是') else '的'}{rest or '情况'}"

    def _read(self, text: str) -> Turn:
        return read_turn(text, self._planner, self._values, self._nouns)

    def _nth(self, turn: Turn, before: Turn, standing: Sequence[str], recall: Recall) -> str:
        """Rule 2; the list may stand before questions about its rows."""
        match = _NTH.match(turn.text)
        if match is None:
            return ""
        listed = next((rows for earlier in reversed(standing) if len(rows := self._listed(earlier, recall)) > 1), ())
        number = position(match, len(listed))
        if number is None:
            return f"{before.rows()}中{turn.text}" if listed and before.rows() else ""
        name = listed[number - 1]
        rest = turn.text[match.end() :].lstrip("的")
        if not rest and (named := before.named) is not None:
            return before.text[: named.start] + name + before.text[named.end :]
        return f"{name}{'' if rest.startswith('是') else '的'}{rest or '情况'}"

    def _listed(self, earlier: str, recall: Recall) -> tuple[str, ...]:
        return () if self._read(earlier).plan is not None else recall(earlier)

    def _share(self, turn: Turn, before: Turn, recall: Recall) -> str:
        """Rule 6 for a share of other rows: 占工信局项目总投资的百分之几."""
        subject = self._thing(before, recall) if turn.values and turn.text.startswith("占") else ""
        return f"{subject}{turn.text}" if subject else ""

    def _both(self, turn: Turn, standing: Sequence[str], recall: Recall) -> str:
        """Rule 3 for the last two things: 两个相差多少."""
        match = _BOTH.match(turn.text)
        if match is None or len(standing) < 2:
            return ""
        before = [self._read(earlier) for earlier in standing[-2:]]
        first, second = (self._thing(one, recall) for one in before)
        if not first or not second or first == second:
            return ""
        measure = before[-1].attributes[-1].of(before[-1].text) if before[-1].attributes and not turn.attributes else ""
        return f"{first}和{second}{measure}{turn.text[match.end() :]}"

    def _pronoun(self, turn: Turn, before: Turn, recall: Recall) -> str:
        """Rule 3; behind words of its own a pronoun speaks of those."""
        key = fold(turn.text)
        for word in self._words:
            place = key.find(word.key)
            if place < 0 or any(span.start < place for span in turn.question.telling):
                continue
            several = word.name in ("among", "several")
            subject = (self._rows(before, recall) if several else "") or self._thing(before, recall)
            joint = "中" if word.name == "among" else ""
            rest = turn.text[place + len(word.key) :]
            if joint and turn.has_condition and not (turn.asks or turn.asks_of_rows):
                rest += "有哪些"
            return turn.text[:place] + subject + joint + rest if subject else ""
        return ""

    def _exchange_name(self, turn: Turn, before: Turn) -> str:
        """Rule 4 for the name of a thing: 绿氢产业项目呢."""
        named = before.named
        if named is None or turn.asks or turn.attributes or turn.operations or turn.question.years:
            return ""
        if turn.plan is None:
            return ""
        rest = before.text[named.end :]
        nouns = [m.span.of(turn.text) for m in turn.question.mentions if m.kind is MentionKind.CLASS_NOUN]
        ending = next((noun for noun in nouns if turn.text.endswith(noun)), "")
        return before.text[: named.start] + turn.text + (rest.removeprefix(ending) if ending else rest)

    def _exchange_values(self, turn: Turn, before: Turn) -> str:
        """Rule 4 for values and bounds; a question word beside them asks of the new rows."""
        pairs = [pair for mention in turn.values if (pair := _alike(mention, before.values)) is not None]
        spans = [(old.span, new.span) for old, new in pairs]
        if turn.bounds and before.bounds:
            spans.append((before.bounds[0], turn.bounds[0]))
        if not spans or len(spans) < len(turn.values) + len(turn.bounds):
            return ""
        made = before.text
        for old, new in sorted(spans, reverse=True):
            made = made[: old.start] + new.of(turn.text) + made[old.end :]
        if not (turn.asks or turn.asks_of_rows):
            return made
        return f"{self._read(made).rows()}{self._rest(turn)}"

    def _rest(self, turn: Turn) -> str:
        """Return what a turn asks, behind its conditions: 水利局牵头的有几个 → 有几个."""
        ends = [mention.span.end for mention in turn.values] + [span.end for span in turn.bounds]
        rest = turn.text[max(ends, default=0) :]
        head, found, tail = rest.partition("的")
        return tail if found and _ALONE.fullmatch(head) else _LIKE.sub("", rest)

    def _compare(self, turn: Turn, before: Turn) -> str:
        """Rule 6."""
        if _COMPARED.match(turn.text) is None or (named := before.named) is None:
            return ""
        asked = before.attributes[0].of(before.text) if before.attributes else ""
        return f"{named.of(before.text)}{asked}{turn.text}"

    def _which(self, turn: Turn, before: Turn) -> str:
        """Rule 7."""
        match = _EACH.search(before.text)
        operations = operation_spans(turn)
        if match is None or not turn.is_order or turn.attributes or not operations:
            return ""
        left = before.text[: match.start()] + "\0" * (match.end() - match.start()) + before.text[match.end() :]
        for span in before.asks:
            left = left[: span.start] + "\1" * (span.end - span.start) + left[span.end :]
        stem = re.sub("\0+", "哪个", re.sub("\1+", "", left)).rstrip("是有的")
        return f"{stem}{operations[0].of(turn.text)}"

    def _narrow(self, turn: Turn, before: Turn) -> str:
        """Rule 5."""
        rows = before.rows() or ("" if before.noun is None or before.plan else before.noun.of(before.text))
        if not turn.has_condition or not rows:
            return ""
        if turn.asks or turn.asks_of_rows:
            return f"{rows}中{turn.text}"
        assert before.noun is not None
        modifier = turn.text if turn.text.endswith("的") else f"{turn.text}的"
        return before.text[: before.noun.start] + modifier + before.text[before.noun.start :]

    def _ask(self, turn: Turn, before: Turn, recall: Recall) -> str:
        """Rule 8."""
        if not turn.asks_something or turn.values:
            return ""
        of_rows = turn.asks_of_rows or (bool(turn.asks) and not turn.attributes and not turn.question.years)
        subject = (self._rows(before, recall) if of_rows else "") or self._thing(before, recall)
        if turn.is_order and before.is_order and not before.rows() and before.named is None:
            subject = before.noun.of(before.text) if before.noun is not None else subject
        if not subject:
            return ""
        return f"{subject}{'中' if turn.is_order else '的'}{kept_measure(turn, before)}{turn.text}"

    def _rows(self, before: Turn, recall: Recall) -> str:
        """Return what the rows of the previous question are called."""
        if rows := before.rows():
            return rows
        if (named := before.named) is not None:
            return named.of(before.text)
        names = recall(before.text) if before.noun is not None else ()
        return "、".join(names) if 1 < len(names) <= _MOST_NAMES else ""

    def _thing(self, before: Turn, recall: Recall) -> str:
        """Return the one row that the previous answer rests on, else the thing or the rows that it named."""
        named = before.named
        if named is not None and not before.asks_of_rows:
            return named.of(before.text)
        names = recall(before.text)
        if len(names) == 1:
            return names[0]
        return before.rows() or (named.of(before.text) if named is not None else "")


_MOST_NAMES = 10


def _alike(mention: ValueMention, others: Sequence[ValueMention]) -> tuple[ValueMention, ValueMention] | None:
    """Return the value of ``others`` that stands in the same column as ``mention``, with it."""
    columns = {(ref.table_id, ref.column) for ref in mention.refs}
    old = next((other for other in others if any((r.table_id, r.column) in columns for r in other.refs)), None)
    return None if old is None else (old, mention)
