"""Questions written for training and the public passages they ask of in, examples to adapt the model by out.

Example: 钱从哪出 asks of the passage 资金来源为财政补助, its answer is 财政补助; 联系电话是多少 asks of the same
passage what it does not say.

``evals/training/passages.jsonl`` holds the questions and the places of their answers; the passages themselves stay in
the folder of the public sets. No gold article of law_articles and no gold notice of the reporting half is among them.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from evals.errors import DataUnknown
from evals.public import law_articles, policy_notices
from evals.public.rows import rows_of
from evals.public.text_index import write_texts
from index.chunks import make_chunks
from index.models import ChunkKind

QUESTIONS = "training/passages.jsonl"
_MOST_TITLE, _MOST_ABOVE = 40, 100
_FOLDERS = ("txt", "docx", "html_gov_cn", "html_guangzhou", "md_procurement", "pdf")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with what it stands under, questions with the place of the answer, and questions it does not answer."""

    text: str
    above: str
    title: str
    answered: tuple[tuple[str, int, int], ...]
    near: tuple[str, ...]


def gather(folder: Path) -> list[Example]:
    """Return the examples of the passages in ``folder``, that of the public sets.

    Raises:
        DataUnknown: A passage that is asked about is not there.
    """
    passages = dict(_passages(folder))
    found = []
    lines = (resources.files("evals") / QUESTIONS).read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        if row["id"] not in passages:
            raise DataUnknown(f"“{folder}”里没有题目所问的段落：{row['id']}。")
        title, path, text = passages[row["id"]]
        above = f"{title[:_MOST_TITLE]} {path}"[:_MOST_ABOVE]
        answered = tuple((question, start, end) for question, start, end in row["answered"])
        found.append(Example(text, above, title, answered, tuple(row["near"])))
    return found


def _passages(folder: Path) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield each passage by the name that the questions give it: its document's title, its path and its text."""
    for row in rows_of(folder / "law_articles", law_articles.ARTICLES):
        path = " > ".join(part for part in (row.get("chapter"), row.get("section"), row["article"]) if part)
        yield f"law:{row['id']}", (row["law"], path, f"{row['article']}　{row['text']}")
    with tempfile.TemporaryDirectory() as temporary:
        notices = {row["id"]: row["text"] for row in rows_of(folder / "policy_notices", policy_notices.NOTICES)}
        yield from _chunks("notice", parse_corpus(write_texts(notices, Path(temporary) / "notices")))
        files = Path(temporary) / "files"
        files.mkdir()
        for name in _FOLDERS:
            for file in sorted((folder / "policy_files" / name).iterdir()):
                shutil.copyfile(file, files / file.name)
        yield from _chunks("file", parse_corpus(files))


def _chunks(kind: str, documents: tuple[ParsedDocument, ...]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    titles = {document.info.id: document.info.title for document in documents}
    for chunk in make_chunks(documents):
        if chunk.kind is ChunkKind.CLAUSE:
            yield f"{kind}:{chunk.id}", (titles[chunk.document_id], " > ".join(chunk.section), chunk.text)
