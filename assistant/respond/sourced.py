"""The answer before in, the places that it rests on out, each with the headings above it and its words.

Example: 这句话是哪个行动里写的 → 出自三、主要任务→（五）创新驱动发展能力建设促进行动→24.创新人才引进和培育工程[1]。
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.models import Answer, AnswerKind, Citation
from assistant.respond.document_labels import marks_of
from assistant.respond.parts import STATES_FACTS

_MOST_SHOWN, _MOST_PLACES = 3, 6
_ROW = re.compile(r"第\d+行")


def answer_source(asked: str, before: Answer) -> Answer:
    """Return where the answer ``before`` stands; it again where it states nothing."""
    if before.kind not in STATES_FACTS or not before.citations:
        return before
    places: dict[str, dict[str, list[int]]] = {}
    for one in before.citations:
        status = f"（{one.status}）" if one.status else ""
        places.setdefault(f"《{one.document}》{status}", {}).setdefault(_place(one), []).append(one.index)
    listed = "；".join(document + _listed(held) for document, held in places.items())
    shown = before.citations[:_MOST_SHOWN]
    quotes = "".join(f"\n\n原文：“{' '.join(one.quote.split())}”[{one.index}]" for one in shown)
    more = (
        f"\n\n以上列出前{_MOST_SHOWN}处原文，共{len(before.citations)}处。"
        if len(before.citations) > len(shown)
        else ""
    )
    text = f"上一个回答出自{listed}。{quotes}{more}"
    standalone = f"“{before.standalone.rstrip('？?。')}”的出处"
    return Answer(asked, standalone, AnswerKind.PASSAGE, text, citations=before.citations)


def _listed(places: Mapping[str, Sequence[int]]) -> str:
    named = [f"{place}{marks_of(numbers)}" for place, numbers in places.items()]
    more = f"等{len(named)}处" if len(named) > _MOST_PLACES else ""
    return "、".join(named[:_MOST_PLACES]) + more


def _place(citation: Citation) -> str:
    """Return the headings over a sentence, or the row that a cell stands in."""
    at = citation.locator.rstrip(".、")
    return at if _ROW.search(at) else "→".join(citation.section) or at
