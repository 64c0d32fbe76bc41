"""A question whether two places agree in, the answer of the first reading that fits it out; None where none does.

Example: 第3项工程到底叫退化草地还是退化草原…工程 → 两处说法不一致：正文（三、（一））为…；正文（三、（一）3.）为….
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind
from assistant.respond.agreeing.asked import Asked, Compared
from assistant.respond.agreeing.cells import compare_cells
from assistant.respond.agreeing.counted import compare_listed
from assistant.respond.agreeing.either import compare_either
from assistant.respond.agreeing.names import compare_names
from assistant.respond.agreeing.sites import compare_sites
from assistant.respond.agreeing.words import read_said
from assistant.respond.stated import Cited
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.places import Places
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.agreement.listed import Listed, read_listed
from corpus.agreement.models import Verdict
from corpus.agreement.stretches import Stretch, read_stretches
from corpus.models import ParsedDocument

_KEPT = 16


class Agreeing:
    """Compares what a document writes of one thing in two places, where nothing was compared at the build."""

    def __init__(self, documents: Sequence[ParsedDocument], support: Support, places: Places, lexicon: Lexicon) -> None:
        """Take what knows the words of questions and the places of an office."""
        self._documents = {document.info.id: document for document in documents}
        self._support, self._places, self._words = support, places, lexicon.agreement
        self._read = lru_cache(maxsize=_KEPT)(self._read_document)

    def answer(self, understood: Understood) -> Answer | None:
        """Return whether the one document writes the thing alike; None where that is not asked or not to be seen."""
        said = read_said(understood.question, self._words)
        if not said.asks or len(understood.documents) != 1 or {Ask.HOW, Ask.WHY} & understood.question.asks:
            return None
        document = understood.documents[0]
        asked = Asked(understood, said, document, *self._read(document.info.id), self._support)
        found = (
            compare_cells(asked, self._places)
            or compare_sites(asked, self._places)
            or compare_either(asked)
            or compare_names(asked)
            or compare_listed(asked)
        )
        return self._word(asked, found) if found is not None else None

    def _read_document(self, name: str) -> tuple[tuple[Stretch, ...], tuple[Listed, ...]]:
        stretches = read_stretches(self._documents[name])
        return stretches, tuple(read_listed(self._documents[name], stretches))

    def _word(self, asked: Asked, compared: Compared) -> Answer:
        cited, finding = Cited((), self._documents), compared.finding
        told = replace(finding, statements=finding.statements[: compared.told])
        text = f"{compared.head}：{cited.words(told)}。"
        if compared.note:
            text += f"\n\n{compared.note}"
        differs = finding.verdict is Verdict.DIFFERS
        return Answer(
            asked.understood.asked,
            asked.understood.standalone,
            AnswerKind.LOOKUP,
            text,
            citations=tuple(cited.citations),
            conflicts=(cited.conflict(finding),) if differs else (),
        )
