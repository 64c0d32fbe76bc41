"""One question of a conversation in, its parts out: conditions, class noun, what it asks, what it is about.

Example: 水利局牵头的项目中投资超过5亿元的有几个 → rows “水利局牵头的投资超过5亿元的项目”, asks 有几个.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.understand.aspects import Aspects
from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.bounds import find_bounds
from assistant.understand.entities import Entity
from assistant.understand.lexicon import Lexicon, Word
from assistant.understand.orders import order_spans
from assistant.understand.plan import LookupPlan, Planner
from assistant.understand.question import MentionKind, Question
from assistant.understand.texts import Texts
from assistant.understand.values import ValueMention, Values
from corpus.folding import fold
from corpus.models import Span

_EDGES = re.compile(
    r"^(?:那么|那(?![个项家些几])|还有(?!没有|无)|还(?=有没有|有无)|另外(?!的|[这那几一两二三四五六七八九十]|\d{1,2}[个项位条名家])|再看看|再看|如果|换成|改成|改为|换作|换|要是|和|那个(?![项工指行任单部局]))+|(?:呢|吗|吧|怎么样|如何|又|(?<=.)[这那](?:边|头|块)|[？?。！!\s])+$"
)
_JOINED = re.compile(
    r"^(?:那么|那(?![个项家些几])|还有|另外|再看看|再看|换成|改成|改为|换作|换|要是|和)|呢[？?。！!\s]*$"
)
_CUTS = re.compile(
    r"[，,、；;。？?]|(?:有|是|为|共有|一共有|都有|包括|中|里|里面|当中)$|^(?:有|是|中|里面|里|当中|的|都|平均|每[个家项]|各)"
)
_LOOSE = re.compile(r"[的了呢吗吧有是中里，,、？?\s]*")
WHETHER = re.compile(
    r"(?:吗|(?<![什怎多这那要])么|嘛|(?:[对是的了]|[是也在由归于到过][^，,。]*)吧|是不是|没有)[？?。！!\s]*$|是不是|是否|有没有|属不属于|在不在"
)
_PERIOD = re.compile(r"开始|开工|启动|完工|建成|完成|结束|竣工|截止|建完|开建|起")
_ASKING = re.compile("[谁哪几什啥何多]")
_ASKS = (MentionKind.ASK, MentionKind.ATTRIBUTE, MentionKind.OPERATION, MentionKind.YEAR)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?的?")
_ORDERS = ("max", "min", "rank")
_OF_ROWS = (*_ORDERS, "sum", "count", "average", "share")


@dataclass(frozen=True)
class Turn:
    """A question without the words that only join it to the one before (那…呢)."""

    text: str
    question: Question
    values: tuple[ValueMention, ...]
    bounds: tuple[Span, ...]
    orders: tuple[Span, ...]
    planner: Planner
    nouns: frozenset[str]
    aspects: Aspects
    texts: Texts
    is_joined: bool
    is_corrected: bool
    asks_whether: bool

    @cached_property
    def _found(self) -> LookupPlan | None:
        return self.planner.plan_lookup(self.text)

    @property
    def plan(self) -> LookupPlan | None:
        """Return the lookup of the thing that the question names, None where it names none or asks for rows.

        A part of a value's name names nothing: 林草 of 林草局负责的指标.
        """
        found = self._found
        if found is None or not found.targets or found.unexplained or self._is_of_value(found.named):
            return None
        return found

    @property
    def thing(self) -> tuple[Entity, Span] | None:
        """Return the one row or clause that the question names, a group of rows too, and where it does."""
        found = self._found
        if found is None or not found.is_complete or len({one.key for one in found.things}) != 1:
            return None
        place = self._place(found)
        return (found.things[0], place) if place is not None else None

    @property
    def named(self) -> Span | None:
        """Return where the question names the thing that it asks about."""
        return self._place(self.plan) if self.plan is not None else None

    @property
    def about(self) -> Span | None:
        """Return where the question names the thing, or the one group of rows, that it is about."""
        if (named := self.named) is not None:
            return named
        groups = [m.span for m in self.values if all(ref.column <= GROUP_COLUMN for ref in m.refs)]
        return groups[0] if len(groups) == 1 else None

    @property
    def nearly_named(self) -> Span | None:
        """Return where the question names the thing of which it asks something that there is not."""
        return self._place(self._found) if self._found is not None and self._found.is_close else None

    def _is_of_value(self, named: str) -> bool:
        core = fold(named)
        for noun in self.nouns:
            core = core.removesuffix(noun)
        start = self.question.key.find(core)
        place = Span(start, start + len(core))
        return bool(core) and start >= 0 and any(m.span.covers(place) and m.span != place for m in self.values)

    def _place(self, plan: LookupPlan) -> Span | None:
        start = fold(self.text).find(fold(plan.named)) if plan.named else -1
        return Span(start, start + len(plan.named)) if start >= 0 else None

    @property
    def noun(self) -> Span | None:
        """Return the first class noun (项目), which may be the name of a column as well (指标)."""
        return next(iter(self._class_nouns), None)

    @property
    def _class_nouns(self) -> list[Span]:
        kinds = (MentionKind.CLASS_NOUN, MentionKind.ATTRIBUTE)
        spans = [mention.span for mention in self.question.mentions if mention.kind in kinds]
        return [span for span in spans if span.of(self.question.key) in self.nouns]

    @property
    def asks(self) -> tuple[Span, ...]:
        """Return the question words, in order."""
        return tuple(m.span for m in self.question.mentions if m.kind is MentionKind.ASK)

    @property
    def operations(self) -> tuple[str, ...]:
        """Return the names of what is asked of rows (“sum”, “max”)."""
        return self.question.named(MentionKind.OPERATION)

    @property
    def attributes(self) -> tuple[Span, ...]:
        """Return the attributes named, in order."""
        return tuple(m.span for m in self.question.mentions if m.kind is MentionKind.ATTRIBUTE)

    @property
    def has_condition(self) -> bool:
        """Return whether the question sets a condition on rows."""
        return bool(self.values or self.bounds or self.sets_period)

    @property
    def sets_period(self) -> bool:
        """Return whether a year and the start or end of something bound a period: 2021年开始."""
        of_rows = "period" in self.question.named(MentionKind.ATTRIBUTE) and self.noun is not None
        return bool(self.question.years) and (of_rows or _PERIOD.search(self.question.key) is not None)

    @property
    def is_of_one(self) -> bool:
        """Return whether the question is about one thing that it names."""
        return self.named is not None and not self.asks_of_rows

    @property
    def asks_of_rows(self) -> bool:
        """Return whether something is counted, added up or put in order."""
        return any(name in _OF_ROWS for name in self.operations) or bool(self.orders)

    @property
    def is_order(self) -> bool:
        """Return whether rows are put in order: 最大, 前三."""
        return any(name in _ORDERS for name in self.operations) or bool(self.orders)

    @property
    def asks_something(self) -> bool:
        """Return whether an attribute, an aspect, a year, an operation or a question word stands in it."""
        asks = any(mention.kind in _ASKS for mention in self.question.mentions)
        return asks or bool(self.orders) or any(map(self.is_aspect, self.question.words))

    @property
    def is_bare(self) -> bool:
        """Return whether it asks, computes and bounds nothing: a name, a value or a phrase alone."""
        kinds = {mention.kind for mention in self.question.mentions}
        return not (self.bounds or self.orders or kinds.intersection(_ASKS))

    @property
    def asks_of_its_own(self) -> bool:
        """Return whether it asks in words of its own, which are no aspect of another thing: 公示几天."""
        words = [span for span in self.question.words if span.end - span.start > 1 and not self.is_aspect(span)]
        own = [span for span in words if not _PERIOD.fullmatch(span.of(self.question.key))]
        return bool(own) and not self.is_bare and not self.is_joined

    @property
    def starts_with_noun(self) -> bool:
        """Return whether it begins with what is asked, as a noun: 建设时间, not 由谁 or 建什么."""
        kinds = (MentionKind.ATTRIBUTE, MentionKind.OPERATION)
        spans = [*(m.span for m in self.question.mentions if m.kind in kinds), *self.question.words]
        first = next((span for span in sorted(spans) if span.start == 0), None)
        return first is not None and first.end > 1 and _ASKING.search(first.of(self.text)) is None

    @property
    def is_unasked(self) -> bool:
        """Return whether no question word, year or computation stands in it."""
        kinds = {mention.kind for mention in self.question.mentions}
        return not (self.bounds or self.orders or kinds & {*_ASKS} - {MentionKind.ATTRIBUTE})

    def is_aspect(self, span: Span) -> bool:
        """Return whether the word at ``span`` says what of a thing is asked, and not which thing: 条件, 施工单位.

        What is a heading of a document is a thing of its own: 补助标准.
        """
        return self.aspects.hold(span.of(self.question.key)) and self.question.key not in self.texts.names

    def own_words(self, headers: str) -> list[str]:
        """Return the words that name something and are no value, bound, aspect, or part of a header."""
        held = [*(mention.span for mention in self.values), *self.bounds, *self.orders]
        words = [s for s in self.question.telling if not any(span.overlaps(s) for span in held)]
        found = [span.of(self.question.key) for span in words if not self.is_aspect(span)]
        return [word for word in found if word not in headers and not _PERIOD.fullmatch(word)]

    def rows(self) -> str:
        """Return what the question calls the rows that it sets conditions on; empty where it sets none.

        The pieces that hold a condition stand before the class noun: 哪些指标由市水利局负责 → 由市水利局负责的指标.
        """
        noun = self.noun
        if noun is None or not (self.has_condition or self._limits):
            return ""
        pieces = [piece for piece in self._pieces(noun) if any(span.overlaps(piece) for span in self._conditions)]
        phrases = [_LOOSE.sub("", text[:1]) + text[1:] for piece in pieces if (text := self._trimmed(piece))]
        return "".join(phrase if phrase.endswith("的") else f"{phrase}的" for phrase in phrases) + noun.of(self.text)

    @property
    def _limits(self) -> tuple[Span, ...]:
        """Return the orders that pick several rows: 前三."""
        return tuple(span for span in self.orders if "前" in span.of(self.text))

    @property
    def _conditions(self) -> tuple[Span, ...]:
        years = tuple(span for _, span in self.question.year_spans()) if self.sets_period else ()
        return (*(mention.span for mention in self.values), *self.bounds, *years, *self._limits)

    def _pieces(self, noun: Span) -> list[Span]:
        """Return the stretches between class nouns, question words, asked operations and marks."""
        cut = [*self._class_nouns, *self.asks]
        cut += [
            m.span
            for m in self.question.mentions
            if m.kind is MentionKind.OPERATION and not any(span.overlaps(m.span) for span in self._conditions)
        ]
        cut += [Span(*match.span()) for match in re.finditer(r"[，,；;。？?]|(?<=的)(?=\S)", self.text)]
        edges = sorted({0, len(self.text), *(edge for span in cut for edge in (span.start, span.end))})
        spans = [Span(start, end) for start, end in pairwise(edges) if start < end]
        return [span for span in spans if span != noun and not any(c.covers(span) and c.start < c.end for c in cut)]

    def _trimmed(self, piece: Span) -> str:
        text = piece.of(self.text)
        while (shorter := _CUTS.sub("", text)) != text:
            text = shorter
        return text


def simplified(text: str) -> str:
    """Return ``text`` with its Chinese characters simplified: 緑氢產業 → 绿氢产业, GDP as it is."""
    return "".join(fold(one) if "\u3400" <= one <= "\u9fff" else one for one in text)


class TurnReader:
    """Reads the questions of a conversation."""

    def __init__(self, planner: Planner, values: Values, lexicon: Lexicon, texts: Texts) -> None:
        """Take the class nouns and the words of conversation from ``lexicon``."""
        self._planner, self._values, self._texts = planner, values, texts
        self._nouns = frozenset(noun.key for noun in lexicon.class_nouns)
        self._aspects = Aspects(lexicon.aspects)
        denials = words_of(lexicon.conversation, "denials")
        said = words_of(lexicon.conversation, "corrections")
        self._corrected = re.compile(
            rf"^(?:(?:{denials})(?:[，,。.；;！!\s]+|(?={said}|[呢吗吧的]*$)))?(?:(?:{said})[，,：:]?)?"
        )

    def read(self, text: str) -> Turn:
        """Return the parts of ``text`` without the words that only join it to the question before."""
        said = self.corrected(text)
        bare = said.strip()
        while (shorter := _EDGES.sub("", bare)) != bare:
            bare = shorter
        key = self._planner.read(bare).key
        # A year alone, which cells with dates hold as well, is the year of what is asked.
        found = tuple(one for one in self._values.find(key) if not _YEAR_ALONE.fullmatch(one.span.of(key)))
        bounds = tuple(bound.span for bound in find_bounds(key))
        names = frozenset((*(mention.span for mention in found), *bounds))
        return Turn(
            text=bare,
            question=self._planner.read(bare, names),
            values=found,
            bounds=bounds,
            orders=order_spans(key),
            planner=self._planner,
            nouns=self._nouns,
            aspects=self._aspects,
            texts=self._texts,
            is_joined=said != text or _JOINED.search(text.strip()) is not None,
            is_corrected=said != text,
            asks_whether=WHETHER.search(said) is not None,
        )

    def corrected(self, text: str) -> str:
        """Return ``text`` without the words that say that it was meant otherwise: 不是，我问的是2023年 → 2023年."""
        match = self._corrected.match(fold(text))
        return text[match.end() :] if match is not None and match.end() < len(text) else text


def words_of(section: tuple[Word, ...], name: str) -> str:
    """Return the alternatives of a pattern that match the words of one lexicon entry, longest first."""
    return "|".join(re.escape(word.key) for word in section if word.name == name)
