"""Search words: the documents' own words, both scripts, numbers whole, nothing printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.models import ParsedDocument
from index.dictionary import learn_words, read_words, write_words
from index.tokens import Segmenter, bigrams


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研究与试验发展（R&D）经费", {"r&d", "经费"}),
        ("CCUS工程", {"ccus", "工程"}),
        ("投资35.79亿元", {"35.79", "投资"}),
        ("2022-2024年", {"2022-2024", "2022", "2024"}),
        ("１２３ＡＢＣ", {"123abc"}),
    ],
)
def test_numbers_and_acronyms_are_kept_whole(segmenter: Segmenter, text: str, expected: set[str]) -> None:
    assert expected <= set(segmenter.words(text))


def test_traditional_and_simplified_text_give_the_same_words(segmenter: Segmenter) -> None:
    assert segmenter.words("荒漠化防治與綠色發展") == segmenter.words("荒漠化防治与绿色发展")
    assert bigrams("項目") == bigrams("项目")


@pytest.mark.parametrize(("text", "pairs"), [("十大孔兑", ["十大", "大孔", "孔兑"]), ("水", ["水"]), ("，a1 ", [])])
def test_pairs_stay_inside_a_run(text: str, pairs: list[str]) -> None:
    assert bigrams(text) == pairs


def test_agencies_and_headings_of_the_documents_become_words(plan: ParsedDocument, segmenter: Segmenter) -> None:
    learned = learn_words([plan], ["乌审旗"], segmenter)
    assert {"市林草局", "防沙治沙工程", "牵头责任单位", "乌审旗"} <= {word.text for word in learned}


def test_a_learned_word_is_kept_whole_and_still_found_by_its_parts(
    plan: ParsedDocument, segmenter: Segmenter, words_cache: Path
) -> None:
    taught = Segmenter(words_cache, learn_words([plan], [], segmenter))
    words = taught.words("水土流失综合治理工程由谁负责")
    assert "水土流失综合治理工程" in words
    assert {"水土流失", "治理", "工程"} <= set(words)


def test_learned_words_do_not_leak_into_another_segmenter(segmenter: Segmenter, words_cache: Path) -> None:
    Segmenter(words_cache, [segmenter.learn("孔兑砒砂岩")])
    assert "孔兑砒砂岩" not in Segmenter(words_cache).words("孔兑砒砂岩")


def test_learned_words_survive_the_file(plan: ParsedDocument, segmenter: Segmenter, tmp_path: Path) -> None:
    learned = learn_words([plan], [], segmenter)
    write_words(learned, tmp_path / "dictionary.json")
    assert read_words(tmp_path / "dictionary.json") == learned


def test_loading_prints_nothing_and_leaves_its_cache_in_our_folder(tmp_path: Path) -> None:
    code = "import sys, pathlib, index.tokens as t; t.Segmenter(pathlib.Path(sys.argv[1])).words('行动方案')"
    for _ in range(2):
        done = subprocess.run([sys.executable, "-W", "error", "-c", code, tmp_path], capture_output=True, check=True)
        assert done.stdout + done.stderr == b""
    assert [file.name.startswith("jieba-") for file in tmp_path.iterdir()] == [True]


def test_a_damaged_dictionary_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.tokens._loaded", {})
    Segmenter(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xf3broken")
    monkeypatch.setattr("index.tokens._loaded", {})
    assert "方案" in Segmenter(tmp_path).words("行动方案")
    assert file.stat().st_size > 1_000_000
