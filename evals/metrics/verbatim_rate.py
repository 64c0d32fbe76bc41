"""Verbatim rate: citations and the documents' texts in, the share of quotes that are exact slices out.

Example: a citation with start 10, end 13 and quote “水利局” counts when ``text[10:13] == "水利局"``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.places import Cited


def verbatim_rate(cited: Sequence[Cited], texts: Mapping[str, str]) -> float:
    """Return |{c : text[c.start:c.end] = c.quote ≠ ""}| / |cited|, in 0…1; 1.0 when nothing is cited.

    Source: our promise “a quote is a verbatim slice of the source with its offsets”; an unknown document counts as not
    verbatim.
    """
    exact = [is_verbatim(citation, texts) for citation in cited]
    return sum(exact) / len(exact) if exact else 1.0


def is_verbatim(citation: Cited, texts: Mapping[str, str]) -> bool:
    """Return whether the quote is the non-empty slice of its document that its offsets name."""
    text = texts.get(citation.document_id)
    if text is None or not 0 <= citation.span.start < citation.span.end <= len(text):
        return False
    return citation.span.of(text) == citation.quote
