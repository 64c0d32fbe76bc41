"""A question about a document itself in, its status, title, number, issuer or date out.

Example: 这份文件是正式印发的吗 → 《…三年行动方案》是征求意见稿，不是正式印发的文件。[1]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.refusal import searched
from assistant.understand.lexicon import Ask, Lexicon, Word
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.models import DocumentInfo, ParsedDocument, Span

_POINTS = re.compile(
    r"(?:这|那|本|该|此|上述)[个份部篇项]?(?:\w{0,4}?)(?:文件|方案|通知|办法|规定|规划|意见|条例|公告|稿|文)|文件|全文"
)
_DRAFT = re.compile(r"征求意见|草案|送审|讨论|修订稿")
_TEXT = re.compile(r"[稿案本件]$")
_IN_FORCE = re.compile(r"本[^，。；\n]{1,16}?(?P<said>自[^，。；\n]{1,24}?起(?:正式)?(?:施行|实施|执行|生效))")
"""What a document says of itself; 收费标准自1月1日起执行 says nothing of it."""
_YEARS = re.compile(r"(?P<said>[一二三四五六七八九十]+年|(?<!\d)\d{1,2}年)(?=行动|规划|计划|实施|攻坚|发展)")
_LABELS = {
    "status": "文件状态",
    "title": "标题",
    "number": "文号",
    "issuer": "发文机关",
    "date": "成文日期",
    "effective": "施行日期",
    "duration": "期限",
}
_DATE, _OF_OTHER = "日期", re.compile("(?<![和与及、，,的])日期")
"""文号和日期 asks for the date of the document, 截止日期 for another."""
_TOGETHER = ("number", "issuer", "date", "title", "effective")
"""Facts that one question may ask for together."""
_WHO = re.compile("^是[谁哪]")
_MOST_DOCUMENTS = 5
_SHORT = 2


class DocumentFacts:
    """Answers what documents are, from what the office registered and the documents state of themselves."""

    def __init__(self, lexicon: Lexicon, support: Support) -> None:
        self._words, self._support = lexicon.document_facts, support

    def answer(self, question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
        """Return the fact asked for, with its place; a refusal where the document does not state it.

        None where the question points at no document as such, or says more than that (绿色矿山建设规划的文号).
        """
        key = question.key
        found = [word for word in self._words if word.key in key and not (word.key == _DATE and _OF_OTHER.search(key))]
        if not found:
            return None
        chosen = [d for d in documents if fold(d.info.title) in key] or list(documents)
        pointing = _POINTS.search(key)
        if len(chosen) > _MOST_DOCUMENTS or (pointing is None and len(chosen) == len(documents) > 1):
            return None
        if pointing is None and not any(fold(d.info.title) in key for d in chosen):
            return None
        said = [Span(at.start(), at.end()) for word in found for at in re.finditer(re.escape(word.key), key)]
        said += [Span(*pointing.span())] if pointing else []
        said += [m.span for m in question.mentions if m.kind in (MentionKind.ASK, MentionKind.FUNCTION)]
        left = [s for s in question.words if not _covered(s, said)]
        attributes = [m.span for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        attributes = [span for span in attributes if not _WHO.search(span.of(key))]  # 是谁 asks for the issuer here
        left += [span for span in attributes if not any(span.overlaps(other) for other in said)]
        titles = fold("\n".join(d.info.title + "\n" + d.info.status for d in chosen))
        if question.years or self._support.unsupported(key, left, titles):
            return None
        facts = _facts(found, question)
        nouns = (mention.span for mention in question.mentions if mention.kind is MentionKind.CLASS_NOUN)
        of_rows = any(not _covered(noun, said) for noun in nouns)
        if "duration" in facts and (of_rows or not any(_value(document, "duration") for document in chosen)):
            return None  # its text may say how long it holds (有效期五年), and a row how long it takes
        return _word(facts, chosen, question, asked)


def _covered(span: Span, said: Sequence[Span]) -> bool:
    positions = {position for other in said for position in range(other.start, other.end)}
    return positions.issuperset(range(span.start, span.end))


def _facts(found: Sequence[Word], question: Question) -> dict[str, str]:
    """Return the facts asked for, each with the words that ask for it; of one alone what the longest words ask for.

    谁发的，几号文，哪天 asks for three; 什么时候 alone asks for the date beside a number or an issuer. A status
    (正式印发) may only tell which document is meant.
    """
    key = question.key
    longest = max(found, key=lambda word: len(word.key))
    taken, facts = list[Span](), dict[str, str]()
    for word in sorted(found, key=lambda one: -len(one.key)):
        span = Span(key.index(word.key), key.index(word.key) + len(word.key))
        if any(span.overlaps(other) for other in taken):
            continue
        taken.append(span)
        if word.name in _TOGETHER:
            facts.setdefault(word.name, word.key)
    when = [m.span for m in question.mentions if m.kind is MentionKind.ASK and m.name == Ask.WHEN]
    if {"number", "issuer"} & facts.keys() and any(not any(span.overlaps(one) for one in taken) for span in when):
        facts.setdefault("date", "时间")
    return facts if len(facts) > 1 else {longest.name: longest.key}


def _word(facts: Mapping[str, str], documents: Sequence[ParsedDocument], question: Question, asked: str) -> Answer:
    """Return each fact of each document; what none of them states is named behind, or refused where it is all."""
    names = "、".join(f"《{document.info.title}》" for document in documents)
    missing = {fact: called for fact, called in facts.items() if not any(_value(one, fact) for one in documents)}
    sentences, evidence = [], list[Evidence]()
    for document in documents:
        said = list[str]()
        for fact in facts:
            if value := _value(document, fact):
                evidence.append(_evidence(document, value))
                one = f"{_LABELS[fact]}是{value}" if said else _sentence(document.info, fact, value)
                said.append(f"{one}[{len(evidence)}]")
        sentences += ["，".join(said)] if said else []
    lacking = f"{names}没有写明{'、'.join(_LABELS[fact] for fact in missing)}" if missing else ""
    if not sentences:
        text = f"{lacking}，无法据此回答。\n\n检索范围：{searched(documents)}。"
        return Answer(asked, question.text, AnswerKind.REFUSAL, text, missing=tuple(missing.values()))
    text = "；".join([*sentences, *([lacking] if lacking else [])]) + "。"
    told = Answer(asked, question.text, AnswerKind.PASSAGE, text, citations=cite(evidence))
    return replace(told, missing=tuple(missing.values()))


def _value(document: ParsedDocument, fact: str) -> str:
    if fact == "effective":
        found = _IN_FORCE.search(document.text)
        return found["said"] if found else ""
    if fact == "duration":
        years = _YEARS.search(document.info.title)
        return years["said"] if years else ""
    return str(getattr(document.info, fact))


def _sentence(info: DocumentInfo, fact: str, value: str) -> str:
    if fact == "title":
        return f"文件的标题是《{value}》" + (f"（{info.status}）" if info.status else "")
    if fact == "status":
        kind = value if _TEXT.search(value) else f"{value}文件"
        return f"《{info.title}》是{kind}" + ("，不是正式印发的文件" if _DRAFT.search(value) else "")
    if fact == "effective":
        return f"《{info.title}》{value}"
    if fact == "duration":
        return f"《{info.title}》的标题写的是{value}"
    return f"《{info.title}》的{_LABELS[fact]}是{value}"


def _evidence(document: ParsedDocument, value: str) -> Evidence:
    """Return where the document states ``value`` of itself, its title where only the office registered it."""
    clauses = document.clauses
    # A short word (正式) stands in other sentences as well; of the document itself it speaks in the title.
    start = document.text.find(value, 0, None if len(value) > _SHORT else clauses[0].own[0].end)
    if start < 0:
        return clause_evidence(document, clauses[0], clauses[0].heading_span)
    span = Span(start, start + len(value))
    holder = next((clause for clause in reversed(clauses) if clause.span.covers(span)), clauses[0])
    return clause_evidence(document, holder, span)
