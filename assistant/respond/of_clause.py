"""A question of the clause or row that something stands in, the heading over it or the agencies of it out.

Example: 联席会议制度由谁牵头建立 → “联席会议制度”所在的四、（三）…的牵头部门是…; 遗鸥保护区属于哪项工程 → 4.….
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from assistant.models import Answer, AnswerKind
from assistant.respond.by_content import ByContent
from assistant.respond.evidence import Evidence, cell_evidence, cite, clause_address, clause_evidence
from assistant.respond.fields import FieldScan
from assistant.respond.quoting import in_quotes
from assistant.respond.sentences import split_sentences
from assistant.understand.attributes import Attributes
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support, join
from assistant.understand.understood import Understood
from corpus.folding import fold, fold_once
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Clause, Field, ParsedDocument, Span

_UNDER_WHICH = re.compile(
    r"(?:属于|归于?|归到|归入|列在|列入|划归|写在|出自|在)(?:正文)?(?:的)?(?:哪|什么|啥)(?:一?[个项条类]|一)?(?:重点|主要|具体)?"
    r"(?P<noun>工程|行动|任务|措施|章节?|条款?|部分|目标|原则)(?:里|中|下面?|之下)?(?:来?管|负责)?(?:呢|的)?[？?。]*$"
)
_LED = re.compile(r"牵头|负责|主管|主责|主抓|承担|[谁局委办门位家]来?管|归谁|责任(?:单位|部门)|主办|配合")
_BESIDE = re.compile(r"[？?。；;!！]\s*[\u3400-\u9fff]")
"""A sentence beside the question: what it says stands in no clause."""
_DOES = re.compile(r"(?:负责|承担|承办|主持)[^，。；]{2,40}")
_HIRED = re.compile(r"的(?:第三方|中介|专业)?(?:机构|公司|企业|团队|第三方|中介)(?:是|叫|为)(?:哪|谁|什么)")
"""What is asked to be named is hired by who leads a clause, and is not who leads it."""
_SAID = 2
"""How many words a sentence must share with what is asked to be of the same thing."""
_PARTS = frozenset({"部分", "条", "条款", "章", "章节"})
_LEADING, _RESPONSIBLE = AGENCY_ATTRIBUTES
_MOST = 4
_ASKS = frozenset({Ask.WHO, Ask.WHAT, Ask.LIST, Ask.WHERE})


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause, the sentence of it that says what the question names, and the clauses from it up."""

    document: ParsedDocument
    clause: Clause
    sentence: Span
    upward: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class _Agency:
    """What tells who leads the place where something is said: as it is told, what says it, and what names who leads."""

    told: str
    said: Evidence
    named: Evidence


class OfClause:
    """Answers under which heading something stands, and who leads the clause or row that says it."""

    def __init__(self, fields: FieldScan, support: Support, attributes: Attributes) -> None:
        self._fields, self._support, self._by_content = fields, support, ByContent(support, attributes)

    def answer(self, understood: Understood) -> Answer | None:
        """Return the heading or the agencies; None where neither is asked, or too many places say it."""
        question = understood.question
        match = _UNDER_WHICH.search(question.key)
        kind = _agency_asked(question)
        if (match is None and not kind) or any(one.search(question.key) for one in (_BESIDE, _HIRED)):
            return None
        asked = Span(*match.span()) if match is not None else None
        words = sorted(span for span in question.telling if asked is None or not asked.overlaps(span))
        places = [place for document in understood.documents for place in self._places(question, words, document)]
        if len(places) > _MOST:
            return None
        if match is not None:
            return _under(understood, places, match["noun"]) if places else None
        return self._led(understood, places, kind, words)

    def _places(self, question: Question, words: Sequence[Span], document: ParsedDocument) -> Iterator[_Place]:
        """Yield the clauses with a sentence that says all of ``words``."""
        by_id = {clause.id: clause for clause in document.clauses}
        if not words or not self._says(question, words, fold_once(document.text)):
            return
        for clause in document.clauses:
            for sentence in split_sentences(document.text, clause.own):
                if self._says(question, words, fold(sentence.of(document.text))):
                    yield _Place(document, clause, sentence, tuple(_upward(clause, by_id)))
                    break

    def _says(self, question: Question, words: Sequence[Span], said: str) -> bool:
        return all(self._support.states(question.key, span, said) for span in words)

    def _led(self, understood: Understood, places: Sequence[_Place], kind: str, words: Sequence[Span]) -> Answer | None:
        """Return the agencies of each place; None where a clause states none, and no row does."""
        if any(self._says_who(understood.question, place) for place in places):
            return None
        whole = understood.question.words  # 种沙棘 is not 卖沙棘: of a row every word must stand there
        rows = [one for document in understood.documents for one in self._rows(understood, document, kind)]
        clauses = [self._agency(place, kind) for place in places]
        found = [*(one for one in clauses if one is not None), *rows]
        if not found or len(found) > _MOST or (None in clauses and not rows):
            return None
        said = "".join(f"“{span.of(understood.question.text)}”" for span in join(whole if rows else words))
        head = f"{said}写在{len(found)}处，" if len(found) > 1 else f"{said}所在的"
        lines = [f"{one.told}[{number}][{number + 1}]" for number, one in zip(count(1, 2), found, strict=False)]
        evidence = [part for one in found for part in (one.said, one.named)]
        return _answer(understood, f"{head}{'；'.join(lines)}。", evidence)

    def _says_who(self, question: Question, place: _Place) -> bool:
        """Return whether the clause says itself who does what is asked about: 成立中心，负责创建日常工作."""
        text = fold("\n".join(span.of(place.document.text) for span in place.clause.own))
        words = [word for word in question.words if not _LED.search(word.of(question.key))]
        said = (sum(self._support.states(question.key, w, done) for w in words) for done in _DOES.findall(text))
        return bool(words) and any(number >= min(_SAID, len(words)) for number in said)

    def _agency(self, place: _Place, kind: str) -> _Agency | None:
        """Return who leads a clause, or the nearest one above it that says so."""
        kinds = (kind, _RESPONSIBLE) if kind == _LEADING else (kind,)  # 由谁负责 is asked of 责任单位 where none leads
        held = next(((one, field) for k in kinds for one in place.upward if (field := self._field(one, k))), None)
        if held is None:
            return None
        clause, field = held
        names = "、".join(value.text for value in field.values)
        told = f"{clause_address(place.document, clause.id)}{clause.heading}的{field.name}是{names}"
        said = clause_evidence(place.document, place.clause, place.sentence)
        return _Agency(told, said, clause_evidence(place.document, clause, field.span))

    def _rows(self, understood: Understood, document: ParsedDocument, kind: str) -> Iterator[_Agency]:
        """Yield who leads each row of which a cell has a sentence that says every word of the question."""
        question = understood.question
        if Ask.LIST in question.asks:
            return
        for one in self._by_content.rows(question, document, (kind,)):
            column = next((c.number for c in one.table.columns if self._fields.is_kind(kind, c.name)), None)
            agency = next((cell for cell in one.row.cells if cell.column == column), None)
            if column is None or agency is None or not agency.text:
                continue
            name = f"{one.table.name}第{one.row.number}行{in_quotes(one.name)}"
            yield _Agency(
                f"{name}的{one.table.columns[column].name}是{agency.text}",
                cell_evidence(document, one.table, one.row, one.cell),
                cell_evidence(document, one.table, one.row, agency),
            )

    def _field(self, clause: Clause, kind: str) -> Field | None:
        return next((field for field in clause.fields if self._fields.is_kind(kind, field.name)), None)


def heading_over(understood: Understood, document: ParsedDocument, clause: Clause, said: Span) -> Answer | None:
    """Return the heading over what is ``said`` in a clause, where the question asks for that; None where it does not.

    The sentence was found by what it means, not by the words of the question.
    """
    question = understood.question
    match = _UNDER_WHICH.search(question.key)
    if match is None or _BESIDE.search(question.key):
        return None
    named = [word for word in question.telling if word.end <= match.start()]
    if len(named) < _SAID:
        return None  # a name alone stands in any sentence
    by_id = {one.id: one for one in document.clauses}
    place = _Place(document, clause, said, tuple(_upward(clause, by_id)))
    told = _under(understood, [place], match["noun"])
    return None if told is None else replace(told, kind=AnswerKind.PASSAGE)


def _under(understood: Understood, places: Sequence[_Place], noun: str) -> Answer | None:
    """Return the headings of the kind asked for over the places, each once."""
    over: dict[str, _Place] = {}
    for place in places:
        headed = [one for one in place.upward if one.heading and (noun in _PARTS or one.heading.endswith(noun))]
        if noun in _PARTS:
            headed = [one for one in place.upward if one.label or one.heading]
        if not headed:
            return None
        one = headed[0]
        over.setdefault(f"{clause_address(place.document, one.id)}{one.heading}", place)
    evidence = [clause_evidence(place.document, place.clause, place.sentence) for place in over.values()]
    said = "；".join(f"{name}[{number}]" for number, name in enumerate(over, 1))
    return _answer(understood, f"写在{said}。\n\n原文：“{' '.join(evidence[0].quote.split())}”[1]", evidence)


def _agency_asked(question: Question) -> str:
    """Return who is asked for, by attribute; empty unless that alone is asked."""
    kinds = set(question.named(MentionKind.ATTRIBUTE))
    kind = kinds.pop() if len(kinds) == 1 else ""
    plain = not question.asks - _ASKS and not question.named(MentionKind.OPERATION) and not question.years
    return kind if kind in AGENCY_ATTRIBUTES and plain and _LED.search(question.key) else ""


def _upward(clause: Clause, by_id: dict[str, Clause]) -> Iterator[Clause]:
    one: Clause | None = clause
    while one is not None:
        yield one
        one = by_id.get(one.parent or "")


def _answer(understood: Understood, text: str, evidence: Sequence[Evidence]) -> Answer:
    return Answer(understood.asked, understood.standalone, AnswerKind.LOOKUP, text, citations=cite(evidence))
