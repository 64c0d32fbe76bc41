"""The run-time tokenizer cuts as the library ``tokenizers`` and the wheel's own engine do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.embedder import make_model
from index.model_card import VOCABULARY_FILE
from index.model_setup import REFERENCE_FOLDER
from index.unigram import Unigram, load_unigram
from index.wheel_weights import Vocabulary

CACHE = Path(__file__).resolve().parents[2] / "index" / "store" / "models"


@pytest.fixture(scope="module")
def unigram() -> Unigram:
    return load_unigram(make_model(CACHE) / VOCABULARY_FILE)


@pytest.fixture(scope="module")
def library() -> Tokenizer:
    return Tokenizer.from_file(str(make_model(CACHE) / REFERENCE_FOLDER / "tokenizer.json"))


def small(pieces: dict[str, float]) -> Unigram:
    """A vocabulary of four marks and ``pieces`` with their scores."""
    import numpy as np

    from index.unigram import longest_by_initial

    names = ("<s>", "<pad>", "</s>", "<unk>", *pieces)
    scores = np.array([0.0, 0.0, 0.0, 0.0, *pieces.values()], np.float32)
    vocabulary = Vocabulary(names, scores, {"\n": " ", "\x01": "", "Ａ": "A"}, 0, 2, 1, 3)
    return Unigram(vocabulary, longest_by_initial(names))


def test_every_line_of_the_plan_is_cut_as_the_library_cuts_it(
    unigram: Unigram, library: Tokenizer, documents_dir: Path
) -> None:
    text = (documents_dir / "ordos-action-plan-draft.txt").read_text(encoding="utf-8")
    differing = [
        line
        for line in text.splitlines()
        if unigram.cut("passage: " + line) != library.encode("passage: " + line).ids[1:-1]
    ]
    assert differing == []


@pytest.mark.parametrize(
    "text", ["～100", "ш类", "①②㎡℃‰", "１２３", "COD≤40mg/L", "a  b", "“十四五”", "（％）", "\ta\r\nb", "●■", "Ⅲ类"]
)
def test_signs_of_policy_text_are_cut_as_the_library_cuts_them(unigram: Unigram, library: Tokenizer, text: str) -> None:
    assert unigram.cut("query: " + text) == library.encode("query: " + text).ids[1:-1]


def test_the_most_probable_cut_wins_over_the_longest_piece() -> None:
    unigram = small({"\u2581": -1.0, "生态": -2.0, "环境": -2.0, "生态环": -9.0, "境": -9.0})
    assert unigram.cut("生态环境") == [4, 5, 6]


def test_what_no_piece_covers_is_unknown_character_by_character() -> None:
    assert small({"\u2581": -1.0, "生": -2.0}).cut("生龘龘生") == [4, 5, 3, 3, 5]


def test_marks_written_in_a_document_are_ordinary_characters() -> None:
    assert small({"\u2581": -1.0}).cut("<s>") == [4, 3, 3, 3]


def test_runs_of_spaces_and_line_ends_count_once() -> None:
    unigram = small({"\u2581": -1.0, "A": -1.0})
    assert unigram.cut("Ａ \n\n A\x01") == [4, 5, 4, 5]
