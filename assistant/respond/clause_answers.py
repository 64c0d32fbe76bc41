"""A question about the structure of documents in, the clause itself, its parts, its place or its absence out.

Example: 第三条规定了什么 → the whole article with its items, verbatim [1]; 第八十条 → 文件共68条，没有“第八十条”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.clause_text import address_of, counted, full_text, listed, titled
from assistant.respond.document_labels import label_of, labels_of
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.refusal import searched
from assistant.understand.binding import in_full
from assistant.understand.clause_index import ClauseTree, Place
from assistant.understand.clause_questions import Named, OfDocument
from assistant.understand.clause_steps import ARTICLE, PARAGRAPH, PART
from assistant.understand.clause_words import ClauseAsk
from assistant.understand.understood import Understood
from corpus.models import ClauseKind

_MOST_DOCUMENTS = 5
_LONGEST_WHOLE = 3000
_UNIT_ORDER = ("编", "章", ARTICLE)

Said = tuple[str, tuple[Evidence, ...]]
"""A text with marks [1], [2], …, and what they stand for."""


def answer_clauses(understood: Understood) -> Answer:
    """Return what the clause, or the document, that the question names says or holds."""
    asked = understood.structure
    assert asked is not None  # the caller looks first
    found = [one for one in asked.of if one.is_found]
    if not found:
        return _deny(understood, asked.of)
    if len(found) > 1:
        return _ask_which_document(understood, found)
    of = found[0]
    open_ = next((named for named in of.named if len(named.places) > 1), None)
    if open_ is not None and asked.ask is not ClauseAsk.PLACE:
        return _ask_which_clause(understood, of, open_)
    said = _say(asked.ask, asked.unit, of)
    if said is None:
        return _deny_neighbour(understood, of, asked.unit)
    text, evidence = said
    answer = f"{text}\n\n依据：{label_of(of.tree.document.info)}{_basis(of)}。"
    return _answer(understood, AnswerKind.PASSAGE, answer, evidence)


def _answer(understood: Understood, kind: AnswerKind, text: str, evidence: Sequence[Evidence] = ()) -> Answer:
    return Answer(understood.asked, understood.standalone, kind, text, citations=cite(evidence))


def _basis(of: OfDocument) -> str:
    return "、".join(dict.fromkeys(address_of(of.tree, place.clause) for named in of.named for place in named.places))


def _say(ask: ClauseAsk, unit: str, of: OfDocument) -> Said | None:
    """Return the answer to one document's question; None where there is no neighbour."""
    tree = of.tree
    if ask is ClauseAsk.COUNT:
        return counted(tree, of.named[0].places[0] if of.named else None, unit)
    if ask is ClauseAsk.PLACE:
        return _joined([_place_of(tree, place, unit) for place in of.named[0].places], "\n\n")
    if ask in (ClauseAsk.NEXT, ClauseAsk.PREVIOUS):
        beside = _beside(tree, of.named[0].places[0], 1 if ask is ClauseAsk.NEXT else -1)
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
    divided = place.clause.kind in (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
    long = place.span.end - place.span.start > _LONGEST_WHOLE
    if place.paragraph is None and (divided or (headed and long)):
        return listed(tree, place.clause)
    return full_text(tree, place)


def _place_of(tree: ClauseTree, place: Place, unit: str) -> Said:
    """Return which clauses a clause stands in, the nearest that is called ``unit`` first."""
    document, clause = tree.document, place.clause
    chain = [one for one in tree.ancestors(clause)[:-1] if one.heading or one.label]
    of_unit = [one for one in chain if one in tree.of_unit(unit)]
    around = of_unit[-1:] if of_unit and unit != PART else chain[::-1]
    own = clause_evidence(document, clause, clause.heading_span if clause.heading else clause.own[0])
    name = titled(clause)
    if not around:
        siblings = [one for one in tree.children(None) if one.kind is clause.kind]
        number = f"，是{label_of(document.info)}的第{siblings.index(clause) + 1}部分" if clause in siblings else ""
        return f"“{name}”不在其他条款之下{number}。[1]", (own,)
    evidence = [clause_evidence(document, one, one.heading_span if one.heading else one.own[0]) for one in around]
    said = "，在".join(f"“{titled(one)}”[{number}]" for number, one in enumerate(around, 1))
    return f"“{name}”[{len(around) + 1}]属于{said}。", (*evidence, own)


def _beside(tree: ClauseTree, place: Place, way: int) -> Place | None:
    """Return the clause before or behind one: of its kind, and under the same clause where each begins anew."""
    alike = [c for c in tree.document.clauses if c.kind is place.clause.kind]
    if place.clause.kind not in (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.ARTICLE):
        alike = [c for c in alike if c.parent == place.clause.parent]
    at = alike.index(place.clause) + way
    return Place(tree.document, alike[at]) if 0 <= at < len(alike) else None


def _deny(understood: Understood, of: Sequence[OfDocument]) -> Answer:
    """Return the refusal that names each number that no document has, whole, and how many there are."""
    missing = tuple(dict.fromkeys(one.said for each in of for one in each.named if not one.places))
    names = "、".join(f"“{name}”" for name in missing)
    if len(of) > 1:
        text = f"所检索的{len(of)}个文件都没有{names}。"
    else:
        text = f"文件{_size(of[0].tree, next(one for one in of[0].named if not one.places))}没有{names}。"
    text += f"\n\n检索范围：{searched([each.tree.document for each in of])}。"
    return replace(_answer(understood, AnswerKind.REFUSAL, text), missing=missing)


def _size(tree: ClauseTree, named: Named) -> str:
    """Return how many clauses there are of the kind that is missing: 共68条，; 不分章，."""
    for depth, step in enumerate(named.steps):
        if tree.resolve(named.steps[: depth + 1]):
            continue
        above = tree.resolve(named.steps[:depth])
        if above:
            place = address_of(tree, above[0].clause)
            elsewhere = tree.resolve(named.steps[depth:])
            where = f"，{titled(elsewhere[0].clause)}在{address_of(tree, elsewhere[0].clause)}" if elsewhere else ""
            count = len(tree.paragraphs(above[0].clause)) if step.unit == PARAGRAPH else 0
            return f"的{place}{f'共{count}款' if count else ''}{where}，"
        listed_ = tree.of_unit(step.unit)
        unit = step.unit if not step.is_style else PART
        return f"共{len(listed_)}{unit}，" if listed_ else f"不分{unit}，"
    return "中"


def _deny_neighbour(understood: Understood, of: OfDocument, unit: str) -> Answer:
    place = of.named[0].places[0]
    way, end = ("前", "第一") if understood.structure and understood.structure.ask is ClauseAsk.PREVIOUS else ("后", "最后一")
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
    text = f"有{len(labels)}个文件可以这样问，请说明是哪一个：\n\n" + "\n".join(lines)
    suggestions = tuple(in_full(understood.standalone, (label,)) for label in labels[:_MOST_DOCUMENTS])
    return replace(_answer(understood, AnswerKind.CLARIFY, text), suggestions=suggestions)
