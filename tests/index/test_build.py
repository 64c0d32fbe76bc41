"""Builds are whole or not at all, and nothing is done twice."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CorpusError
from index.build import build_index
from index.errors import BuildBusy, BuildFailed
from index.generations import current_generation
from index.reader import open_index

STAGES = ("started", "parsed", "embedded", "written", "switched")

KILLED_BUILD = """
import itertools, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from conftest import HashingEmbedder
from index.build import build_index

calls = itertools.count()

def die(reached):
    if reached == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)

build_index(
    Path(sys.argv[2]), Path(sys.argv[3]), HashingEmbedder(),
    progress=lambda done, total: die(f"progress {next(calls)}"), checkpoint=die,
)
"""


def _kill_build(corpus_dir: Path, store: Path, at: str) -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-c", KILLED_BUILD, here, corpus_dir, store, at]
    done = subprocess.run(command, cwd=here.parents[1], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def _add_document(corpus_dir: Path) -> None:
    text = "某县抗旱通知\n\n一、总体要求\n各乡镇要做好抗旱工作。\n\n二、责任分工\n县农牧局负责打井12眼。\n"
    (corpus_dir / "抗旱.txt").write_text(text, encoding="utf-8")


def _generations(store: Path) -> list[str]:
    return sorted(path.name for path in (store / "generations").iterdir())


@pytest.mark.parametrize("stage", ["started", "parsed", "progress 1", "embedded", "written"])
def test_a_build_killed_before_the_switch_leaves_the_previous_index_answering(
    notices_dir: Path, store: Path, embedder: Any, stage: str
) -> None:
    before = build_index(notices_dir, store, embedder)
    _add_document(notices_dir)
    _kill_build(notices_dir, store, stage)
    index = open_index(store, embedder=embedder)
    assert index.stamp == before
    assert index.search("堤防加固", 1)[0].chunk.document_id in {document.info.id for document in index.documents}
    index.close()
    after = build_index(notices_dir, store, embedder)
    assert after.documents == 3
    assert _generations(store) == sorted([before.generation, after.generation])


def test_a_build_killed_after_the_switch_leaves_the_new_index_answering(
    notices_dir: Path, store: Path, embedder: Any
) -> None:
    build_index(notices_dir, store, embedder)
    _add_document(notices_dir)
    _kill_build(notices_dir, store, "switched")
    index = open_index(store, embedder=embedder)
    assert len(index.documents) == 3
    assert "打井" in index.search("谁负责打井", 1)[0].chunk.text
    index.close()


def test_nothing_embedded_before_a_kill_is_embedded_again(notices_dir: Path, store: Path, embedder: Any) -> None:
    _kill_build(notices_dir, store, "embedded")
    build_index(notices_dir, store, embedder)
    assert embedder.embedded == []


def test_only_what_changed_is_embedded(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    assert len(embedder.embedded) == len(set(embedder.embedded)) > 0
    embedder.embedded.clear()
    _add_document(notices_dir)
    build_index(notices_dir, store, embedder)
    assert embedder.embedded
    assert all("抗旱" in text or "打井" in text for text in embedder.embedded)


def test_a_text_that_occurs_twice_is_embedded_once(notices_dir: Path, store: Path, embedder: Any) -> None:
    shutil.copy(notices_dir / "防汛.txt", notices_dir / "防汛副本.txt")
    stamp = build_index(notices_dir, store, embedder)
    assert len(embedder.embedded) == len(set(embedder.embedded)) < stamp.chunks


def test_a_document_put_back_is_not_embedded_again(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    text = (notices_dir / "防汛.txt").read_text(encoding="utf-8")
    (notices_dir / "防汛.txt").unlink()
    build_index(notices_dir, store, embedder)
    embedder.embedded.clear()
    (notices_dir / "防汛.txt").write_text(text, encoding="utf-8")
    build_index(notices_dir, store, embedder)
    assert embedder.embedded == []


def test_another_model_embeds_for_itself(notices_dir: Path, store: Path, make_embedder: type[Any]) -> None:
    build_index(notices_dir, store, make_embedder("甲"))
    other = make_embedder("乙", 32)
    assert build_index(notices_dir, store, other).dimensions == 32
    assert other.embedded


def test_an_unchanged_corpus_is_not_built_again(notices_dir: Path, store: Path, embedder: Any) -> None:
    reached: list[str] = []
    first = build_index(notices_dir, store, embedder, checkpoint=reached.append)
    assert tuple(reached) == STAGES
    again = build_index(notices_dir, store, embedder, checkpoint=reached.append)
    assert again == first
    assert tuple(reached) == STAGES


def test_an_unchanged_rerun_imports_no_chroma_and_no_torch(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from conftest import HashingEmbedder;"
        "from index.build import build_index; build_index(Path(sys.argv[2]), Path(sys.argv[3]), HashingEmbedder());"
        "print([name for name in ('chromadb', 'torch', 'gradio', 'jieba', 'onnxruntime') if name in sys.modules])"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, here, notices_dir, store]
    done = subprocess.run(command, cwd=here.parents[1], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_progress_counts_every_chunk(notices_dir: Path, store: Path, embedder: Any) -> None:
    seen: list[tuple[int, int]] = []
    stamp = build_index(notices_dir, store, embedder, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, stamp.chunks) for done in range(stamp.chunks + 1)]


def test_a_second_build_at_the_same_time_is_turned_away(notices_dir: Path, store: Path, embedder: Any) -> None:
    refused: list[str] = []

    def build_again(stage: str) -> None:
        if stage == "parsed":
            with pytest.raises(BuildBusy) as caught:
                build_index(notices_dir, store, embedder)
            refused.append(str(caught.value))

    build_index(notices_dir, store, embedder, checkpoint=build_again)
    assert "另一个程序正在建立索引" in refused[0]


def _fill_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "step", ["write_documents", "write_words", "write_words_of", "write_facts", "write_vectors", "switch_to"]
)
def test_a_full_disk_leaves_the_previous_index_and_no_litter(
    notices_dir: Path, store: Path, embedder: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = build_index(notices_dir, store, embedder)
    _add_document(notices_dir)
    monkeypatch.setattr(f"index.build.{step}", _fill_disk)
    with pytest.raises(BuildFailed, match="原有索引未受影响"):
        build_index(notices_dir, store, embedder)
    assert current_generation(store).name == before.generation
    assert _generations(store) == [before.generation]
    monkeypatch.undo()
    assert build_index(notices_dir, store, embedder).documents == 3


def test_a_disk_that_really_takes_no_more_is_a_failed_build(documents_dir: Path, store: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from conftest import HashingEmbedder; from index.build import build_index;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "build_index(Path(sys.argv[2]), Path(sys.argv[3]), HashingEmbedder())"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, here, documents_dir, store]
    done = subprocess.run(command, cwd=here.parents[1], check=False, capture_output=True, text=True)
    assert "BuildFailed: 索引未能建立" in done.stderr
    assert not (store / "CURRENT").exists()
    assert _generations(store) == []


def test_an_unreadable_corpus_leaves_the_previous_index(notices_dir: Path, store: Path, embedder: Any) -> None:
    before = build_index(notices_dir, store, embedder)
    (notices_dir / "manifest.toml").write_text("nonsense = [", encoding="utf-8")
    with pytest.raises(CorpusError):
        build_index(notices_dir, store, embedder)
    assert current_generation(store).name == before.generation


def test_a_model_that_fails_leaves_no_litter(notices_dir: Path, store: Path, embedder: Any) -> None:
    def fail(texts: list[str]) -> list[list[float]]:
        raise KeyboardInterrupt

    embedder.embed_documents = fail
    with pytest.raises(KeyboardInterrupt):
        build_index(notices_dir, store, embedder)
    assert _generations(store) == []


def test_the_previous_generation_is_kept_for_open_readers_and_older_ones_go(
    notices_dir: Path, store: Path, make_embedder: Callable[[str], Any]
) -> None:
    made = [build_index(notices_dir, store, make_embedder(name)).generation for name in ("甲", "乙", "丙")]
    assert _generations(store) == sorted(made[1:])


def test_a_damaged_embedding_cache_is_begun_again(notices_dir: Path, store: Path, embedder: Any) -> None:
    build_index(notices_dir, store, embedder)
    (store / "embeddings.sqlite").write_bytes(b"damaged" * 1000)
    _add_document(notices_dir)
    assert build_index(notices_dir, store, embedder).documents == 3


def test_a_damaged_generation_is_built_again(notices_dir: Path, store: Path, embedder: Any) -> None:
    before = build_index(notices_dir, store, embedder)
    (current_generation(store) / "documents.json").write_bytes(b"[")
    after = build_index(notices_dir, store, embedder)
    assert after.generation != before.generation


def test_a_store_that_cannot_be_made_is_a_failed_build(notices_dir: Path, tmp_path: Path, embedder: Any) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BuildFailed, match="索引未能建立"):
        build_index(notices_dir, tmp_path / "文件" / "库", embedder)
