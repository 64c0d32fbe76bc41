"""Documents, knowledge and the lexicon in, every name and word that a question may have meant out.

Example: row names, headers, group rows and headings of a plan, 市水利局 and 水利局, and words of asking such as 牵头.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.understand.lexicon import Lexicon
from corpus.cell_values import split_values
from corpus.knowledge import Knowledge
from corpus.models import ColumnKind, ParsedDocument, Table

_LONGEST_NAME = 40


def names_of(documents: Sequence[ParsedDocument], knowledge: Knowledge, lexicon: Lexicon) -> Iterator[str]:
    """Yield what can be named: things, their columns and values, agencies, places; and the words that ask."""
    for document in documents:
        yield from (clause.heading for clause in document.clauses)
    yield from names_in_tables(documents)
    for agency in knowledge.agencies:
        yield from agency.names
    for place in knowledge.places:
        yield from place.names
    for group in knowledge.synonyms:
        yield from group
    yield from asking_words(knowledge, lexicon)


def names_in_tables(documents: Sequence[ParsedDocument]) -> Iterator[str]:
    """Yield what the tables name, and the values of the clauses' fields."""
    for document in documents:
        yield from (value.text for clause in document.clauses for item in clause.fields for value in item.values)
        for table in document.tables:
            yield from _names_in(table)


def asking_words(knowledge: Knowledge, lexicon: Lexicon) -> Iterator[str]:
    """Yield the words that questions are made of whatever the document."""
    for attribute in knowledge.attributes:
        yield from attribute.words
    for listed in (lexicon.asks, lexicon.operations, lexicon.class_nouns):
        yield from (word.key for word in listed)


def texts_of(documents: Sequence[ParsedDocument]) -> Iterable[str]:
    """Return the whole text of every document."""
    return (document.text for document in documents)


def _names_in(table: Table) -> Iterator[str]:
    yield table.name
    yield table.caption
    yield from (column.name for column in table.columns)
    texts = {column.number for column in table.columns if column.kind is ColumnKind.TEXT}
    for row in table.data_rows:
        for group in row.groups:
            yield group.name
        for cell in row.cells:
            if cell.column in texts and len(cell.text) <= _LONGEST_NAME:
                yield cell.text
                yield from split_values(cell.text)


def interchangeable(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Return the groups of words that may stand for each other: synonyms, everyday words, names, units."""
    agencies = [agency.names for agency in knowledge.agencies]
    places = [place.names for place in knowledge.places]
    units = [(unit.name, *unit.aliases) for unit in knowledge.units]
    return [*knowledge.synonyms, *knowledge.everyday, *agencies, *places, *units]
