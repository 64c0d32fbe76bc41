"""A refusal's places and the chunks found for its question in, citations that open them out.

Example: the line “- 三、（三）15.” of a refusal becomes a citation of the clause 15.风光氢储新能源倍增工程.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.models import Answer, Citation
from assistant.respond.evidence import Evidence, cite, clause_address, clause_evidence, row_evidence, table_address
from corpus.models import ParsedDocument
from index.models import Hit

_ITEM = re.compile(r"^-\s+(.+)$")
_TITLE = re.compile(r"《([^》]+)》")
_ROW = re.compile(r"(?P<row>.*第(?P<number>\d+)行)(?: “(?P<column>.*)”)?")
MOST = 5


def without_places(text: str, citations: Sequence[Citation]) -> str:
    """Return the answer's text without the list of places that ``citations`` open and the line that leads to it."""
    places = {name for one in citations for name in (one.locator, f"《{one.document}》{one.locator}")}
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

    It is where one of the hits stands, else the row, cell or clause of that address, first in the documents of the
    hits. A title before an address (《…》三、（一）) says in which document.
    """
    listed = [item[1].strip() for line in answer.answer.split("\n") if (item := _ITEM.match(line))]
    by_id = {document.info.id: document for document in documents}
    near = [by_id[one] for one in dict.fromkeys(hit.chunk.document_id for hit in hits) if one in by_id]
    found = [(hit, _address(hit, by_id[hit.chunk.document_id])) for hit in hits if hit.chunk.document_id in by_id]
    evidence: list[Evidence] = []
    for place in listed[:MOST]:
        title, address = _split_title(place)
        within = [one for one in near or documents if title in ("", one.info.title)]
        within = within or [one for one in documents if title == one.info.title]
        ids = {one.info.id for one in within}
        in_hits = [(hit, said) for hit, said in found if said and hit.chunk.document_id in ids]
        places = (_hit_at(address, in_hits, by_id), *(_place_at(address, one) for one in within))
        evidence += [replace(one, locator=address) for one in places if one is not None][:1]
    return cite(evidence)


def _split_title(place: str) -> tuple[str, str]:
    title = _TITLE.match(place)
    return (title[1], place[title.end() :]) if title else ("", place)


def _hit_at(address: str, hits: Sequence[tuple[Hit, str]], by_id: Mapping[str, ParsedDocument]) -> Evidence | None:
    hit = next((hit for hit, said in hits if said == address), None)
    return Evidence(by_id[hit.chunk.document_id], hit.chunk.span, hit.chunk.section, address) if hit else None


def _place_at(address: str, document: ParsedDocument) -> Evidence | None:
    """Return the row, its cell, or the own text of the clause that is called ``address``; None where there is none."""
    if named := _ROW.fullmatch(address):
        return _row_at(named, document)
    for clause in document.clauses:
        # The label is compared first: the whole address is costly to make.
        if clause.label and address.endswith(clause.label) and clause_address(document, clause.id) == address:
            return clause_evidence(document, clause, clause.own[0] if clause.own else clause.span)
    return None


def _row_at(named: re.Match[str], document: ParsedDocument) -> Evidence | None:
    for table in document.tables:
        row = next((one for one in table.data_rows if one.number == int(named["number"])), None)
        if row is not None and table_address(document, table, row) == named["row"]:
            columns = [one.number for one in table.columns if one.name == named["column"]]
            return row_evidence(document, table, row, columns)
    return None


def _address(hit: Hit, document: ParsedDocument) -> str:
    chunk = hit.chunk
    table = next((one for one in document.tables if one.id == chunk.table_id), None)
    if table is None:
        known = any(one.id == chunk.clause_id for one in document.clauses)
        return clause_address(document, chunk.clause_id) if known else ""
    row = next((one for one in table.data_rows if one.number == chunk.row), None)
    return table_address(document, table, row) if row else ""
