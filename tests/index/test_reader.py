"""An open index is one generation, whole, and fits what it is asked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from index.build import build_index
from index.cache_files import keep_file
from index.errors import IndexBroken, IndexMissing, IndexStale
from index.generations import current_generation
from index.models import ChunkKind
from index.reader import Index, open_index
from index.remedy import DEFAULT_CORPUS, DEFAULT_STORE, rebuild_command


@pytest.fixture(scope="module")
def plan_store(tmp_path_factory: pytest.TempPathFactory, words_cache: Path, documents_dir: Path) -> Path:
    store = tmp_path_factory.mktemp("库 plan")
    (store / "models").symlink_to(words_cache)
    return store


@pytest.fixture
def index(plan_store: Path, documents_dir: Path, embedder: Any) -> Iterator[Index]:
    build_index(documents_dir, plan_store, embedder)
    opened = open_index(plan_store, embedder=embedder)
    yield opened
    opened.close()


def test_documents_come_back_equal_in_every_field(index: Index, documents_dir: Path) -> None:
    assert list(map(asdict, index.documents)) == list(map(asdict, parse_corpus(documents_dir)))


def test_one_search_finds_both_the_row_and_the_clause(index: Index) -> None:
    hits = index.search("水土流失综合治理 十大孔兑 淤地坝 水利局", 10)
    assert {hit.chunk.kind for hit in hits} == {ChunkKind.CLAUSE, ChunkKind.ROW}
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_every_hit_quotes_its_document(index: Index, real_plan: ParsedDocument) -> None:
    for hit in index.search("万元GDP能耗", 20):
        assert hit.chunk.text == hit.chunk.span.of(real_plan.text)


def test_the_same_question_gives_the_same_hits(index: Index, plan_store: Path, embedder: Any) -> None:
    first = index.search("风光氢储", 20)
    again = open_index(plan_store, embedder=embedder)
    assert again.search("风光氢储", 20) == first
    again.close()


@pytest.mark.parametrize("query", ["", "   ", "，。？", "\x00", "zzzz"])
def test_an_empty_question_finds_nothing_or_something_but_never_fails(index: Index, query: str) -> None:
    assert len(index.search(query, 3)) in (0, 3)


def test_an_unknown_document_has_no_hits(index: Index) -> None:
    assert index.search("水利局", 5, documents=["nowhere"]) == ()


def test_a_langchain_retriever_hands_out_verbatim_passages_with_their_place(
    index: Index, real_plan: ParsedDocument
) -> None:
    for document in index.retriever(5).invoke("十大孔兑项目由哪个局牵头"):
        place = document.metadata
        assert document.page_content == real_plan.text[place["start"] : place["end"]]
        assert {"document_id", "section", "kind", "score"} <= set(place)


def test_eight_askers_at_once_get_what_one_gets(index: Index) -> None:
    questions = ["十大孔兑", "淤地坝", "零碳产业园", "绿氢", "农业节水", "乡村旅游", "首席科学家", "人才"] * 4
    alone = [index.search(question, 5) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: index.search(question, 5), questions)) == alone


def test_opening_imports_no_engine_before_a_search_needs_it(index: Index, plan_store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from conftest import HashingEmbedder;"
        "from index.reader import open_index; index = open_index(Path(sys.argv[2]), embedder=HashingEmbedder());"
        "assert index.documents and index.facts.tables();"
        "print([n for n in ('chromadb', 'torch', 'gradio', 'jieba', 'onnxruntime') if n in sys.modules])"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, here, plan_store]
    done = subprocess.run(command, cwd=here.parents[1], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_nothing_built_is_said_with_the_command(tmp_path: Path, embedder: Any) -> None:
    with pytest.raises(IndexMissing, match="policy-assistant index"):
        open_index(tmp_path, embedder=embedder)


def test_a_current_that_names_nothing_is_missing(store: Path, embedder: Any) -> None:
    (store / "CURRENT").write_text("../../etc", encoding="utf-8")
    with pytest.raises(IndexMissing):
        open_index(store, embedder=embedder)


@pytest.mark.parametrize(
    ("name", "dimensions", "said"), [("bge-m3", 64, "由“hashing”变为“bge-m3”"), ("hashing", 32, "由 64 变为 32")]
)
def test_another_model_is_refused_by_name(
    index: Index, plan_store: Path, make_embedder: type[Any], name: str, dimensions: int, said: str
) -> None:
    with pytest.raises(IndexStale, match=f"{said}.*policy-assistant index"):
        open_index(plan_store, embedder=make_embedder(name, dimensions))


def test_another_model_by_setting_is_refused_before_it_is_loaded(index: Index, plan_store: Path) -> None:
    with pytest.raises(IndexStale, match="变为“bge-m3”"):
        open_index(plan_store, model="/data/models/bge-m3")


def test_changed_documents_are_refused_when_they_are_at_hand(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    open_index(store, embedder=embedder, corpus_dir=notices_dir).close()
    (notices_dir / "防汛.txt").write_text("某县防汛通知\n\n一、改了\n另一个要求。\n", encoding="utf-8")
    with pytest.raises(IndexStale, match="文件内容已变化"):
        open_index(store, embedder=embedder, corpus_dir=notices_dir)


@pytest.mark.parametrize(("field", "said"), [("code_version", "程序版本已变化"), ("dictionary_hash", "分词词典已变化")])
def test_a_stranger_is_refused(notices_dir: Path, store: Path, embedder: Any, field: str, said: str) -> None:
    build_index(notices_dir, store, embedder)
    file = current_generation(store) / "stamp.json"
    row = json.loads(file.read_text(encoding="utf-8"))
    row["stamp"][field] = "another"
    file.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(IndexStale, match=f"{said}.*policy-assistant index"):
        open_index(store, embedder=embedder)


def test_tables_kept_elsewhere_are_refused_without_the_address(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    with pytest.raises(IndexStale, match="表格数据库的位置已变化"):
        open_index(store, embedder=embedder, database="postgresql://host/db")


@pytest.mark.parametrize("name", ["documents.json", "dictionary.json", "words.sqlite", "facts.sqlite", "stamp.json"])
def test_a_half_written_file_is_found_at_opening(notices_dir: Path, store: Path, embedder: Any, name: str) -> None:
    build_index(notices_dir, store, embedder)
    file = current_generation(store) / name
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        open_index(store, embedder=embedder)
    file.unlink()
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        open_index(store, embedder=embedder)


def test_a_missing_vector_store_is_found_by_the_search(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    for file in sorted((current_generation(store) / "chroma").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    index = open_index(store, embedder=embedder)
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        index.search("防汛", 1)
    index.close()


def test_an_open_index_answers_as_before_while_it_is_rebuilt(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    index = open_index(store, embedder=embedder)
    assert index.is_current
    before = index.search("堤防", 5)
    (notices_dir / "防汛.txt").write_text("某县通知\n\n一、总体要求\n全部换掉。\n", encoding="utf-8")
    build_index(notices_dir, store, embedder)
    assert not index.is_current
    assert index.search("堤防", 5) == before
    index.close()


def test_readers_during_rebuilds_see_old_or_new_and_never_half(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    seen: list[tuple[str, int, int]] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            index = open_index(store, embedder=embedder)
            hits = index.search("总体要求 责任分工", 50)
            seen.append((index.stamp.generation, index.stamp.chunks, len(hits)))
            assert {hit.chunk.document_id for hit in hits} == {document.info.id for document in index.documents}
            index.close()

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(3):
            text = f"某县第{number}号通知\n\n一、总体要求\n做好第{number}项工作。\n\n二、责任分工\n各单位落实。\n"
            (notices_dir / f"新{number}.txt").write_text(text, encoding="utf-8")
            build_index(notices_dir, store, embedder)
        is_over.set()
        for reader in readers:
            reader.result()
    assert all(chunks == hits for _, chunks, hits in seen)
    assert len(seen) > 3


def test_the_mending_command_names_the_store_and_the_documents_it_was_built_from(
    notices_dir: Path, store: Path, embedder: Any
) -> None:
    build_index(notices_dir, store, embedder)
    command = rebuild_command(store, notices_dir)
    assert "--corpus" in command and "--index" in command
    (notices_dir / "新.txt").write_text("某县新通知\n\n一、甲\n乙。\n", encoding="utf-8")
    with pytest.raises(IndexStale, match=re.escape(f"请运行 {command} 重建")):
        open_index(store, embedder=embedder, corpus_dir=notices_dir)
    (current_generation(store) / "documents.json").write_bytes(b"")
    with pytest.raises(IndexBroken, match=re.escape(f"请运行 {command} 重建")):
        open_index(store, embedder=embedder)
    (current_generation(store) / "stamp.json").unlink()
    with pytest.raises(IndexBroken, match="--corpus '文件夹' --index"):
        open_index(store, embedder=embedder)


def test_the_command_for_the_default_folders_is_short(tmp_path: Path) -> None:
    assert rebuild_command(DEFAULT_STORE, DEFAULT_CORPUS) == "policy-assistant index"
    assert rebuild_command(DEFAULT_STORE) == "policy-assistant index"
    assert rebuild_command(tmp_path) == f"policy-assistant index --index {tmp_path}"


def test_processes_that_keep_the_same_cache_file_leave_one_whole_file(tmp_path: Path) -> None:
    (tmp_path / "words.bin.1.tmp").write_bytes(b"half of another pro")
    keep_file(tmp_path / "words.bin", b"whole")
    assert (tmp_path / "words.bin").read_bytes() == b"whole"
    assert (tmp_path / "words.bin.1.tmp").exists()
    (tmp_path / "file").write_bytes(b"")
    keep_file(tmp_path / "file" / "words.bin", b"nowhere to go")
