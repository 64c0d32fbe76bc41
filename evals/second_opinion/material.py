"""A judged answer in, what the judging model is shown of it out: one JSON text, so that no content reads as a command.

Example: ``{"问题": "…由哪个局牵头？", "标准答案": "水利局。", "回答": "水利局。[1]", "引文": ["[1] …"]}``
"""

from __future__ import annotations

import json
from typing import Any

from evals.export import reference
from evals.judge import Verdict


def describe_answer(verdict: Verdict) -> str:
    """Return question, gold in words, answer and quoted evidence; not what was decided about them."""
    row = verdict.row
    shown: dict[str, Any] = {"此前的问题": list(verdict.case.history), "问题": verdict.case.question}
    shown |= {"标准答案": reference(verdict.case), "回答": str(row.get("answer", ""))}
    table, calculation = row.get("table") or {}, row.get("calculation") or {}
    shown["表格"] = [
        list(map(str, cells)) for cells in (table.get("columns") or (), *(table.get("rows") or ())) if cells
    ]
    shown["算式"] = str(calculation.get("expression") or "")
    shown["引文"] = [
        f"[{citation.get('index', number)}] {citation.get('locator') or ''} {citation['quote']}"
        for number, citation in enumerate(row.get("citations") or (), start=1)
    ]
    kept = {name: value for name, value in shown.items() if value or name in ("回答", "引文")}
    return json.dumps(kept, ensure_ascii=False)


def can_be_judged(verdict: Verdict) -> bool:
    """Return whether there is an answer, and a gold answer that can be put in words."""
    return not verdict.is_error and bool(reference(verdict.case))
