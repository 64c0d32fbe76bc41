"""A sentence that refers to articles of its own document in, what those articles say out.

Example: 违反本条例第二十六条规定的，处五百元罚款 → the text of 第二十六条, which says what must not be done.

A question for the penalty names the deed, which stands in the article referred to alone.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from assistant.respond.evidence import ancestry
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument

_ARTICLE = r"第[一二三四五六七八九十百零\d]+条"
_LIST = rf"{_ARTICLE}(?:[、,，和及或]{_ARTICLE})*"
_REFERS = re.compile(
    rf"(?P<other>[》法例][)）]?的?(?:[(（][^)）]*[)）])?)?(?P<own>本(?:条例|办法|规定|规则|细则|章程|法))?"
    rf"(?P<articles>{_LIST})(?P<to>[至到]{_ARTICLE})?"
)
_EACH = re.compile(_ARTICLE)
_MOST = 3
"""How many articles are looked up: a sentence that refers to more says nothing of any one of them."""
_KEPT_DOCUMENTS = 64


def said_where_referred(document: ParsedDocument, sentence: str, clause: Clause | None) -> tuple[str, ...]:
    """Return the folded texts of the articles that a folded ``sentence`` of ``clause`` refers to, but not its own.

    Nothing is said of articles of another paper, nor of a range of them.
    """
    above = () if clause is None else ancestry(document, clause.id)
    own = [fold(one.label) for one in above]
    labels = [
        label
        for match in _REFERS.finditer(sentence)
        if (match["own"] or not match["other"]) and not match["to"]
        for label in _EACH.findall(match["articles"])
    ]
    labels = [label for label in dict.fromkeys(labels) if label not in own]
    texts = _articles(document)
    return tuple(texts[label] for label in labels if label in texts) if len(labels) <= _MOST else ()


@lru_cache(maxsize=_KEPT_DOCUMENTS)
def _articles(document: ParsedDocument) -> dict[str, str]:
    """Return the folded texts of the articles by their labels, but of those that stand twice: an annex has its own."""
    articles = [one for one in document.clauses if one.kind is ClauseKind.ARTICLE]
    counts = Counter(fold(one.label) for one in articles)
    return {label: fold(one.span.of(document.text)) for one in articles if counts[label := fold(one.label)] == 1}
