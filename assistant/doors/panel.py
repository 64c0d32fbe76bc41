"""The panel of sources as HTML: a source in, its title, address, tree and highlighted quote out.

Example: a cited cell is shown in its table, marked, inside the clause tree opened down to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.doors.templating import render
from assistant.models import Citation
from assistant.respond.sources import Source
from assistant.viewing.anchors import clause_around, document_link
from assistant.viewing.outline import outline
from corpus.models import ParsedDocument, Span

_BREAKS = re.compile(r"\s*\n\s*")


def render_panel() -> str:
    """Return the empty panel; its script fills it and moves between the citations of one answer."""
    return render("panel.html.j2")


def render_source(source: Source, document: ParsedDocument) -> str:
    """Return the inside of the panel for one citation."""
    citation = source.citation
    span = Span(citation.start, citation.end)
    table = next((one for one in document.tables if one.span.covers(span)), None) if source.grid else None
    around = next((one for one in document.clauses if table and one.id == table.clause), None)
    return render(
        "source.html.j2",
        source=source,
        places=_places(source),
        branches=outline(document, here) if (here := around or clause_around(document, span)) else (),
        link=document_link(document, span),
        copy=quote_with_source(citation),
    )


def quote_with_source(citation: Citation) -> str:
    """Return the quote with title, status and address, ready to stand in a document; its lines are joined."""
    quote = _BREAKS.sub(" ", citation.quote).strip()
    status = f"（{citation.status}）" if citation.status else ""
    return f"“{quote}”（《{citation.document}》{status}{citation.locator or ''.join(citation.section)}）"


def render_trouble(message: str) -> str:
    """Return the inside of the panel where a source cannot be shown."""
    return render("notice.html.j2", message=message)


def _places(source: Source) -> Sequence[str]:
    page = f"第 {source.citation.page} 页" if source.citation.page is not None else ""
    path = " › ".join(source.section)
    locator = source.citation.locator
    places = ("" if path in locator or (locator and locator in path) else path, locator, page)
    return [place for place in places if place]
