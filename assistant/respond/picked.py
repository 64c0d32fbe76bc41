"""Things picked from a list by their number and the answer with the list in, the answer that names them out.

Example: 第三个叫什么, after 方案的五大行动是哪些 → 第三个是“现代能源经济高质量发展提速行动”[1]。
"""

from __future__ import annotations

from dataclasses import replace

from assistant.models import Answer, Citation
from assistant.understand.recalled import Picked
from corpus.folding import fold

_LONG = 80


def answer_picked(picked: Picked, listed: Answer, asked: str) -> Answer:
    """Return the answer that names the picked things, each with the citation of ``listed`` that holds it."""
    held = {item: _citation(item, listed.citations) for item in picked.items}
    cited = list(dict.fromkeys(citation for citation in held.values() if citation is not None))
    numbers = {citation.index: number for number, citation in enumerate(cited, 1)}
    marks = {item: f"[{numbers[one.index]}]" if one is not None else "" for item, one in held.items()}
    names = "、".join(f"“{item}”{marks[item]}" for item in picked.items)
    citations = tuple(replace(citation, index=numbers[citation.index]) for citation in cited)
    text = f"{picked.asked}是{names}。" + "".join(f"\n\n{_source(citation)}" for citation in citations[:1])
    return Answer(asked, picked.standalone, listed.kind, text, citations=citations)


def _citation(item: str, citations: tuple[Citation, ...]) -> Citation | None:
    """Return the citation whose quote holds ``item``; the shortest, for that names it alone."""
    holding = [citation for citation in citations if _closed(item) in _closed(citation.quote)]
    return min(holding, key=lambda citation: len(citation.quote), default=None)


def _closed(text: str) -> str:
    """Return ``text`` folded without the spaces that names are set with: 王  浩."""
    return "".join(fold(text).split())


def _source(citation: Citation) -> str:
    """Return where the list stands, with its words where they are more than the name."""
    quote = " ".join(citation.quote.split())
    status = f"（{citation.status}）" if citation.status else ""
    place = f"依据：《{citation.document}》{status}{citation.locator.rstrip('.')}。"
    return f"{quote}[{citation.index}]\n\n{place}" if len(quote) > _LONG else place
