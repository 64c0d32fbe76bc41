"""Tables as documents in, an opened index over them out: what a lookup needs, and no vectors.

Example: 4,932 documents of one table each → their facts in SQL, and words learned from their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.agreement.models import Finding
from corpus.models import ParsedDocument
from index.dictionary import learn_words
from index.fact_store import write_facts, writing_engine
from index.facts import Facts
from index.models import Hit
from index.reader import Index
from index.tokens import Segmenter


class TableIndex(Index):
    """An index of tables alone: nothing in it is found by likeness."""

    def __init__(self, documents: Sequence[ParsedDocument], folder: Path, cache: Path) -> None:
        """Write the facts to ``folder``; word lists are kept in ``cache``."""
        self._held = tuple(documents)
        engine = writing_engine(folder)
        write_facts(engine, self._held)
        engine.dispose()
        self._facts = Facts.open(folder)
        plain = Segmenter(cache)
        self._segmenter = Segmenter(cache, learn_words(self._held, (), plain))

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents as given."""
        return self._held

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: no table is compared with another."""
        return ()

    @property
    def facts(self) -> Facts:
        """The tables, in SQL."""
        return self._facts

    @property
    def segmenter(self) -> Segmenter:
        """The word cutter that knows the tables' own words."""
        return self._segmenter

    def search(
        self,
        query: str,  # noqa: ARG002
        k: int = 10,  # noqa: ARG002
        documents: Sequence[str] | None = None,  # noqa: ARG002
        words: str = "",  # noqa: ARG002
    ) -> tuple[Hit, ...]:
        """Return nothing."""
        return ()

    def rarity(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return the same weight for all: no chunk holds any of them."""
        return dict.fromkeys(terms, 1.0)

    def close(self) -> None:
        """Close the facts."""
        self._facts.close()
