"""A refusal's places and the chunks found for its question in, citations that open them out.

Example: the line “- 三、（三）15.” of a refusal becomes a citation of the clause 15.风光氢储新能源倍增工程.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Answer, Citation
from assistant.respond.evidence import Evidence, cite, clause_address, clause_evidence, table_address
from corpus.models import ParsedDocument
from index.models import Hit

_ITEM = re.compile(r"^-\s+(.+)$")
MOST = 5


def without_places(text: str, places: Sequence[str]) -> str:
    """Return the answer's text without the list of ``places`` and the line that leads to it."""
    kept: list[str] = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item is None or item[1].strip() not in places:
            kept.append(line)
        elif kept and kept[-1].rstrip().endswith("："):
            kept.pop()
    return "\n".join(kept)


def nearest_places(answer: Answer, hits: Sequence[Hit], documents: Sequence[ParsedDocument]) -> tuple[Citation, ...]:
    """Return a citation for each place that the answer lists, in its order.

    It is where one of the hits stands, else the clause of that address in a document of the hits.
    """
    listed = [item[1].strip() for line in answer.answer.split("\n") if (item := _ITEM.match(line))]
    by_id = {document.info.id: document for document in documents}
    found = [(hit, _address(hit, by_id[hit.chunk.document_id])) for hit in hits if hit.chunk.document_id in by_id]
    evidence: list[Evidence] = []
    for place in listed[:MOST]:
        fitting = [(hit, address) for hit, address in found if address and place.startswith(address)]
        if fitting:
            hit, _ = max(fitting, key=lambda pair: len(pair[1]))
            document = by_id[hit.chunk.document_id]
            evidence.append(Evidence(document, hit.chunk.span, hit.chunk.section, place))
        else:
            searched = dict.fromkeys(hit.chunk.document_id for hit, _ in found)
            evidence += _clause_at(place, [by_id[name] for name in searched])
    return cite(evidence)


def _clause_at(place: str, documents: Sequence[ParsedDocument]) -> list[Evidence]:
    """Return the own text of the clause that is called ``place``; nothing where there is none."""
    for document in documents:
        for clause in document.clauses:
            # The label is compared first: the whole address is costly to make.
            if clause.label and place.endswith(clause.label) and clause_address(document, clause.id) == place:
                return [clause_evidence(document, clause, clause.own[0] if clause.own else clause.span)]
    return []


def _address(hit: Hit, document: ParsedDocument) -> str:
    chunk = hit.chunk
    table = next((one for one in document.tables if one.id == chunk.table_id), None)
    if table is None:
        known = any(one.id == chunk.clause_id for one in document.clauses)
        return clause_address(document, chunk.clause_id) if known else ""
    row = next((one for one in table.data_rows if one.number == chunk.row), None)
    return table_address(document, table, row) if row else ""
