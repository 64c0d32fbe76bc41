"""A folder of policy files in, parsed documents out: the one door to the readers.

Example: ``parse_corpus(Path("corpus/documents"))`` returns the action plan with its clauses and three tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import front
from corpus.clauses import build_clauses
from corpus.errors import CorpusError, CorpusMissing, FormatUnknown, describe_os_error
from corpus.manifest import KNOWLEDGE_NAME, MANIFEST_NAME, describe_file, read_listed_file, read_manifest
from corpus.models import Clause, ClauseKind, DocumentInfo, ParsedDocument, Span, Table
from corpus.raw import RawText, trim
from corpus.readers.markdown_reader import read_markdown
from corpus.readers.text_reader import read_text
from corpus.remarks import find_remarks
from corpus.tables import build_table

_READERS: dict[str, Callable[[bytes, str], RawText]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_FORMATS = "、".join(_READERS)
_ASIDE = frozenset({MANIFEST_NAME, KNOWLEDGE_NAME})


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of a folder that is not among the documents; ``message`` says why, fit for the user's screen."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class CorpusReading:
    """What a folder gave: every document that could be read, and every file that could not."""

    documents: tuple[ParsedDocument, ...]
    failures: tuple[Failure, ...]


def parse_corpus(folder: Path) -> tuple[ParsedDocument, ...]:
    """Return every document of a folder, in manifest order or by file name.

    One bad file among good ones of a folder without manifest is left out (``scan_corpus`` names it); a bad file that
    a manifest lists is refused, because an office counts on it.

    Raises:
        CorpusMissing: the folder cannot be read or holds no document.
        ManifestInvalid: the manifest is wrong or disagrees with the files.
        CorpusError: a listed file, or every file of the folder, cannot be read.
    """
    return scan_corpus(folder).documents


def scan_corpus(folder: Path) -> CorpusReading:
    """Return the documents of a folder together with the files that could not be read.

    Raises:
        CorpusError: as ``parse_corpus``.
    """
    _require_folder(folder)
    listed = read_manifest(folder)
    if listed is not None:
        documents = [parse_document(info, read_listed_file(folder, info)) for info in listed]
        failures = list(find_unread(folder, {info.file for info in listed}))
    else:
        documents, failures = _scan_files(folder)
    if not documents:
        raise CorpusMissing(f"文件夹“{folder}”中没有政策文件。请放入 {_FORMATS} 格式的文件后重试。")
    return CorpusReading(tuple(documents), tuple(failures))


def find_unread(folder: Path, known: Collection[str]) -> tuple[Failure, ...]:
    """Return the folder's files that are not among ``known`` (paths within the folder), each with the reason.

    Raises:
        CorpusMissing: the folder cannot be read.
    """
    listed = (folder / MANIFEST_NAME).exists()
    strangers = [path for path in _files(folder, aside=False) if path.relative_to(folder).as_posix() not in known]
    return tuple(Failure(path.relative_to(folder).as_posix(), _why_unread(folder, path, listed)) for path in strangers)


def _why_unread(folder: Path, path: Path, listed: bool) -> str:
    name = path.relative_to(folder).as_posix()
    try:
        _reader(name)
        if listed:
            return f"“{name}”没有列入清单 {MANIFEST_NAME}。"
        data = _read(path)
        parse_document(describe_file(folder, path, data), data)
    except CorpusError as error:
        return str(error).replace(str(path), name)
    return "建立索引之后才放入，重新建立索引后收录。"


def _scan_files(folder: Path) -> tuple[list[ParsedDocument], list[Failure]]:
    documents: list[ParsedDocument] = []
    failures: list[Failure] = []
    first: CorpusError | None = None
    for path in _files(folder, aside=False):
        name = path.relative_to(folder).as_posix()
        try:
            _reader(name)  # a file of an unknown kind is named without being read
            data = _read(path)
            documents.append(parse_document(describe_file(folder, path, data), data))
        except CorpusError as error:
            first = first or error
            failures.append(Failure(name, str(error)))
    if not documents and first is not None:
        raise first
    return documents, failures


def parse_document(info: DocumentInfo, data: bytes) -> ParsedDocument:
    """Return one document as understood; what ``info`` does not tell of it (title, status, …) comes from the text.

    Raises:
        FormatUnknown: no reader takes this kind of file.
        FileUndecodable: the bytes are not text in a known encoding.
        FileEmpty: the file holds no text.
    """
    raw = _reader(info.file)(data, info.file)
    clauses, places = build_clauses(info.id, raw)
    info = _completed(info, raw, clauses)
    by_id = {clause.id: clause for clause in clauses}
    names = dict(info.table_names)
    tables: list[Table] = []
    for number, grid in enumerate(raw.grids, start=1):
        tables.append(build_table(raw.text, f"{info.id}/t{number}", grid, by_id[places[grid.span]], names))
    held = {id_: [table for table in tables if table.clause == id_] for id_ in {table.clause for table in tables}}
    clauses = tuple(_without_captions(clause, raw.text, held.get(clause.id, ())) for clause in clauses)
    return ParsedDocument(info, raw.text, clauses, tuple(tables), find_remarks(info, raw.text, clauses, tuple(tables)))


def _without_captions(clause: Clause, text: str, tables: Sequence[Table]) -> Clause:
    """Return a clause whose own text holds no caption of its tables, nor what is noted between caption and table."""
    above = [
        Span(text.rfind("\n", 0, caption.start) + 1, table.span.start)
        for table in tables
        if (caption := table.caption_span) is not None
        and caption.end <= table.span.start
        and caption != clause.heading_span
    ]
    own = clause.own
    for hole in above:
        parts = (part for piece in own for part in _cut(piece, hole))
        own = tuple(part for one in parts if (part := trim(text, one.start, one.end)).end > part.start)
    return replace(clause, own=own) if own != clause.own else clause


def _cut(piece: Span, hole: Span) -> tuple[Span, ...]:
    if not piece.overlaps(hole):
        return (piece,)
    return Span(piece.start, max(hole.start, piece.start)), Span(min(hole.end, piece.end), piece.end)


def corpus_hash(folder: Path) -> str:
    """Return a SHA-256 over the documents, the manifest and the folder's own knowledge, without parsing anything.

    Raises:
        CorpusMissing: the folder cannot be read.
    """
    digest = hashlib.sha256()
    for path in _files(folder, aside=True):
        data = _read(path)
        name = path.relative_to(folder).as_posix().encode()
        digest.update(len(name).to_bytes(8, "big") + name + len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _files(folder: Path, *, aside: bool) -> list[Path]:
    """Return the folder's visible files in a stable order; ``aside`` keeps manifest and knowledge."""
    _require_folder(folder)
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise CorpusMissing(f"无法读取文件夹“{folder}”：{describe_os_error(error)}。请检查权限后重试。") from error
    visible = [p for p in paths if not any(part.startswith((".", "~")) for part in p.relative_to(folder).parts)]
    return [path for path in visible if aside or path.name not in _ASIDE]


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise CorpusMissing(f"找不到文件夹“{folder}”。请用 --corpus 指定存放政策文件的文件夹。")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorpusMissing(f"无法读取文件“{path}”：{describe_os_error(error)}。请检查权限后重试。") from error


def _reader(file: str) -> Callable[[bytes, str], RawText]:
    reader = _READERS.get(Path(file).suffix.lower())
    if reader is None:
        raise FormatUnknown(f"不支持的文件格式：“{file}”。目前可读 {_FORMATS}，请转换后重试。")
    return reader


def _completed(info: DocumentInfo, raw: RawText, clauses: tuple[Clause, ...]) -> DocumentInfo:
    title = next((clause for clause in clauses if clause.kind is ClauseKind.TITLE), None)
    block = "\n".join(span.of(raw.text) for span in title.own) if title else ""
    heading = title.heading if title else ""
    signature = _signature(raw, clauses)
    return replace(
        info,
        title=info.title or heading or Path(info.file).stem,
        status=info.status or front.find_status(block),
        number=info.number or front.find_number(block),
        issuer=info.issuer or front.find_issuer(signature),
        date=info.date or front.find_date(signature) or front.find_issued(block) or front.find_given(raw.text),
    )


def _signature(raw: RawText, clauses: tuple[Clause, ...]) -> str:
    """Return the document's last signature as written; empty where it is not signed."""
    signatures = [clause.span.of(raw.text) for clause in clauses if clause.kind is ClauseKind.SIGNATURE]
    return signatures[-1] if signatures else ""
