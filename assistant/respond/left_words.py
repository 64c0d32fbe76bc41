"""What a passage leaves of a question in, what that is and how sure a passage must be that leaves it out.

Example: 施工单位, left by the row of the right project, is asked itself: nothing may be told. 企业, left by a sentence
that speaks of all its other words, may be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.respond.expected import asked_of_kind, missing_of_kind
from assistant.respond.expected_figures import Alike, other_ends, states_result
from assistant.respond.forgiven import Forgiving, asks_itself, topic
from assistant.respond.passage import Passage, is_other_kind, tells_of_another
from assistant.respond.reading.features import Asked
from assistant.respond.stated_otherwise import is_stated_otherwise
from assistant.understand.levels import LEVEL
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.understanding import Understanding
from corpus.models import Span

_ARTICLE = r"第[一二三四五六七八九十百零\d]+[条款项章节编]"
_FIGURE, _ADDRESS = re.compile(rf"\d|{_ARTICLE}"), re.compile(_ARTICLE)
_PLACE = re.compile(r"(?!别的|其他|另外|附近|隔壁)[\u3400-\u9fff]*[^\W内外等各全每该本和与及在到][省市县旗州盟镇乡]")
_JOINING = "和与及"
_IS_IT = re.compile(r"[也都]?(?:是(?!否|不是)|属于|算)")
_GREAT_COUNT = re.compile(r"(?<!第)[二两三四五六七八九十]+大(?![街道队门桥])")
_ASKING = re.compile(r"[谁哪几何啥]|什么|多少")
_FORBIDDEN = re.compile(r"(?<!来)不(?:允许|准(?![确时])|得(?![力已不])|许)|禁止|严禁")
_AS_IT_IS = re.compile(r"实际上?(?!需要|情况|有)|截至目前|到目前|至今")
"""Asks for what has been done: what is planned is no answer."""
_DENIAL = re.compile(r"[不没未非无仅只]")


@dataclass(frozen=True, slots=True)
class Bars:
    """The least chance to answer of a passage by what it leaves of the question.

    It may leave nothing, what ``Forgiving`` allows, other words that the documents hold (``firmly``: what is asked, or
    a name), words that none holds, or a figure, a year or a denial.
    """

    explained: float
    forgiven: float
    partly: float
    firmly: float
    absent: float
    hard: float


BARS = Bars(0.25, 0.33, 0.5, 0.8, 1.01, 1.01)
"""For questions asked of few documents, docs/decisions/0011-reading-passages.md: there a word that the passage lacks is
mostly what the document does not say; among hundreds, where the bar is learned, mostly another wording."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a question: whether anything, and of what kind.

    ``figure`` is a figure, a year or an article, ``year_or_article`` one of the latter two, ``level`` another level of
    government, ``other_kind`` another kind of the thing, ``elsewhere`` what the question is about and other clauses
    speak of, ``another`` what tells apart a thing of which the passages have another, ``absent`` what no document
    holds, ``itself`` what is asked, ``of_kind`` things of a kind that are asked for (哪四个区) or so many as there are
    not (七大行动), ``asked`` a computation, a time or what is forbidden that is asked for, ``named`` an attribute.
    ``otherwise`` tells whether the passages state all of ``of_kind`` and ``asked`` in another form, and ``place``
    whether a word names a place, known or not.
    """

    anything: bool
    figure: bool
    year_or_article: bool
    denial: bool
    level: bool
    other_kind: bool
    forgiven: bool
    elsewhere: bool
    another: bool
    absent: bool
    names: bool
    itself: bool
    of_kind: bool
    asked: bool
    named: bool
    otherwise: bool
    place: bool

    def bar(self, question: Question) -> float:
        """Return the chance that a passage needs which leaves this."""
        if not self.anything:
            # Words that name nothing (一加一等于几) explain nothing, unless things of a kind are asked for and there.
            return BARS.explained if question.telling or asked_of_kind(question.key) else BARS.firmly
        if self.level or self.other_kind:
            return BARS.hard
        if self.forgiven:
            return BARS.firmly if self.elsewhere or self.another else BARS.forgiven
        if self.figure or self.denial:
            return BARS.hard
        if self.absent:
            return BARS.absent
        return BARS.firmly if self.names or self.itself else BARS.partly

    @property
    def is_never_told(self) -> bool:
        """Return whether nothing may be told that leaves this, however likely it is."""
        kinds = self.level or self.other_kind or self.of_kind
        return self.year_or_article or kinds or self.names or self.asked or self.place

    @property
    def is_never_certain(self) -> bool:
        """Return whether nothing may be told that leaves this even where no doubt is left that it answers.

        What is asked for may be stated otherwise, and a word that names nothing known may mean the same as another.
        """
        return self.year_or_article or self.level or self.other_kind or self.place or not self.otherwise

    @property
    def is_hard(self) -> bool:
        """Return whether nothing may be told that leaves this, unless it is sure (``likelihood.is_sure``)."""
        return self.is_never_told or self.another

    @property
    def is_refused(self) -> bool:
        """Return whether nothing that leaves this may be told for its chance: what is asked for itself is left."""
        return self.is_hard or self.named


def _of_kind(key: str, sentences: str, same: Alike) -> list[Span]:
    """Return the stretches that ask for things of a kind that ``sentences`` lack, or speak of so many: 七大行动."""
    return [*missing_of_kind(key, sentences, same), *(Span(*match.span()) for match in _GREAT_COUNT.finditer(key))]


def _attributes(question: Question) -> list[Span]:
    return [one.span for one in question.mentions if one.kind is MentionKind.ATTRIBUTE]


def _asked(question: Question, sentences: str, clauses: str, same: Alike) -> list[Span]:
    """Return the computations and times that are asked for, and that something is forbidden, or is so by now.

    But not what the folded ``sentences`` state themselves: a bound for the most; or what they and the ``clauses``
    above them say must not be.
    """
    computed = [one.span for one in question.mentions if one.kind is MentionKind.OPERATION]
    found = [span for span in computed if not states_result(question.key, span, sentences, same)]
    found += [one.span for one in question.mentions if one.kind is MentionKind.ASK and one.name == Ask.WHEN]
    found += [span for span in _attributes(question) if _ASKING.search(span.of(question.key))]
    found += [Span(*match.span()) for match in _AS_IT_IS.finditer(question.key)]
    forbidden = () if _FORBIDDEN.search(clauses) else _FORBIDDEN.finditer(question.key)
    return [*found, *(Span(*match.span()) for match in forbidden)]


def _with_left(asked: Sequence[Span], left: Sequence[Span]) -> Iterator[Span]:
    """Yield what is asked for with the words left around it: 最多能贷多少款."""
    for one in asked:
        around = [one, *(span for span in left if span.overlaps(one))]
        yield Span(min(span.start for span in around), max(span.end for span in around))


class LeftWords:
    """Describes what passages leave."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._forgiving = Forgiving(understanding.names.holds, understanding.words.is_circumstance)

    def describe(
        self, question: Question, asked: Asked, passages: Sequence[Passage], left: Sequence[Span], text: str
    ) -> Left:
        """Return what ``left`` is; ``text`` is the folded text of all documents asked."""
        support, key = self._understanding.support, question.key
        years = [span for _, span in question.year_spans()]
        words = [word for word in question.words if any(word.overlaps(span) for span in left)]
        same = self._understanding.units.alike
        of_kind = _of_kind(key, "\n".join(one.headed for one in passages), same)
        said, clauses = ("\n".join(parts) for parts in zip(*((p.key, p.clause) for p in passages), strict=True))
        of_kind += other_ends(key, said, same)
        asked_for = [span for span in _asked(question, said, clauses, same) if any(span.overlaps(one) for one in left)]
        kinds = [span for span in of_kind if any(span.overlaps(one) for one in left)]
        return Left(
            anything=bool(left),
            figure=any(_FIGURE.search(span.of(key)) or span in years for span in left),
            year_or_article=any(_ADDRESS.search(span.of(key)) or span in years for span in left),
            denial=any(_DENIAL.search(span.of(key)) for span in left),
            level=any(LEVEL.search(span.of(key)) for span in left),
            other_kind=any(is_other_kind(span.of(key), passages) for span in left),
            forgiven=bool(left) and self._forgiving.forgives(question, asked, left),
            elsewhere=bool(left) and any(support.holds(key, span, text) for span in topic(question, left)),
            another=bool(left) and tells_of_another(question, left, passages),
            absent=not all(support.holds(key, span, text) for span in left),
            names=any(self._names_place(question, word) for word in words),
            itself=bool(left) and asks_itself(question, left),
            of_kind=bool(kinds),
            asked=bool(asked_for),
            named=any(one.overlaps(span) for one in _attributes(question) for span in left),
            otherwise=all(is_stated_otherwise(key, one, said) for one in _with_left((*kinds, *asked_for), left)),
            place=any(self._is_place(key, word, text) for word in words),
        )

    def are_plain(self, question: Question, left: Sequence[Span]) -> bool:
        """Return whether the general dictionary has all telling words of ``left``: 医院, but not 零碳."""
        words = (word.of(question.key) for word in question.telling if any(word.overlaps(span) for span in left))
        known = self._understanding.words
        return all(known.is_known(word) or known.is_naming(word) for word in words)

    def leaves_event(self, question: Question, left: Sequence[Span], text: str) -> bool:
        """Return whether something that happens to works is left, and no document speaks of it: 施工由谁负责."""
        words = (word.of(question.key) for word in question.telling if any(word.overlaps(span) for span in left))
        return any(word not in text and self._understanding.names.is_event(word) for word in words)

    def tells_apart(self, question: Question, left: Sequence[Span], text: str, is_certain: bool = False) -> bool:
        """Return whether a word is left that no document holds and that tells apart what is held: 零碳 of 零碳园区.

        So does what is asked whether it is something: 王某 of 王某是委员吗. What is cut wrongly out of verbs (买旧 of
        买旧房子) tells nothing apart where the answer is certain. ``text`` is the folded text of all documents.
        """
        key = question.key
        words = [word for word in question.telling if any(word.overlaps(span) for span in left)]
        absent = [word for word in words if word.of(key) not in text]
        is_it = Ask.YES_NO in question.asks and any(_IS_IT.match(key, one.end) for one in absent)
        if is_it:
            return True
        apart = [one for one in absent if any(w.start == one.end and w not in words for w in question.telling)]
        return any(not is_certain or not self._understanding.words.is_of_verbs(one.of(key)) for one in apart)

    def _names_place(self, question: Question, word: Span) -> bool:
        """Return whether a word names a place or an organisation, and is no everyday word besides (治沙)."""
        understanding, said = self._understanding, word.of(question.key)
        proper = understanding.words.is_proper(said) and not understanding.support.substitutes(question.key, word)
        return bool(understanding.places.named_in(said)) or understanding.places.is_city(said) or proper

    def _is_place(self, key: str, word: Span, text: str) -> bool:
        """Return whether a word names a place: a known one, or by its rank one that no document holds (泗川县)."""
        words, places, said = self._understanding.words, self._understanding.places, word.of(key)
        if word.start and said[0] in _JOINING:
            return False  # 地区和县财政 names no 和县
        if places.named_in(said) or places.is_city(said) or words.is_place(said):
            return True
        names = (one for one in (said, key[word.start : word.end + 1]) if _PLACE.fullmatch(one))
        return said not in text and any(not words.is_naming(one) or words.is_proper(one) for one in names)
