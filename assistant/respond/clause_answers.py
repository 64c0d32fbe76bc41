"""A question about the structure of documents in, the clause itself, its parts, its place or its absence out.

Example: 第三条规定了什么 → the whole article with its items, verbatim [1]; 第八十条 → 文件共68条，没有“第八十条”.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.clause_text import address_of, counted, full_text, listed, titled
from assistant.respond.document_labels import label_of, labels_of
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.refusal import searched
from assistant.understand.binding import in_full
from assistant.understand.clause_index import ClauseTree, Place
from assistant.understand.clause_questions import ClauseQuestion, Named, OfDocument
from assistant.understand.clause_steps import ARTICLE, PARAGRAPH, PART
from assistant.understand.clause_words import ClauseAsk
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument

_FEW, _MOST_DOCUMENTS = 3, 5
_LONGEST_WHOLE = 1500
_DIVIDED = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
_WAYS = {ClauseAsk.NEXT: 1, ClauseAsk.PREVIOUS: -1}

Alone = tuple[ParsedDocument, Answer]
Said = tuple[str, tuple[Evidence, ...]]
"""A text with marks [1], [2], …, and what they stand for."""


def answer_clauses(understood: Understood, join: Callable[[Sequence[Alone]], Answer]) -> Answer:
    """Return what the clause, or the document, that the question names says or holds.

    Of a few documents each is answered by ``join``; of more the question is asked back.
    """
    asked = understood.structure
    assert asked is not None  # the caller looks first
    found = [one for one in asked.of if one.is_found]
    if not found:
        return _deny(understood, asked.of)
    if len(found) > _FEW:
        return _ask_which_document(understood, found)
    alone = [_answer_one(understood, asked, of) for of in found]
    if len(alone) == 1:
        return alone[0]
    told = [(of.tree.document, one) for of, one in zip(found, alone, strict=True) if one.kind is AnswerKind.PASSAGE]
    return join(told) if len(told) > 1 else _ask_which_document(understood, found)


def _answer_one(understood: Understood, asked: ClauseQuestion, of: OfDocument) -> Answer:
    open_ = next((named for named in of.named if len(named.places) > 1), None)
    if open_ is not None and asked.ask is not ClauseAsk.PLACE:
        return _ask_which_clause(understood, of, open_)
    said = _say(asked.ask, asked.unit, of)
    if said is None:
        return _deny_neighbour(understood, of, asked.unit)
    text, evidence = said
    places = [evidence[0].locator] if asked.ask in _WAYS else [_address(of, p) for n in of.named for p in n.places]
    basis = "、".join(place.rstrip(".、") for place in dict.fromkeys(places))
    answer = f"{text}\n\n依据：{label_of(of.tree.document.info)}{basis}。"
    return _answer(understood, AnswerKind.PASSAGE, answer, evidence)


def _answer(understood: Understood, kind: AnswerKind, text: str, evidence: Sequence[Evidence] = ()) -> Answer:
    return Answer(understood.asked, understood.standalone, kind, text, citations=cite(evidence))


def _address(of: OfDocument, place: Place) -> str:
    return address_of(of.tree, place.clause)


def _say(ask: ClauseAsk, unit: str, of: OfDocument) -> Said | None:
    """Return the answer to one document's question; None where there is no neighbour."""
    tree = of.tree
    if ask is ClauseAsk.COUNT:
        return counted(tree, of.named[0].places[0] if of.named else None, unit)
    if ask is ClauseAsk.PLACE:
        return _joined([_place_of(tree, of.named, place, unit) for place in of.named[0].places], "\n\n")
    if ask in _WAYS:
        beside = _beside(tree, of.named[0].places[0], _WAYS[ask])
        return _text_of(tree, beside) if beside is not None else None
    return _joined([_text_of(tree, named.places[0]) for named in of.named], "\n\n")


def _joined(parts: Sequence[Said], between: str) -> Said:
    """Return several texts as one, their marks numbered through; what is cited twice is cited once."""
    texts: list[str] = []
    cited: list[Evidence] = []
    for text, evidence in parts:
        for number in range(len(evidence), 0, -1):
            text = text.replace(f"[{number}]", f"[#{number}]")
        for number, one in enumerate(evidence, 1):
            known = next((at for at, other in enumerate(cited, 1) if other == one), 0)
            if not known:
                cited.append(one)
            text = text.replace(f"[#{number}]", f"[{known or len(cited)}]")
        texts.append(text)
    return between.join(dict.fromkeys(texts)), tuple(cited)


def _text_of(tree: ClauseTree, place: Place) -> Said:
    """Return a clause as it stands, or, where it is divided under headings and long, the list of its parts."""
    headed = any(child.heading for child in tree.children(place.clause))
    long = place.clause.kind is ClauseKind.LEVEL1 or place.span.end - place.span.start > _LONGEST_WHOLE
    if place.paragraph is None and (place.clause.kind in _DIVIDED or (headed and long)):
        return listed(tree, place.clause)
    return full_text(tree, place)


def _place_of(tree: ClauseTree, named: Sequence[Named], place: Place, unit: str) -> Said:
    """Return which clauses a clause stands in, those called ``unit`` alone; that it is not in another one named."""
    document, clause = tree.document, place.clause
    chain = [one for one in tree.ancestors(clause)[:-1] if one.heading or one.label]
    called = tree.of_unit(unit)
    of_unit = [one for one in chain if one in called]
    around = of_unit[-1:] if of_unit and unit != PART else chain[::-1]
    own, name = _heading(tree, clause), titled(clause)
    if clause in called and not of_unit and (unit != PART or not around):
        is_whole = named[0].steps or named[0].said == fold(clause.heading)
        said = f"“{name}”" if is_whole else f"“{named[0].said}”在“{name}”，"
        return f"{said}是{label_of(document.info)}的第{called.index(clause) + 1}{unit}。[1]", (own,)
    if not around:
        return f"“{name}”不在其他条款之下。[1]", (own,)
    other = next((p.clause for one in named[1:] for p in one.places if p.clause not in chain), None)
    denied = f"，不在“{titled(other)}”" if other is not None else ""
    said = "，在".join(f"“{titled(one)}”[{number}]" for number, one in enumerate(around, 1))
    return f"“{name}”属于{said}{denied}。[{len(around) + 1}]", (*(_heading(tree, one) for one in around), own)


def _heading(tree: ClauseTree, clause: Clause) -> Evidence:
    return clause_evidence(tree.document, clause, clause.heading_span if clause.heading else clause.own[0])


def _beside(tree: ClauseTree, place: Place, way: int) -> Place | None:
    """Return the clause before or behind one: of its kind, and under the same clause where each begins anew."""
    alike = [c for c in tree.document.clauses if c.kind is place.clause.kind]
    if place.clause.kind not in (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.ARTICLE):
        alike = [c for c in alike if c.parent == place.clause.parent]
    at = alike.index(place.clause) + way
    return Place(tree.document, alike[at]) if 0 <= at < len(alike) else None


def _deny(understood: Understood, of: Sequence[OfDocument]) -> Answer:
    """Return the refusal that names each number that no document has, whole, and how many there are."""
    absent = [one for one in of[0].named if not one.places]
    missing = tuple(dict.fromkeys(one.said for one in absent))
    if len(of) > 1:
        text = f"所检索的{len(of)}个文件都没有{'、'.join(f'“{name}”' for name in missing)}。"
    else:
        text = "".join(f"{_why_absent(of[0].tree, one)}。" for one in absent)
    text += f"\n\n检索范围：{searched([each.tree.document for each in of])}。"
    return replace(_answer(understood, AnswerKind.REFUSAL, text), missing=missing)


def _why_absent(tree: ClauseTree, named: Named) -> str:
    """Return that a number does not exist with how many there are, or where what is called so stands instead."""
    depth = next(n for n in range(1, len(named.steps) + 1) if not tree.resolve(named.steps[:n])) - 1
    step, above = named.steps[depth], tree.resolve(named.steps[:depth])
    if not above:
        unit = PART if step.is_style else step.unit
        count = len(tree.of_unit(step.unit))
        return f"文件{f'共{count}{unit}' if count else f'不分{unit}'}，没有“{named.said}”"
    around = titled(above[0].clause)
    if step.unit == PARAGRAPH:
        count = len(tree.paragraphs(above[0].clause))
        return f"“{around}”{f'共{count}款' if count > 1 else '没有分款排列'}，没有“{named.said}”"
    elsewhere = tree.resolve(named.steps[depth:]) if depth == len(named.steps) - 1 and step.unit == ARTICLE else ()
    where = f"，{titled(elsewhere[0].clause)}在{address_of(tree, elsewhere[0].clause)}" if elsewhere else ""
    return f"“{around}”中没有“{named.said}”{where}"


def _deny_neighbour(understood: Understood, of: OfDocument, unit: str) -> Answer:
    place = of.named[0].places[0]
    back = understood.structure is not None and understood.structure.ask is ClauseAsk.PREVIOUS
    way, end = ("前", "第一") if back else ("后", "最后一")
    text = f"“{titled(place.clause)}”已经是{end}{unit}，{way}面没有别的{unit}。[1]"
    evidence = [clause_evidence(of.tree.document, place.clause, place.clause.own[0])]
    return replace(_answer(understood, AnswerKind.REFUSAL, text, evidence), missing=(f"{way}一{unit}",))


def _ask_which_clause(understood: Understood, of: OfDocument, named: Named) -> Answer:
    """Return the question back where a number alone leads to several clauses, with the addresses to choose from."""
    shown = named.places[:_MOST_DOCUMENTS]
    places = [f"{address_of(of.tree, place.clause)}{place.clause.heading}" for place in shown]
    lines = [f"{number}. {place}" for number, place in enumerate(places, 1)]
    text = f"“{named.said}”在文件中有{len(named.places)}处，请说明是哪一处：\n\n" + "\n".join(lines)
    suggestions = tuple(understood.standalone.replace(named.said, place, 1) for place in places)
    return replace(_answer(understood, AnswerKind.CLARIFY, text), suggestions=suggestions)


def _ask_which_document(understood: Understood, of: Sequence[OfDocument]) -> Answer:
    """Return the question back where several documents have what it names, with the documents to choose from."""
    labels = list(labels_of([one.tree.document for one in of]).values())
    lines = [f"{number}. {label}" for number, label in enumerate(labels[:_MOST_DOCUMENTS], 1)]
    names = "、".join(dict.fromkeys(f"“{one.said}”" for one in of[0].named))
    text = f"有{len(labels)}个文件{f'都有{names}' if names else '可以这样问'}，请说明是哪一个：\n\n" + "\n".join(lines)
    suggestions = tuple(in_full(understood.standalone, (label,)) for label in labels[:_MOST_DOCUMENTS])
    return replace(_answer(understood, AnswerKind.CLARIFY, text), suggestions=suggestions)
