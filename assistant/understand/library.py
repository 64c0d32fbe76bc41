"""The documents of an index in, those of some ids or titles out, without a walk through all of them.

Example: of 4,932 documents the one of the id “t17”, and the other that has its title and status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from corpus.models import ParsedDocument


class Library:
    """Knows the documents of an index by what they are called, in their order."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self.documents = tuple(documents)
        self.ids = tuple(document.info.id for document in self.documents)
        self._places = {id_: place for place, id_ in enumerate(self.ids)}
        self._called: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, document in enumerate(self.documents):
            self._called[document.info.title, document.info.status].append(place)

    def document(self, id_: str) -> ParsedDocument:
        """Return the document of an id.

        Raises:
            KeyError: There is none.
        """
        return self.documents[self._places[id_]]

    def among(self, ids: Iterable[str] | None) -> tuple[ParsedDocument, ...]:
        """Return the documents of ``ids`` (None for all), in order; an id of none is passed over."""
        if ids is None:
            return self.documents
        return self._at({self._places[id_] for id_ in ids if id_ in self._places})

    def scope(self, documents: Sequence[ParsedDocument]) -> tuple[str, ...] | None:
        """Return the ids of ``documents``; None where they are all of them, as ``among`` gives them."""
        return None if documents is self.documents else tuple(document.info.id for document in documents)

    def within(self, documents: Sequence[ParsedDocument], ids: Collection[str]) -> tuple[ParsedDocument, ...]:
        """Return those of ``documents`` that have one of ``ids``, in order."""
        if documents is self.documents:
            return self.among(ids)
        return tuple(document for document in documents if document.info.id in ids)

    def namesakes(self, documents: Sequence[ParsedDocument], ids: Collection[str]) -> tuple[ParsedDocument, ...]:
        """Return those of ``documents`` that have the title and status of one of ``ids``: they can be mistaken."""
        infos = [document.info for document in self.within(documents, ids)]
        found = self._at({place for info in infos for place in self._called[info.title, info.status]})
        return found if documents is self.documents else self.within(documents, {one.info.id for one in found})

    def _at(self, places: Collection[int]) -> tuple[ParsedDocument, ...]:
        if len(places) == len(self.documents):
            return self.documents
        return tuple(self.documents[place] for place in sorted(places))
