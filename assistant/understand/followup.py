"""A question and the questions before it in, the question as it stands alone out.

Example: after 十大孔兑项目由哪个局牵头, “它的建设时间呢” → “十大孔兑项目的建设时间”.

A question is completed by the first rule that fits; one that says itself what it asks about inherits nothing. The
rules, each with an example and its test, are docs/conversation.md:

1. What only asks for more (还有呢) asks the previous question again: its list was complete. What asks for detail
   (详细说说) asks for the whole clause or row that answered, and 为什么 asks why what was asked is so.
2. A unit, a figure of a bound or a number alone (换成元呢) takes the place of the previous one.
3. 第二个, 最后一个, 前三个 name what stands there in the last list, of rows or of prose.
4. A word that points back becomes what was spoken of: 它, 该工程 one thing, 其中, 这些 its rows, 前者 and 两者 the last
   two things, 这个委员会 the last thing called so.
5. After a refusal, a value or an attribute alone takes the place of what was missing.
6. A name, year, order, value or phrase alone takes the place of the one that stands like it.
7. A value, bound or period of another kind narrows the rows asked about; with a question word it asks of them.
8. A comparison (比…) is put behind the previous subject and attribute; of a count for each, 哪个最多 asks which.
9. What asks only for an attribute, an aspect (条件) or a computation is asked of the previous subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.understand.earlier import Earlier
from assistant.understand.exchange import (
    exchange_number,
    exchange_order,
    exchange_part,
    exchange_unit,
    exchange_year,
    kept_measure,
    operation_spans,
)
from assistant.understand.exchange_values import exchange_missing, exchange_name, exchange_values
from assistant.understand.exchange_words import exchange_words
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.ordinals import Beyond
from assistant.understand.plan import Planner
from assistant.understand.pointing import Pointing
from assistant.understand.positions import Positions
from assistant.understand.question import Question
from assistant.understand.recalled import Picked, Recall, Standing
from assistant.understand.texts import Texts
from assistant.understand.topic import without_asking
from assistant.understand.turn import Turn, TurnReader, words_of
from assistant.understand.values import Values

_MORE = re.compile(
    r"(?:还有(?:别的|其他|其它|哪些|什么)?|其他|其它|别的|就这些|没有了|没了|就这么多)(?:的|项目|指标)*[呢吗吧了]*[？?。！!]*"
)
_COMPARED = re.compile(r"(?:比|跟|与|和|同)(?=.*(?:比|多|少|高|低|差|倍|提|下|增|减|升|降))")
_EACH = re.compile(r"(?<!平均)(?:每一?[个家项]|各个?(?=[单部重牵]))")


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier questions as they stand alone, oldest first, and what tells what their answers rest on."""

    standing: tuple[Standing, ...]
    recall: Recall


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells of the documents.

    Attributes:
        headers: The folded headers of all columns; words of them are no subject.
        unit: The pattern of the units that figures can be asked for in.
        texts: What the documents say.
    """

    headers: str
    unit: str
    texts: Texts


class FollowUps:
    """Completes questions from those before them."""

    def __init__(
        self, planner: Planner, values: Values, lexicon: Lexicon, telling: Telling, talks: Callable[[Question], str]
    ) -> None:
        """Take what tells talk (谢谢) from questions."""
        self._planner, self._telling, self._talks = planner, telling, talks
        self._unit = re.compile(telling.unit)
        self._reader = TurnReader(planner, values, lexicon, telling.texts)
        self._pointing = Pointing(lexicon)
        self._positions = Positions(self._reader.read, frozenset(noun.key for noun in lexicon.class_nouns))
        said = words_of(lexicon.conversation, "elaborating")
        self._elaborating = re.compile(rf"(?:{said})+")
        self._elaborates = re.compile(words_of(lexicon.conversation, "elaborates"))

    def remember(self, questions: Sequence[str], recall: Recall) -> Past:
        """Return the conversation so far: each earlier question is itself completed from those before it."""
        standing: list[Standing] = []
        for text in (earlier for earlier in questions if not self._talks(self._planner.read(earlier))):
            made = self._complete(text, Past(tuple(standing), recall))
            if isinstance(made, Picked):
                standing.append(Standing(f"{'、'.join(made.items)}是什么", made))
            else:
                standing.append(Standing(made))
        return Past(tuple(standing), recall)

    def stand_alone(self, question: str, past: Past) -> str | Picked:
        """Return ``question`` with what earlier questions supply filled in; unchanged where nothing is missing."""
        return self._complete(question, past)

    def pick(self, text: str, recall: Recall) -> str | Beyond:
        """Return ``text`` with the row of a list that it names by number called by name: 能源局牵头的第二个项目."""
        return self._positions.pick(text, recall)

    def _complete(self, asked: str, past: Past) -> str | Picked:
        """Return what the first rule that fits makes of the question."""
        if not past.standing or not asked.strip():
            return asked
        text, turn = self._reader.corrected(asked), self._reader.read(asked)
        earlier = Earlier(past.standing, past.recall, self._reader.read)
        before = earlier.before
        found = (
            self._more(text, turn, earlier)
            or exchange_unit(text, before, self._unit)
            or exchange_number(turn, before)
            or self._share(turn, earlier)
            or self._pointing.both(turn, earlier)
            or self._positions.nth(turn, earlier, past.recall)
            or self._pointing.resolve(turn, earlier)
            or exchange_missing(turn, earlier)
        )
        return found or self._by_parts(turn, earlier) or text

    def _by_parts(self, turn: Turn, earlier: Earlier) -> str:
        """Return the question made by exchanging, narrowing or asking; empty where it says itself what it is about."""
        before = earlier.before
        if turn.own_words(self._telling.headers):
            rules = (self._exchange_words, exchange_name, self._compare, self._continue)
            return next((made for rule in rules if (made := rule(turn, before))), "")
        if turn.noun is not None:
            return self._of_group(turn, before) or self._of_same_rows(turn, before)
        rules = (
            *(lambda turn, before: exchange_values(turn, before, self._reader.read), exchange_year),
            *(lambda turn, before: exchange_order(turn, earlier.last_order), exchange_part, self._compare, self._which),
            *(self._exchange_words, self._narrow),
        )
        found = next((made for rule in rules if (made := rule(turn, before))), "")
        return found or self._ask(turn, earlier)

    def _more(self, text: str, turn: Turn, earlier: Earlier) -> str:
        """Rule 1."""
        before, last = earlier.before, earlier.standing[-1].text
        if _MORE.fullmatch(text.strip()):
            return last
        if turn.question.asks == {Ask.WHY} and not (turn.question.telling or turn.attributes):
            return without_asking(before.text) + turn.text
        if self._elaborating.fullmatch(turn.text) is None or self._elaborates.search(turn.text) is None:
            return ""
        if earlier.recalled.is_passage and earlier.recalled.around:
            return f"{earlier.recalled.around[0]}的内容是什么"
        thing = earlier.thing() if not earlier.is_prose and before.noun is None else ""
        return f"{thing}的情况" if thing else last

    def _share(self, turn: Turn, earlier: Earlier) -> str:
        """Rule 9 for a share of other rows: 占工信局项目总投资的百分之几."""
        subject = earlier.thing() if turn.values and turn.text.startswith("占") else ""
        return f"{subject}{turn.text}" if subject else ""

    def _exchange_words(self, turn: Turn, before: Turn) -> str:
        """Rule 6 for words of the documents' prose; a name that is known is exchanged for a name."""
        known = turn.plan is not None and before.named is not None
        return exchange_words(turn, before, self._telling.texts, surely=known)

    def _continue(self, turn: Turn, before: Turn) -> str:
        """Rule 9 for a verb and its object (新建多少座淤地坝): asked of the last thing where its text has their words."""
        about = before.about
        words = [s for s in turn.question.words if s in turn.question.telling]
        behind = [span for span in words if turn.asks and span.start > turn.asks[0].start]
        if about is None or not behind or len(words) - len(behind) > 1 or turn.values or turn.about is not None:
            return ""
        text = self._telling.texts.of(about.of(before.question.key))
        return f"{about.of(before.text)}{turn.text}" if all(s.of(turn.question.key) in text for s in words) else ""

    def _of_group(self, turn: Turn, before: Turn) -> str:
        """Rule 9 for the rows of a group just named: 有哪些项目."""
        about = before.about
        begins = turn.text.startswith(("有", "包括", "包含")) and (turn.asks or turn.asks_of_rows)
        if about is None or not begins or turn.has_condition or not any(m.span == about for m in before.values):
            return ""
        return f"{about.of(before.text)}{turn.text}"

    def _of_same_rows(self, turn: Turn, before: Turn) -> str:
        """Rule 9 for another computation over the same rows: 不对，我是问平均每个项目投资多少."""
        rows, noun = before.rows(), turn.noun
        if not turn.is_corrected or noun is None or turn.has_condition or not rows.endswith(noun.of(turn.text)):
            return ""
        return turn.text[: noun.start] + rows + turn.text[noun.end :]

    def _compare(self, turn: Turn, before: Turn) -> str:
        """Rule 8."""
        if _COMPARED.match(turn.text) is None or (named := before.named) is None:
            return ""
        asked = without_asking(before.attributes[0].of(before.text)) if before.attributes else ""
        return f"{named.of(before.text)}{asked}{turn.text}"

    def _which(self, turn: Turn, before: Turn) -> str:
        """Rule 8 for a count for each."""
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
        """Rule 7."""
        rows = before.rows() or ("" if before.noun is None or before.plan else before.noun.of(before.text))
        if not turn.has_condition or not rows:
            return ""
        if turn.asks or turn.asks_of_rows:
            return f"{rows}中{turn.text}"
        assert before.noun is not None
        modifier = turn.text if turn.text.endswith("的") else f"{turn.text}的"
        return before.text[: before.noun.start] + modifier + before.text[before.noun.start :]

    def _ask(self, turn: Turn, earlier: Earlier) -> str:
        """Rule 9."""
        before = earlier.before
        if not turn.asks_something or turn.values:
            return ""
        of_rows = turn.asks_of_rows or (bool(turn.asks) and not turn.attributes and not turn.question.years)
        subject = (earlier.rows() if of_rows else "") or earlier.subject_for(turn)
        if turn.is_order and before.is_order and not before.rows() and before.named is None:
            subject = before.noun.of(before.text) if before.noun is not None else subject
        if not subject:
            return ""
        joint = "中" if turn.is_order else "的" if turn.starts_with_noun else ""
        return f"{subject}{joint}{kept_measure(turn, before)}{turn.text}"
