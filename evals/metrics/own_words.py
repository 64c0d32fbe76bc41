"""An answer in, its own words out: without the lines that show the source, which a reader checks the answer by.

Example: “60万吨[1]” is what an answer says; “原文：“引导60万吨/年以下煤矿退出。”[1]” below it is where it stands.
"""

from __future__ import annotations

import re

from evals.metrics.folding import plain

SOURCE_LABELS = ("原文：", "依据：")
"""How a line begins that shows the source; it is no part of what the answer claims."""


def own_words(answer: str) -> str:
    """Return ``answer`` without its lines of source."""
    return "\n".join(line for line in answer.splitlines() if not line.lstrip().startswith(SOURCE_LABELS))


def first_sentence(answer: str) -> str:
    """Return the first sentence, which is the direct answer; plain, without its mark."""
    return re.split(r"[。！？!?\n]", plain(answer).strip(), maxsplit=1)[0]


def first_line(answer: str) -> str:
    """Return the first line that is not empty; empty where there is none."""
    return next((line for line in answer.splitlines() if line.strip()), "")
