"""Questions written for training and the public passages they ask of in, examples to adapt the model by out.

Example: 钱从哪出 asks of the passage 资金来源为财政补助, its answer is 财政补助; 联系电话是多少 asks of the same
passage what it does not say.

``evals/training/passages.jsonl`` holds the questions and the places of their answers; the passages themselves stay in
the folder of the public sets. No gold article of law_articles and no gold notice of the reporting half is among them.
Each folder of ``evals/training/adapted`` holds made-up ``documents`` and ``questions.jsonl``: a question with the words
that answer it, or with the words nearest to it where nothing in the documents does.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from evals.errors import DataUnknown
from evals.public import law_articles, policy_notices
from evals.public.rows import rows_of
from evals.public.text_index import write_texts
from index.chunks import headings_above, make_chunks
from index.models import ChunkKind

QUESTIONS, CORPORA = "training/passages.jsonl", "training/adapted"
_FOLDERS = ("txt", "docx", "html_gov_cn", "html_guangzhou", "md_procurement", "pdf")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by the title of its document, the headings above it (``headings_above``) and its text."""

    title: str
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with what it stands under, questions with the place of the answer, and questions it does not answer."""

    text: str
    above: str
    title: str
    answered: tuple[tuple[str, int, int], ...]
    near: tuple[str, ...]


def gather(folder: Path) -> list[Example]:
    """Return the examples of the passages in ``folder``, that of the public sets, and of the made-up documents.

    Raises:
        DataUnknown: A passage that is asked about is not there.
    """
    lines = (resources.files("evals") / QUESTIONS).read_text(encoding="utf-8").splitlines()
    found = list(_of_passages(dict(_passages(folder)), map(json.loads, lines)))
    for corpus in sorted(corpora().iterdir()):
        found += of_corpus(corpus)
    return found


def _of_passages(passages: Mapping[str, Passage], rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    for row in rows:
        if row["id"] not in passages:
            raise DataUnknown(f"公开数据里没有题目所问的段落：{row['id']}。")
        passage = passages[row["id"]]
        answered = tuple((question, start, end) for question, start, end in row["answered"])
        yield Example(passage.text, passage.above, passage.title, answered, tuple(row["near"]))


def corpora() -> Path:
    """Return the folder of the made-up corpora."""
    return Path(str(resources.files("evals"))) / CORPORA


def of_corpus(corpus: Path) -> list[Example]:
    """Return the examples of a folder of made-up documents, one for each passage that is asked about.

    Raises:
        DataUnknown: Words that a question goes by stand in no passage.
    """
    passages = [passage for _, passage in _chunks("", parse_corpus(corpus / "documents"))]
    answered: dict[Passage, list[tuple[str, int, int]]] = {}
    near: dict[Passage, list[str]] = {}
    for row in map(json.loads, (corpus / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        quote = row["quote"]
        passage = next((one for one in passages if quote in one.text), None)
        if passage is None:
            raise DataUnknown(f"“{corpus.name}”里没有题目所据的文字：{quote}。")
        own, others = answered.setdefault(passage, []), near.setdefault(passage, [])
        if row["answers"]:
            own.append((row["question"], start := passage.text.index(quote), start + len(quote)))
        else:
            others.append(row["question"])
    return [
        Example(one.text, one.above, one.title, tuple(answered[one]), tuple(near[one]))
        for one in passages
        if one in answered
    ]


def _passages(folder: Path) -> Iterator[tuple[str, Passage]]:
    """Yield each passage of the public sets by the name that the questions give it."""
    for row in rows_of(folder / "law_articles", law_articles.ARTICLES):
        section = tuple(part for part in (row.get("chapter"), row.get("section"), row["article"]) if part)
        above = headings_above(row["law"], section)
        yield f"law:{row['id']}", Passage(row["law"], above, f"{row['article']}　{row['text']}")
    with tempfile.TemporaryDirectory() as temporary:
        notices = {row["id"]: row["text"] for row in rows_of(folder / "policy_notices", policy_notices.NOTICES)}
        yield from _chunks("notice", parse_corpus(write_texts(notices, Path(temporary) / "notices")))
        files = Path(temporary) / "files"
        files.mkdir()
        for name in _FOLDERS:
            for file in sorted((folder / "policy_files" / name).iterdir()):
                shutil.copyfile(file, files / file.name)
        yield from _chunks("file", parse_corpus(files))


def _chunks(kind: str, documents: tuple[ParsedDocument, ...]) -> Iterator[tuple[str, Passage]]:
    titles = {document.info.id: document.info.title for document in documents}
    for chunk in make_chunks(documents):
        if chunk.kind is ChunkKind.CLAUSE:
            title = titles[chunk.document_id]
            yield f"{kind}:{chunk.id}", Passage(title, headings_above(title, chunk.section), chunk.text)
