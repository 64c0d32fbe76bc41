"""What documents state more than once in, one JSON file out, and back: no comparison is made when a question is asked.

Example: findings.json of the plan holds the two statements of energy per GDP, 1.5吨标煤 and 1.82, which DIFFER.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from corpus.agreement.models import Finding, StatedAt, Statement, Topic, Verdict
from corpus.models import Span
from index.errors import IndexBroken
from index.stamp import mending_command


def write_findings(findings: Sequence[Finding], file: Path) -> None:
    """Write the findings to ``file``; of a statement the typed quantity is left out, its verdict is made."""
    kept = [replace(f, statements=tuple(replace(s, quantity=None) for s in f.statements)) for f in findings]
    file.write_text(json.dumps([asdict(finding) for finding in kept], ensure_ascii=False), encoding="utf-8")


def read_findings(file: Path) -> tuple[Finding, ...]:
    """Return the findings as they were written.

    Raises:
        IndexBroken: If the file is missing or damaged.
    """
    try:
        return tuple(map(_finding, json.loads(file.read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexBroken(f"索引已损坏：{file}。请运行 {mending_command(file.parent)} 重建。") from error


def _finding(row: Mapping[str, Any]) -> Finding:
    made = {"topic": Topic(row["topic"]), "verdict": Verdict(row["verdict"]), "keys": tuple(row["keys"])}
    return Finding(**{**row, **made, "statements": tuple(map(_statement, row["statements"]))})


def _statement(row: Mapping[str, Any]) -> Statement:
    return Statement(**{**row, "span": Span(**row["span"]), "place": StatedAt(**row["place"])})
