"""A question how growths compare and text that states them in, the growth asked for out, each with its sentence.

Example: 农村居民收入增速比城镇居民快多少, of 城镇居民…38624元，增长4.8%；农村居民…20137元，增长6.7% → 快1.9个百分点.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation, Citation
from assistant.respond.evidence import cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.entities import common_blocks
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import Clause, ParsedDocument, Span
from corpus.units import UNIT

_FALLS = "下降|减少|降低|回落|下跌"
_RISES = "增长|上涨|增加|提高|上升"
_STATED = re.compile(
    rf"(?:其中)?[，,：:]?(?P<subject>[^，,。；;：:、（）()\d]{{2,24}}?)(?:（[^（）]{{1,12}}）)?"
    rf"(?:(?:达到?|为|完成|实现)?[\d.,]+(?:万亿|[万亿])?(?:{UNIT})[^，,。；;\d]{{0,4}}[，,](?:按[^，,。；;]{{2,12}}计算[，,])?)?"
    rf"(?:比上年末?|较上年末?|同比)?(?P<word>{_RISES}|{_FALLS})(?P<figure>\d+(?:\.\d+)?)(?P<unit>%|个百分点)"
)
_GROWTH = r"(?:增速|增幅|增长率|增长速度|涨幅|增长)"
_APART = re.compile(
    rf"^(?P<one>[^，,。；;？?]{{2,24}}?)的?{_GROWTH}(?:要)?比(?P<other>[^，,。；;？?]{{2,24}}?)(?:的?{_GROWTH})?(?:要)?"
    r"(?P<word>快|高|慢|低|多|少)(?:了|出)?(?:多少|几)(?:个?百分点|个点)?[？?。]*$"
)
_WHICH = re.compile(
    rf"(?:哪|谁|什么).{{0,12}}?(?:{_GROWTH}|涨|{_FALLS}|降)(?:得)?最?(?P<most>[快高多大慢低少小])"
    rf"|(?:{_GROWTH}|涨|{_FALLS}|降)(?:得)?最(?P<end>[快高多大慢低少小])的?(?:是|为)?(?:哪|谁|什么)"
)
_SINKS = re.compile(rf"(?:{_FALLS}|降)(?:得)?最?[快高多大慢低少小]")
_LITTLE = frozenset("慢低少小")
_ASIDE = re.compile(r"^(?:(?:19|20)\d\d年|全年|去年|今年|上年|全市|全县|全区|全省)+|的")
_LEAST, _SHORT = 2, 2


@dataclass(frozen=True, slots=True)
class _Growth:
    """What a sentence says that something grew by, below zero where it fell; ``part`` is where it says so."""

    subject: str
    figure: Decimal
    unit: str
    clause: Clause
    part: Span


def growths_apart(understood: Understood) -> Answer | None:
    """Return how far apart two stated growths are; None where not both are stated in one clause of one document."""
    match = _APART.match(understood.question.key)
    if match is None:
        return None
    for document in understood.documents:
        for clause in document.clauses:
            if not _is_of_years(understood.question.years, document, clause):
                continue
            stated = list(_growths(document, clause))
            one = _called(_ASIDE.sub("", match["one"]), stated, "")
            other = _called(_ASIDE.sub("", match["other"]), stated, one.subject) if one is not None else None
            if one is not None and other is not None and one != other and one.unit == other.unit:
                return _told_apart(understood, document, one, other)
    return None


def grew_most(understood: Understood, whole: Answer, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return what grew or fell most of those that the one sentence told states; None where that is not asked."""
    match = _WHICH.search(understood.question.key)
    if match is None or whole.kind is not AnswerKind.PASSAGE or len(whole.citations) != 1 or whole.missing:
        return None
    cited = whole.citations[0]
    document = next((one for one in documents if one.info.id == cited.document_id), None)
    stated = [] if document is None else list(_within(document, cited))
    named = [
        one for one in stated if any(w.of(understood.question.key) in fold(one.subject) for w in _words(understood))
    ]
    stated = named if len(named) >= _LEAST else stated
    if len(stated) < _LEAST or len({one.unit for one in stated}) > 1:
        return None
    sinks, little = _SINKS.search(understood.question.key) is not None, (match["most"] or match["end"]) in _LITTLE
    least = little != sinks
    best = (min if least else max)(stated, key=lambda one: one.figure)
    if sum(one.figure == best.figure for one in stated) > 1:
        return None
    end = ("降幅最小" if little else "降幅最大") if sinks else "增速最低" if little else "增速最高"
    head = f"“{best.subject}”{_worded(best)}，{end}。[{cited.index}]"
    return Answer(
        whole.question, whole.standalone, AnswerKind.PASSAGE, f"{head}\n\n{whole.answer}", citations=whole.citations
    )


def _words(understood: Understood) -> Sequence[Span]:
    return [word for word in understood.question.telling if word.end - word.start >= _SHORT]


def _within(document: ParsedDocument, cited: Citation) -> Iterator[_Growth]:
    for clause in document.clauses:
        yield from (one for one in _growths(document, clause) if cited.start <= one.part.start < cited.end)


def _growths(document: ParsedDocument, clause: Clause) -> Iterator[_Growth]:
    """Yield what the sentences of a clause say that something grew by."""
    for sentence in split_sentences(document.text, clause.own):
        for match in _STATED.finditer(document.text, sentence.start, sentence.end):
            figure = Decimal(match["figure"])
            falls = re.fullmatch(_FALLS, match["word"]) is not None
            part = Span(match.start("subject"), match.end())
            yield _Growth(match["subject"], -figure if falls else figure, match["unit"], clause, part)


def _called(name: str, stated: Sequence[_Growth], like: str) -> _Growth | None:
    """Return the one growth of what is called so; of several the one whose subject ends like another one."""
    key = fold(name)
    found = [one for one in stated if len(key) >= _SHORT and _holds(fold(one.subject), key)]
    alike = [one for one in found if like and one.subject[-_SHORT:] == like[-_SHORT:]]
    found = alike or found
    return found[0] if len({one.part for one in found}) == 1 else None


def _holds(subject: str, name: str) -> bool:
    return sum(block.end - block.start for block in common_blocks(name, subject)) == len(name)


def _is_of_years(years: Sequence[str], document: ParsedDocument, clause: Clause) -> bool:
    said = "\n".join((document.info.title, *clause.path, *(span.of(document.text) for span in clause.own)))
    return all(year in said for year in years)


def _told_apart(understood: Understood, document: ParsedDocument, one: _Growth, other: _Growth) -> Answer:
    size = abs(one.figure - other.figure).normalize()
    more = "快" if one.figure > other.figure else "慢"
    apart = f"前者比后者{more}{size:f}个百分点" if size else "两者相同"
    text = f"{apart}：“{one.subject}”{_worded(one)}[1]，“{other.subject}”{_worded(other)}[2]。"
    high, low = max(one.figure, other.figure), min(one.figure, other.figure)
    evidence = [clause_evidence(document, growth.clause, growth.part) for growth in (one, other)]
    working = Calculation(f"{high} - {f'({low})' if low < 0 else low} = {size:f}个百分点", "")
    asked, standalone = understood.asked, understood.standalone
    return Answer(asked, standalone, AnswerKind.LOOKUP, text, citations=cite(evidence), calculation=working)


def _worded(one: _Growth) -> str:
    return f"{'下降' if one.figure < 0 else '增长'}{abs(one.figure):f}{one.unit}"
