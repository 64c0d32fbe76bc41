r"""Rows of law articles in, one text a law out, with the span of each article in it.

Example: 第一条 and 第二条 of a law with one chapter → “某法\n第一章　总则\n第一条　……\n第二条　……”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.models import Span


@dataclass(frozen=True, slots=True)
class Law:
    """One law: its text and the span of each article by the id of its row, in reading order."""

    name: str
    text: str
    articles: tuple[tuple[str, Span], ...]

    def articles_at(self, span: Span) -> tuple[str, ...]:
        """Return the ids of the articles that share a character with ``span``."""
        return tuple(id_ for id_, own in self.articles if own.overlaps(span))


def make_laws(rows: Iterable[Mapping[str, Any]]) -> dict[str, Law]:
    """Return the laws by document id (law-1, law-2, … as they come); the articles of each stay in the rows' order."""
    by_law: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_law.setdefault(row["law"], []).append(row)
    return {f"law-{number}": _make_law(name, articles) for number, (name, articles) in enumerate(by_law.items(), 1)}


def _make_law(name: str, rows: Sequence[Mapping[str, Any]]) -> Law:
    text = name
    articles = []
    for heading, row in _with_headings(rows):
        text += "".join("\n" + line for line in heading)
        written = f"{row['article']}　{row['text']}"
        articles.append((str(row["id"]), Span(len(text) + 1, len(text) + 1 + len(written))))
        text += "\n" + written
    return Law(name, text, tuple(articles))


def _with_headings(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[list[str], Mapping[str, Any]]]:
    """Yield each row with the chapter and section lines that begin at it."""
    above: tuple[str | None, str | None] = (None, None)
    for row in rows:
        chapter, section = row.get("chapter"), row.get("section")
        lines = [chapter] if chapter and chapter != above[0] else []
        if section and (lines or section != above[1]):
            lines.append(section)
        above = (chapter, section)
        yield lines, row
