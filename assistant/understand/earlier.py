"""The earlier questions of a conversation in, what a later one may speak of out: a thing, its rows, a pair, a list.

Example: after 水利局牵头的项目有哪些, its rows are “水利局牵头的项目”; after 秸秆综合利用率目标是多少, its thing is
“秸秆综合利用率”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from assistant.understand.every_row import EveryRow, find_every_row
from assistant.understand.question import MentionKind
from assistant.understand.recalled import Recall, Recalled, Standing
from assistant.understand.topic import coordinated, phrases, stem, subject
from assistant.understand.turn import Turn, simplified
from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES

_MOST_NAMES = 10
_WHICH_AGENCY = re.compile(r"(?<![由归让])(?:哪[个些几家]?|什么|何)(?:委办局|厅局|单位|部门|机构|局)?$")
_AGENCY = re.compile(r"(?:委办|厅)?局|单位|部门|机构")
_OF_WORKS = frozenset({*AGENCY_ATTRIBUTES, "amount", "place"})
"""What sentences are not asked for, but the work that they belong to."""


class Earlier:
    """What the questions before a follow-up speak of; there is at least one."""

    def __init__(
        self, standing: Sequence[Standing], recall: Recall, read: Callable[[str], Turn], document: str = ""
    ) -> None:
        """Take the questions as they stand alone, oldest first, and what the document that they name is called."""
        self.document = document
        self.standing, self.recall, self._read = tuple(standing), recall, read

    @cached_property
    def before(self) -> Turn:
        """The last question."""
        return self._turn(self.standing[-1])

    @cached_property
    def last_two(self) -> tuple[Turn, ...]:
        """The last two questions, the older first."""
        return tuple(map(self._turn, self.standing[-2:]))

    def _turn(self, one: Standing) -> Turn:
        return self._read(simplified(one.text))

    @cached_property
    def last_order(self) -> Turn:
        """The last question that puts rows in order, else the last question."""
        turns = (self._turn(one) for one in reversed(self.standing))
        return next((turn for turn in turns if turn.is_order), self.before)

    @cached_property
    def last_of_years(self) -> Turn:
        """The last question that a year fits: behind who answers for it, the one before about the same thing."""
        before = self.before
        of_agency = set(before.question.named(MentionKind.ATTRIBUTE)) & set(AGENCY_ATTRIBUTES)
        if not of_agency or before.question.years or len(self.standing) == 1:
            return before
        turns = (self._turn(one) for one in reversed(self.standing[:-1]))
        return next((turn for turn in turns if turn.question.years and turn.named is not None), before)

    @cached_property
    def recalled(self) -> Recalled:
        """What the last answer rests on."""
        return self.recall(self.standing[-1].text)

    @property
    def is_prose(self) -> bool:
        """Return whether sentences answered the last question, or nothing did."""
        return self.recalled.is_passage or bool(self.recalled.missing)

    @cached_property
    def _every(self) -> EveryRow | None:
        return find_every_row(self.before.question) if self.before.asks_whether else None

    @property
    def every(self) -> str:
        """What the rows are called of all of which something was asked to be confirmed; empty where that was not."""
        return self._every.rows if self._every is not None else ""

    def rows(self) -> str:
        """Return what the rows of the last question are called; empty where it asks for none.

        Of all of which something was asked to be confirmed they are all, whatever is so of them.
        """
        if self.every:
            return self.every
        if rows := self.before.rows():
            return rows
        if self.recalled.mentioning:
            return "、".join(self.recalled.rows)
        if (named := self.before.named) is not None:
            return named.of(self.before.text)
        names = () if self.recalled.is_passage else self.recalled.rows
        return "、".join(names) if 1 < len(names) <= _MOST_NAMES else ""

    def shown(self, count: int = 0) -> str:
        """Return what the rows of the last answer that showed several are called: 这些项目; empty for none.

        With a ``count`` the last that showed so many: 这四项.
        """
        for number in range(len(self.standing), 0, -1):
            then = Earlier(self.standing[:number], self.recall, self._read, self.document)
            rows = () if then.recalled.is_passage else then.recalled.rows
            if len(rows) == count if count else 1 < len(rows) <= _MOST_NAMES or then.before.rows():
                return then.before.rows() or "、".join(rows)
        return ""

    def only_row(self) -> str:
        """Return the one row that the last answer rests on; empty where it rests on none, several or sentences."""
        rows = self.recalled.rows
        return rows[0] if len(rows) == 1 and not self.recalled.is_passage else ""

    def rest(self, count: int | None = None) -> tuple[str, tuple[str, ...]] | None:
        """Return the last question whose rows hold all that later answers showed and more, and what is left: 其余的.

        Of all rows of which something was asked to be confirmed those are left that are not so, or the others where
        only they are ``count``.
        """
        if self._every is not None:
            return self._not_so(self._every, count)
        spoken: set[str] = set()
        for number in range(len(self.standing), 0, -1):
            recalled = Earlier(self.standing[:number], self.recall, self._read).recalled
            rows = () if recalled.is_passage else recalled.rows
            if spoken and spoken < set(rows):
                return self.standing[number - 1].text, tuple(row for row in rows if row not in spoken)
            spoken |= set(rows)
        return None

    def _not_so(self, every: EveryRow, count: int | None) -> tuple[str, tuple[str, ...]] | None:
        asked = f"{every.rows}有哪些"
        so = self.recall(f"{every.rows}中{every.said}的有哪些").rows
        others = tuple(row for row in self.recall(asked).rows if row not in so)
        left = so if count is not None and len(so) == count != len(others) else others
        return (asked, left) if so and others else None

    def thing(self) -> str:
        """Return the thing named, else the one row that the last answer rests on, else the rows or words it is about.

        A group of rows named without asking for its rows is a thing (水土流失综合治理工程要新建多少座淤地坝).
        """
        before = self.before
        if (picked := self.standing[-1].picked) is not None and len(picked.items) == 1:
            return picked.items[0]
        if (named := before.named) is not None and not before.asks_of_rows:
            return named.of(before.text)
        if before.noun is None and not before.is_order and before.about is not None:
            return before.about.of(before.text)
        if self.recalled.group:
            return self.recalled.group
        if self.recalled.is_passage:
            return subject(before)
        if len(self.recalled.rows) == 1:
            return self.recalled.rows[0]
        about = before.named or (before.nearly_named if self.recalled.missing else None)
        return before.rows() or (about.of(before.text) if about is not None else "") or self._subject()

    def subject_for(self, turn: Turn) -> str:
        """Return what a question without a subject is asked of.

        Who is in charge, what it costs and where it stands is asked of the work whose clause answered last; other
        things of a sentence are asked of all that the last question said: 博士能申请科研启动资金 + 需要什么条件.
        """
        if not self.is_prose or self.before.about is not None:
            return self.thing()
        return self._work_asked(turn) or stem(self.before)

    def work_for(self, turn: Turn) -> str:
        """Return what 它 means behind a sentence: the work around it where that is asked, else the thing."""
        return (self._work_asked(turn) if self.before.about is None else "") or self.one_called("")

    def _work_asked(self, turn: Turn) -> str:
        """Return the work around where its agency, cost or place is asked, and not another thing: 是哪个单位下属的."""
        asked = [m.span for m in turn.question.mentions if m.name in _OF_WORKS]
        asked = [span for span in asked if not _WHICH_AGENCY.search(turn.text[: span.end]) or len(asked) > 1]
        done = [span for span in turn.question.words if asked and span.start >= asked[0].end]
        return self.recalled.around[0] if asked and not done and self.recalled.around else ""

    def one_called(self, noun: str) -> str:
        """Return the one thing that 它 or 该工程 (``noun`` 工程) means: a named group of rows before its rows.

        Where the last thing is not called so and was not named itself, it is the work whose clause answered.
        """
        name, before = self.thing(), self.before
        group = before.about.of(before.text) if before.about is not None and before.named is None else ""
        if group and (name == before.rows() or (noun and fold(group).endswith(noun))):
            return group
        if not noun or fold(name).endswith(noun) or before.about is not None or not self.is_prose:
            return name
        recalled = (self.recall(one.text) for one in reversed(self.standing))
        return next((one for held in recalled for one in held.around if fold(one).endswith(noun)), name)

    def phrase_ending(self, noun: str) -> str:
        """Return the last thing spoken of that is called so at its end: 专家咨询委员会 for 委员会; empty for none."""
        for one in reversed(self.standing):
            turn, recalled = self._turn(one), self.recall(one.text)
            names = [span.of(turn.text) for span in phrases(turn)]
            names += recalled.rows if len(recalled.rows) == 1 else ()
            if recalled.group and (fold(recalled.group).endswith(noun) or _AGENCY.fullmatch(noun)):
                return recalled.group
            for name in (*names, *recalled.around):
                place = fold(name).rfind(noun)
                if place > 0:
                    return name[: place + len(noun)]
        return ""

    def agency(self) -> str:
        """Return the one agency that the last question sets as a condition; empty where it names none or several."""
        if told := self.recalled.group or self.recalled.agency:
            return told
        values = self.before.values
        named = [mention for mention in values if _stands_by(mention, self.before)]
        return named[0].span.of(self.before.text) if len(named) == 1 else ""

    def pair(self) -> tuple[str, str] | None:
        """Return the last two things: those that the last question names or its answer shows, else one of each of two.

        None where they are not two.
        """
        if len(parts := coordinated(self.before)) == 2:
            return parts[0], parts[1]
        rows = self.recalled.rows
        if len(rows) == 2 and not self.recalled.is_passage:
            key = fold(self.before.text)
            first, second = sorted(rows, key=lambda row: _position(key, fold(row)))
            return first, second
        if len(self.standing) < 2:
            return None
        held = coordinated(Earlier(self.standing[:-1], self.recall, self._read).before)
        if len(held) == 2 and sum(name in self.before.text for name in held) == 1:
            return held[0], held[1]  # 前者 was asked of alone: 后者 is still the other
        first, second = (Earlier(self.standing[: end or None], self.recall, self._read).thing() for end in (-1, 0))
        return (first, second) if first and second and first != second else None

    def _subject(self) -> str:
        return subject(self.before) if self.is_prose else ""


def _stands_by(mention: ValueMention, turn: Turn) -> bool:
    """Return whether a value stands beside what asks for an agency: 水利局 + 牵头."""
    asked = [m.span for m in turn.question.mentions if m.name in AGENCY_ATTRIBUTES]
    return any(mention.span.end == span.start for span in asked)


def _position(key: str, name: str) -> int:
    """Return where the words of a question begin that a name shares, for names in the order of the question."""
    pairs = (key.find(name[start : start + 3]) for start in range(max(len(name) - 2, 1)))
    return min((place for place in pairs if place >= 0), default=len(key))
