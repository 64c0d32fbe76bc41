"""A question and the questions before it in, the question as it stands alone out.

Example: after 十大孔兑项目由哪个局牵头, “它的建设时间呢” → “十大孔兑项目的建设时间”.

A question is completed by the first rule that fits; one that says itself what it asks about inherits nothing. The
rules, each with an example and its test, are docs/conversation.md:

1. What asks for more or for detail (还有呢, 详细说说) asks the question, clause or row again; 为什么 asks why it is so.
2. A unit, a figure of a bound or a number alone (换成元呢, 第四条呢) takes the place of the previous one.
3. 第二个, 最后一个, 前三个 name what stands there in the last list, of rows or of prose.
4. A word that points back becomes what was spoken of: 它, 该工程 one thing, 其中 its rows, 两者 the last two things.
5. After a refusal, a value or an attribute alone takes the place of what was missing.
6. A name, year, order, value or phrase alone takes the place of the one that stands like it.
7. A value, bound or period of another kind narrows the rows asked about; with a question word it asks of them.
8. A comparison (比…) is put behind the previous subject and attribute; of a count for each, 哪个最多 asks which.
9. An attribute, aspect, computation or 是…吗 alone is asked of the previous subject; 是…吗 before rule 5.
10. A question filled in that the documents do not answer is asked alone, where they answer that (公示几天).

Rule 11, where the last answer stands (依据是什么), is ``source_asked``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.understand.asking import (
    among_rows,
    any_of,
    ask,
    ask_change,
    ask_compared,
    ask_of_group,
    ask_of_same_rows,
    ask_of_sentence,
    ask_share,
    ask_which,
    asks_why_alone,
    narrow,
)
from assistant.understand.asking_whether import ask_instead, ask_whether, asking_still
from assistant.understand.called_by_number import exchange_called
from assistant.understand.clause_follow_ups import ClauseFollowUps
from assistant.understand.earlier import Earlier
from assistant.understand.exchange import (
    exchange_number,
    exchange_order,
    exchange_part,
    exchange_rank,
    exchange_unit,
    exchange_year,
)
from assistant.understand.exchange_values import (
    exchange_missing,
    exchange_name,
    exchange_noun,
    exchange_sibling,
    exchange_values,
)
from assistant.understand.exchange_words import exchange_words
from assistant.understand.in_one import in_one
from assistant.understand.kept_standings import KeptStandings
from assistant.understand.lexicon import Lexicon
from assistant.understand.ordinals import Beyond
from assistant.understand.past import Past
from assistant.understand.plan import Planner
from assistant.understand.pointing import Pointing
from assistant.understand.positions import Positions
from assistant.understand.question import Question
from assistant.understand.recalled import Picked, Recall, Standing
from assistant.understand.repeated import Again, Repeats, exchanged, repeated
from assistant.understand.texts import Texts
from assistant.understand.topic import without_asking
from assistant.understand.turn import Turn, TurnReader, simplified, words_of
from assistant.understand.values import Values
from corpus.folding import fold

_Rule = Callable[[Turn, Earlier], str]
_FEW_WORDS = 2


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells of the documents.

    Attributes:
        headers: The folded headers of all columns; words of them are no subject.
        unit: The pattern of the units that figures can be asked for in.
        texts: What they say.
        clauses: What completes questions about their clauses.
        plainly: What says a question in plainer words where it is not understood as it stands.
    """

    headers: str
    unit: str
    texts: Texts
    clauses: ClauseFollowUps
    plainly: Callable[[str], str]


class FollowUps:
    """Completes questions from those before them."""

    def __init__(
        self, planner: Planner, values: Values, lexicon: Lexicon, telling: Telling, talks: Callable[[Question], str]
    ) -> None:
        """Take what tells talk (谢谢) from questions."""
        self._planner, self._telling, self._talks, self._kept = planner, telling, talks, KeptStandings()
        self._unit = re.compile(telling.unit)
        self._reader = TurnReader(planner, values, lexicon, telling.texts)
        self._pointing = Pointing(lexicon)
        self._positions = Positions(self._reader.read, frozenset(noun.key for noun in lexicon.class_nouns))
        nouns = words_of(lexicon.class_nouns, "words")
        self._repeats = Repeats(lexicon)
        self._any = any_of(nouns)
        self._more = re.compile(rf"(?:{words_of(lexicon.conversation, 'more')})(?:的|{nouns})*[呢吗吧了]*[？?。！!]*")
        said = words_of(lexicon.conversation, "elaborating")
        self._elaborating = re.compile(rf"(?:{said})+")
        self._elaborates = re.compile(words_of(lexicon.conversation, "elaborates"))

    def is_talk(self, text: str) -> bool:
        """Return whether a turn asks nothing: 谢谢."""
        return bool(self._talks(self._planner.read(text)))

    def standing(self, past: Past) -> list[Standing]:
        """Return the earlier questions that are no talk, each completed from those before it."""
        if past.standing or not past.questions:
            return past.standing
        around = (past.document, *(("all",) if past.within is None else ("of", *past.within)))
        known, standing = self._kept.longest(past.questions, around)
        past.standing.extend(standing)
        for text in past.questions[known:]:
            if not self.is_talk(text):
                made = self._complete(text, past)
                picked = made if isinstance(made, Picked) else None
                said = f"{'、'.join(picked.items)}是什么" if picked else self._telling.plainly(str(made))
                past.standing.append(Standing(said, picked))
        self._kept.keep(past.questions, around, past.standing)
        return past.standing

    def stand_alone(self, question: str, past: Past) -> str | Picked:
        """Return ``question`` with what earlier questions supply filled in; unchanged where nothing is missing."""
        self.standing(past)
        return self._complete(question, past)

    def pick(self, text: str, recall: Recall) -> str | Beyond:
        """Return ``text`` with the row of a list that it names by number called by name: 能源局牵头的第二个项目."""
        return self._positions.pick(text, recall)

    def named_anew(self, asked: str, complete: str) -> str:
        """Return the phrase that is all a follow-up says and that stands in the question it makes, folded: 院士呢."""
        turn = self._reader.read(simplified(asked))
        phrase = turn.question.key.removesuffix("的")
        made = asked != complete and turn.is_bare and phrase in fold(complete)
        return phrase if made else ""

    def repeats_nothing(self, asked: str, past: Past) -> str:
        """Return what a follow-up says that it repeats and that was not asked: 这三个数 where two were; else empty."""
        said = simplified(asked)
        again, turn = self._repeated(said) if past.standing else (None, None)
        if again is None or turn is None or not again.is_plain or self._again(said, past):
            return ""
        return again.said if self._with_years(said, past) == said else ""

    def _repeated(self, asked: str) -> tuple[Again, Turn] | tuple[None, None]:
        """Return what a follow-up says that it repeats, and what it names alone besides: 水利局的这两个数呢."""
        again = self._repeats.find(self._reader.corrected(asked).strip())
        turn = self._reader.read(again.anew) if again is not None else None
        if again is None or turn is None or not turn.is_bare or not (turn.question.telling or turn.values):
            return None, None
        return again, turn

    def _with_years(self, said: str, past: Past) -> str:
        return self._repeats.with_years(said, [one.text for one in past.standing])

    def _complete(self, asked: str, past: Past) -> str | Picked:
        """Return what the first rule that fits makes of the question, in simplified characters."""
        if not past.standing or not asked.strip():
            return asked
        if again := self._again(simplified(asked), past):
            return again
        said = in_one(self._with_years(simplified(asked), past))
        text, turn = self._reader.corrected(said), self._reader.read(said)
        earlier = Earlier(past.standing, past.recall, self._reader.read, past.document)
        typed, called = past.last_typed
        if numbered := exchange_called(said, typed, called):
            return numbered
        if of_clauses := self._telling.clauses.complete(said, earlier):
            return of_clauses
        before = earlier.before
        if more := self._ask_more(text, turn, earlier):
            return more
        found = (
            exchange_unit(text, before, self._unit)
            or exchange_number(turn, before)
            or exchange_rank(turn, before)
            or exchange_sibling(turn, before)
            or ask_share(turn, earlier)
            or ask_change(turn, earlier)
            or self._pointing.both(turn, earlier)
            or self._positions.nth(turn, earlier, past.recall)
            or self._resolve(turn, earlier)
            or ask_whether(turn, earlier, self._telling.headers)
            or ask_instead(turn, earlier)
            or exchange_missing(turn, earlier)
            or self._among(turn, earlier, past)
        )
        alone = text if said != simplified(asked) else self._reader.corrected(asked)
        made = found or self._more_explained(self._by_parts(turn, earlier), alone, turn, earlier)
        return made if isinstance(made, Picked) or made == alone else asking_still(made, turn, before)

    def _again(self, asked: str, past: Past) -> str:
        """Rule 6 for the same asked again, by number or of the same years: 水利局的这两个数呢, 城镇呢，同样两个年份.

        In every question that is asked again the same must be exchanged, for only then all were about one thing.
        """
        again, turn = self._repeated(asked)
        if again is None or turn is None:
            return ""
        anew, made, old = turn.text, [], set()
        for number in repeated(again, [self._reader.read(simplified(one.text)) for one in past.standing]):
            before = past.standing[number].text
            made.append(str(self._complete(f"{anew}呢", replace(past, standing=past.standing[: number + 1]))))
            old.add(exchanged(self._reader.read(before).text, made[-1], anew))
        return "，".join(made) if len(old) == 1 and "" not in old else ""

    def _resolve(self, turn: Turn, earlier: Earlier) -> str:
        """Rule 4: of two things that a word may point at, the one of which the documents answer."""
        pointed, other = self._pointing.resolve(turn, earlier), self._pointing.otherwise(turn, earlier)
        anew = self._reader.read(pointed) if pointed and turn.is_joined and turn.text not in pointed else None
        if anew is not None and anew.is_bare and (made := exchange_name(anew, earlier.before)):
            return made  # 前者呢 asks again what was asked of the other
        if not pointed or not other or not earlier.recall(pointed).is_open:
            return pointed
        return pointed if earlier.recall(other).is_open else other

    def _among(self, turn: Turn, earlier: Earlier, past: Past) -> str:
        asked = "" if self._exchange_values(turn, earlier) else among_rows(turn, earlier, self._any)
        return str(self._complete(asked, past)) if asked else ""

    def _more_explained(self, filled: str, alone: str, turn: Turn, earlier: Earlier) -> str:
        """Return the question filled in, or alone where the documents answer only that: rule 10."""
        if not filled or not turn.asks_of_its_own:
            return filled or alone
        return alone if earlier.recall(filled).is_open and not earlier.recall(alone).is_open else filled

    def _by_parts(self, turn: Turn, earlier: Earlier) -> str:
        """Return the question made by exchanging, narrowing or asking; empty where it says itself what it is about."""
        if turn.own_words(self._telling.headers) or (turn.is_bare and turn.named is not None):
            rules: tuple[_Rule, ...] = (
                *(self._exchange_words, _exchange_name, ask_compared),
                *(ask_of_sentence, self._continue),
            )
        elif turn.noun is not None:
            rules = (_exchange_noun, ask_of_group, ask_of_same_rows)
        else:
            rules = (
                *(self._exchange_values, _exchange_year, _exchange_order, _exchange_part),
                *(ask_compared, ask_which, self._exchange_words, narrow, ask, ask_of_sentence),
            )
        return next((made for rule in rules if (made := rule(turn, earlier))), "")

    def _ask_more(self, text: str, turn: Turn, earlier: Earlier) -> str:
        """Rule 1."""
        before, last = earlier.before, earlier.standing[-1].text
        if self._more.fullmatch(fold(text.strip())):
            return last if earlier.rest() is None else ""
        if asks_why_alone(turn):
            said = without_asking(before.text)
            return turn.text + said if turn.question.content() == () else said + turn.text
        if self._elaborating.fullmatch(turn.text) is None or self._elaborates.search(turn.text) is None:
            return ""
        if earlier.recalled.is_passage and earlier.recalled.around:
            return f"{earlier.recalled.around[0]}的内容是什么"
        thing = earlier.thing() if not earlier.is_prose and before.noun is None else ""
        return f"{thing}的情况" if thing else last

    def _exchange_values(self, turn: Turn, earlier: Earlier) -> str:
        return exchange_values(turn, earlier.before, self._reader.read)

    def _exchange_words(self, turn: Turn, earlier: Earlier) -> str:
        """Rule 6 for words of the documents' prose; a name that is known is exchanged for a name."""
        known = turn.plan is not None and earlier.before.named is not None
        return exchange_words(turn, earlier.before, self._telling.texts, surely=known)

    def _continue(self, turn: Turn, earlier: Earlier) -> str:
        """Rule 9 for a verb and its object (新建多少座淤地坝): asked of the last thing whose text has their words."""
        before, key = earlier.before, turn.question.key
        about = before.about
        words = [span for span in turn.question.words if span in turn.question.telling]
        behind = [span for span in words if turn.asks and span.start > turn.asks[0].start]
        few = len(words) <= _FEW_WORDS  # 年产多少
        if about is None or not (behind or (turn.asks and few)) or turn.values:
            return ""
        if behind and len(words) - len(behind) > 1:
            return ""
        if turn.about is not None and turn.about.start < turn.asks[0].start:
            return ""
        text = self._telling.texts.of(about.of(before.question.key))
        return f"{about.of(before.text)}{turn.text}" if all(span.of(key) in text for span in words) else ""


def _of_before(rule: Callable[[Turn, Turn], str]) -> _Rule:
    """Return the rule that takes the last question alone."""
    return lambda turn, earlier: rule(turn, earlier.before)


_exchange_name, _exchange_noun, _exchange_part = map(_of_before, (exchange_name, exchange_noun, exchange_part))


def _exchange_year(turn: Turn, earlier: Earlier) -> str:
    return narrow(turn, earlier) if turn.sets_period and earlier.every else exchange_year(turn, earlier.last_of_years)


def _exchange_order(turn: Turn, earlier: Earlier) -> str:
    return exchange_order(turn, earlier.last_order)
