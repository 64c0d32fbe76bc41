"""The first chunks of many documents are put in the order of what reading them together with the question says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.models import ParsedDocument, Span
from index.joint_model import HEADINGS, ReadTogether
from index.lexical import Matches
from index.models import Chunk, ChunkKind
from index.order import Ranked
from index.read_order import LEAST, MOST, READ_FEATURES, how_many, in_read_order, load_weights


class Reads:
    """Says of each text that it answers as well as ``odds`` has it."""

    def __init__(self, odds: dict[str, float]) -> None:
        self.odds, self.read = odds, list[tuple[str, str]]()

    def read_together(self, question: str, above: str, text: str) -> ReadTogether | None:
        del question
        self.read.append((above, text))
        odds = self.odds.get(text, -3.0)
        return ReadTogether(odds, np.array([[0, len(text)]], np.int32), np.array([odds], np.float32))


class ReadsNothing:
    """Is a model that reads nothing together."""

    def read_together(self, question: str, above: str, text: str) -> None:
        del question, above, text


def ranked(document: ParsedDocument, count: int) -> Ranked:
    chunks = [
        Chunk(str(n), document.info.id, ChunkKind.CLAUSE, f"段{n}", f"段{n}", Span(0, 2), ("章" * 60,), "c1")
        for n in range(count)
    ]
    return Ranked("问", "问什么", [], chunks, Matches({}, ()), {document.info.id: document})


def test_a_chunk_that_answers_passes_those_that_do_not(plan: ParsedDocument) -> None:
    places, scores = in_read_order(ranked(plan, 4), [0, 1, 2, 3], [2.0, 1.9, 1.8, 1.7], Reads({"段2": 6.0}))

    assert places == [2, 0, 1, 3]
    assert scores == sorted(scores, reverse=True)


def test_of_more_only_the_first_are_read_and_none_is_lost(plan: ParsedDocument) -> None:
    count = MOST + 5
    reads = Reads({f"段{count - 1}": 9.0})
    places, scores = in_read_order(ranked(plan, count), range(count), [-float(n) for n in range(count)], reads)

    assert len(reads.read) == MOST
    assert sorted(places) == list(range(count))
    assert places[MOST:] == list(range(MOST, count))
    assert scores == sorted(scores, reverse=True)


def test_of_long_chunks_fewer_are_read(plan: ParsedDocument) -> None:
    short = ranked(plan, MOST + 5)
    long = replace(short, chunks=[replace(chunk, search_text="段" * 300) for chunk in short.chunks])

    assert how_many(short, range(MOST + 5)) == MOST
    assert how_many(long, range(MOST + 5)) == LEAST
    assert how_many(long, range(3)) == 3


def test_what_is_read_stands_below_the_end_of_its_headings(plan: ParsedDocument) -> None:
    reads = Reads({})
    in_read_order(ranked(plan, 1), [0], [1.0], reads)

    assert reads.read == [("章" * HEADINGS, "段0")]


def test_where_no_model_reads_together_the_order_stays(plan: ParsedDocument) -> None:
    assert in_read_order(ranked(plan, 3), [2, 0, 1], [3.0, 2.0, 1.0], ReadsNothing()) == ([2, 0, 1], [3.0, 2.0, 1.0])


def test_nothing_found_is_nothing_in_order(plan: ParsedDocument) -> None:
    assert in_read_order(ranked(plan, 0), [], [], Reads({})) == ([], [])


@pytest.mark.parametrize("name", READ_FEATURES)
def test_nothing_that_speaks_for_a_chunk_counts_against_it(name: str) -> None:
    assert load_weights()[READ_FEATURES.index(name)] >= 0
