"""What is looked up at once is what a walk through everything would have found."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.character_places import CharacterPlaces
from assistant.understand.lexicon import Listed
from assistant.understand.library import Library
from assistant.understand.name_lengths import NameLengths
from corpus.models import DocumentInfo, ParsedDocument, Span

_TEXTS = st.text("甲乙丙\n", max_size=12)


@given(_TEXTS, st.lists(st.text("甲乙丙丁", max_size=2), min_size=1, max_size=3))
def test_characters_stand_where_a_pattern_finds_them(text: str, options: list[str]) -> None:
    pattern = "".join(f"[{choice}]" if choice else "(?!)" for choice in options)
    places = [match.start() for match in re.finditer(f"(?={pattern})", text)]
    assert CharacterPlaces(text).of(options) == places


@given(_TEXTS, st.lists(st.text("甲乙丙", min_size=1, max_size=3), unique=True))
def test_listed_words_are_found_at_every_place_in_the_order_of_the_list(key: str, words: list[str]) -> None:
    found = [
        (number, Span(start, start + len(word)))
        for number, word in enumerate(words)
        for start in range(len(key))
        if key.startswith(word, start)
    ]
    assert Listed(words).places(key) == found


def test_a_listed_word_is_marked_where_nothing_is_taken_and_cuts_no_other_in_two() -> None:
    listed = Listed(["单位", "位"])
    assert list(listed.mark("单位和位", [], set())) == [(0, Span(0, 2)), (1, Span(3, 4))]
    assert list(listed.mark("施工单位", [Span(0, 3)], set())) == [(1, Span(3, 4))]


@given(st.text("甲乙丙", max_size=8), st.lists(st.text("甲乙丙", max_size=4)))
def test_lengths_of_names_leave_out_no_name_that_stands_there(key: str, names: list[str]) -> None:
    lengths = NameLengths(names)
    for start in range(len(key)):
        standing = {len(name) for name in names if len(name) > 1 and key.startswith(name, start)}
        assert standing <= set(lengths.at(key, start))
        assert lengths.at(key, start) == sorted(lengths.at(key, start), reverse=True)


def _document(id_: str, title: str, status: str = "") -> ParsedDocument:
    return ParsedDocument(DocumentInfo(id=id_, title=title, file=f"{id_}.md", sha256="", status=status), "", (), ())


def test_a_library_gives_documents_in_their_order_and_all_of_them_as_no_scope() -> None:
    documents = [_document("a", "办法"), _document("b", "方案"), _document("c", "办法"), _document("d", "办法", "废止")]
    library = Library(documents)
    a, b, c, _ = library.documents
    assert library.among(["c", "x", "a", "c"]) == (a, c)
    assert library.scope(library.among(None)) is None
    assert library.scope(library.among(["d", "c", "b", "a"])) is None
    assert library.scope((c, a)) == ("c", "a")
    assert library.within((c, b), {"a", "b"}) == (b,)
    assert library.namesakes(library.documents, {"a"}) == (a, c)
    assert library.namesakes((a, b), {"a"}) == (a,)
