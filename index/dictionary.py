"""Parsed documents in, the words that are theirs out: agencies, headings, column values, quoted terms.

Example: headings, fields and cells of a plan give 防沙治沙, 市林草局, 鄂托克前旗, 一核两环.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median

from corpus.knowledge import load_knowledge
from corpus.models import ColumnKind, ParsedDocument, Table
from index.tokens import PolicyWord, Segmenter, is_han, runs, tokens_version

LONGEST_WORD = 10
SHORT_COLUMN = 12
"""A column whose cells have at most this many characters in the middle holds names, not sentences."""

_QUOTED = re.compile(r"[“「『](.{2,10}?)[”」』]")


def learn_words(documents: Iterable[ParsedDocument], known: Iterable[str], segmenter: Segmenter) -> list[PolicyWord]:
    """Return the words of the documents and the ``known`` names (agencies, places), sorted, each weighted to be kept.

    ``segmenter`` is one without learned words: a word's weight and parts come from the general dictionary alone, so
    that the result does not depend on order.
    """
    phrases = [phrase for document in documents for phrase in _phrases(document)]
    candidates = {run for phrase in [*phrases, *known] for run in runs(phrase) if is_han(run)}
    return [segmenter.learn(word) for word in sorted(candidates) if 2 <= len(word) <= LONGEST_WORD]


def _phrases(document: ParsedDocument) -> Iterator[str]:
    yield from _QUOTED.findall(document.text)
    for clause in document.clauses:
        yield clause.heading
        for field in clause.fields:
            yield field.name
            yield from (value.text for value in field.values)
    for table in document.tables:
        yield from _table_phrases(table)


def _table_phrases(table: Table) -> Iterator[str]:
    yield table.name
    for row in table.rows:
        yield from (group.name for group in row.groups)
    for column in table.columns:
        yield column.name
        texts = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column.number]
        if column.kind is ColumnKind.TEXT and texts and median(map(len, texts)) <= SHORT_COLUMN:
            yield from texts


def known_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the agencies, places and other names known beside the documents; ``folder`` may add its own."""
    known = load_knowledge(folder)
    agencies = {name for agency in known.agencies for name in agency.names}
    places = {name for place in known.places for name in place.names}
    return tuple(sorted(agencies | places))


def write_words(words: Iterable[PolicyWord], file: Path) -> None:
    """Write the learned words as one JSON file."""
    file.write_text(json.dumps([asdict(word) for word in words], ensure_ascii=False), encoding="utf-8")


def read_words(file: Path) -> list[PolicyWord]:
    """Return the learned words of an index.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is damaged.
    """
    rows = json.loads(file.read_text(encoding="utf-8"))
    try:
        return [PolicyWord(row["text"], row["frequency"], tuple(row["parts"])) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def hash_sources(known: Iterable[str]) -> str:
    """Return the fingerprint of what the dictionary is made of besides the documents themselves."""
    return hashlib.sha256("\n".join([tokens_version(), *sorted(known)]).encode()).hexdigest()[:16]
