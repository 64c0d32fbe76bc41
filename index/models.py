"""What the index keeps and finds: parsed documents in, chunks and hits out.

Example: the row “3 黄河内蒙古段十大孔兑综合治理项目 …” becomes one ``Chunk`` of kind ``ROW``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Span


class ChunkKind(StrEnum):
    """Where a chunk comes from."""

    CLAUSE = "clause"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one clause or one table row.

    ``text`` is the verbatim slice ``document.text[span.start:span.end]``; ``search_text`` is what is embedded and
    indexed (for a row its verbalization “项目名称：…；牵头责任单位：…”, for a clause the text itself); ``section`` is
    the heading path, beside the text and not in it. ``id`` is unique in the index and stable while the chunk's
    content and place are unchanged. ``table_id`` and ``row`` (data row number from 1) are set for rows only.
    """

    id: str
    document_id: str
    kind: ChunkKind
    text: str
    search_text: str
    span: Span
    section: tuple[str, ...]
    clause_id: str
    table_id: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found by a search; ``rank`` counts from 1, ``score`` falls with rank.

    ``vector_rank`` and ``lexical_rank`` say where each engine had it (0: not among its results), ``lexical`` and
    ``similarity`` how well it fits by its words (0: not at all) and by its vector (a cosine).
    """

    chunk: Chunk
    score: float
    rank: int
    vector_rank: int = 0
    lexical_rank: int = 0
    lexical: float = 0.0
    similarity: float = 0.0

    def to_dict(self) -> dict[str, object]:
        """Return the row that machines read, the same through every door."""
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document_id": self.chunk.document_id,
            "section": list(self.chunk.section),
            "start": self.chunk.span.start,
            "end": self.chunk.span.end,
            "text": self.chunk.text,
        }


@dataclass(frozen=True, slots=True)
class Stamp:
    """What built an index; an index whose stamp does not fit is refused, never silently used.

    ``corpus`` is the folder of the documents at the time, so that an index can be asked without naming it again.
    """

    generation: str
    corpus_hash: str
    model: str
    dimensions: int
    dictionary_hash: str
    code_version: str
    built_at: str
    documents: int
    chunks: int
    tables: int
    corpus: str = ""
