"""A name as the document writes it in, the same between quotation marks out: never marks around marks.

Example: 绿氢产业项目 → “绿氢产业项目”; “光伏+生态治理”项目 stays as it is.
"""

from __future__ import annotations


def in_quotes(name: str) -> str:
    """Return ``name`` in quotation marks; a name that has some already is told from the words around it."""
    return name if "“" in name else f"“{name}”"
