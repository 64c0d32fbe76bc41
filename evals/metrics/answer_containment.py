r"""Answer containment: a text and the gold answers in, whether one of them stands in it word for word out.

Example: ``answer_containment("按照 不超过\n50万元的标准", ("不超过50万元",)) == 1.0``.
"""

from __future__ import annotations

from collections.abc import Iterable


def answer_containment(text: str, golds: Iterable[str]) -> float:
    """Return 1.0 if a gold answer is a substring of ``text``, blanks and line breaks aside, else 0.0.

    An empty gold answer is in no text. Source: the answer-string match of Chen et al. 2017 (DrQA), without tokens,
    because Chinese has none.
    """
    squeezed = "".join(text.split())
    return float(any(gold and gold in squeezed for gold in ("".join(one.split()) for one in golds)))
