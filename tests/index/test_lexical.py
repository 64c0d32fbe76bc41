"""Word search: finds, ranks, obeys its scope, and takes nothing in a question for syntax."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.models import ParsedDocument
from index.chunks import make_chunks
from index.errors import IndexBroken, IndexRoomError
from index.lexical import WEIGHTS, Lexical
from index.tokens import Segmenter
from index.word_file import check_sqlite, write_words_of


@pytest.fixture
def lexical(plan: ParsedDocument, notice: ParsedDocument, segmenter: Segmenter, tmp_path: Path) -> Iterator[Lexical]:
    write_words_of(tmp_path / "词 库.sqlite", make_chunks([plan, notice]), segmenter)
    opened = Lexical(tmp_path / "词 库.sqlite", segmenter)
    yield opened
    opened.close()


def _texts(lexical: Lexical, found: list[tuple[str, float]]) -> list[str]:
    ids = [id_ for id_, _ in found]
    chunks = lexical.chunks(ids)
    return [chunks[id_].text for id_ in ids]


def test_the_row_that_holds_the_rare_word_comes_first(lexical: Lexical) -> None:
    assert "沙棘生态减沙工程" in _texts(lexical, lexical.search("沙棘项目由哪个局牵头", 3))[0]


def test_traditional_questions_find_simplified_text(lexical: Lexical) -> None:
    assert lexical.search("綜合治理項目", 5) == lexical.search("综合治理项目", 5) != []


def test_words_of_the_heading_find_the_clause(lexical: Lexical) -> None:
    assert any("防汛" in text for text in _texts(lexical, lexical.search("某县", 5)))


def test_the_document_filter_binds_even_when_another_document_fits_better(lexical: Lexical) -> None:
    hits = lexical.search("十大孔兑水土流失综合治理项目", 10, ["notice"])
    found = lexical.chunks([id_ for id_, _ in hits]).values()
    assert {chunk.document_id for chunk in found} == {"notice"}
    assert lexical.search("水土流失", 10, []) == []
    assert lexical.search("水土流失", 10, ["') OR 1=1 --"]) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        '" OR body:*',
        "NEAR(水 土)",
        "水 AND",
        "a-b.c/d&e+f",
        "body : 水",
        "^水 *",
        "\x00水",
        "(" * 500,
        "-",
        "{a}:",
    ],
)
def test_no_question_is_taken_for_search_syntax(lexical: Lexical, query: str) -> None:
    assert isinstance(lexical.search(query, 5), list)


def test_a_very_long_question_is_searched_by_its_beginning(lexical: Lexical) -> None:
    filler = "".join(chr(0x4E00 + at % 8000) for at in range(100_000))
    assert "沙棘" in _texts(lexical, lexical.search("沙棘生态减沙工程" + filler, 50))[0]


def test_equal_scores_keep_reading_order(lexical: Lexical) -> None:
    assert all(lexical.search("项目 工程", 10) == lexical.search("项目 工程", 10) for _ in range(5))


def test_a_score_is_a_share_of_the_best_match_of_each_field(lexical: Lexical) -> None:
    scores = [score for _, score in lexical.search("沙棘生态减沙工程", 20)]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= sum(WEIGHTS.values())


def test_a_term_weighs_more_the_fewer_chunks_hold_it(lexical: Lexical) -> None:
    weights = lexical.rarity(["孔兑", "项目", "施工"])
    assert weights["项目"] < weights["孔兑"] < weights["施工"]


def test_chunks_come_back_as_they_were_written(lexical: Lexical, plan: ParsedDocument, notice: ParsedDocument) -> None:
    assert lexical.all_chunks() == make_chunks([plan, notice])


def test_chunks_kept_from_before_are_those_that_are_read_anew(lexical: Lexical) -> None:
    ids = [chunk.id for chunk in lexical.all_chunks()]
    every = {chunk.id: chunk for chunk in lexical.all_chunks()}
    assert lexical.chunks(ids[:3]) == {id_: every[id_] for id_ in ids[:3]}
    assert lexical.chunks([*ids[1:5], "none"]) == {id_: every[id_] for id_ in ids[1:5]}


def test_no_more_chunks_are_kept_than_allowed(lexical: Lexical, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.lexical._MOST_KEPT", 1)
    ids = [chunk.id for chunk in lexical.all_chunks()]
    assert len(ids) > 1
    for id_ in ids:
        assert set(lexical.chunks([id_])) == {id_}
        assert len(lexical._kept) == 1


def test_the_index_cannot_be_written_through_the_reader(lexical: Lexical) -> None:
    with pytest.raises(IndexBroken):
        lexical._execute("DELETE FROM chunk", [])


def test_a_damaged_file_is_named_with_the_mending_command(tmp_path: Path, segmenter: Segmenter) -> None:
    (tmp_path / "words.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        Lexical(tmp_path / "words.sqlite", segmenter).search("水", 3)


def test_an_old_sqlite_is_refused_in_chinese() -> None:
    with pytest.raises(IndexRoomError, match=r"3\.34\.0，需要 3\.35"):
        check_sqlite((3, 34, 0))


def test_a_sqlite_without_full_text_search_is_refused_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare(sqlite3.Connection):
        def execute(self, *args: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    connect = sqlite3.connect
    monkeypatch.setattr("index.word_file.sqlite3.connect", lambda path: connect(path, factory=Bare))
    with pytest.raises(IndexRoomError, match="FTS5"):
        check_sqlite()
