"""Small documents and a deterministic model that needs no weights."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.models import (
    Cell,
    Clause,
    ClauseKind,
    Column,
    ColumnKind,
    DocumentInfo,
    Field,
    FieldValue,
    Group,
    ParsedDocument,
    Quantity,
    QuantityForm,
    Row,
    RowKind,
    Span,
    Table,
)
from index.embedder import Embedder
from index.tokens import Segmenter, bigrams

DIMENSIONS = 64


class HashingEmbedder(Embedder):
    """Texts that share character pairs lie close; counts what it is asked to embed."""

    def __init__(self, name: str = "hashing", dimensions: int = DIMENSIONS) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        with self._lock:
            self.embedded.extend(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * self.dimensions
        vector[0] = 0.01
        for pair in bigrams(text):
            vector[int.from_bytes(hashlib.sha256(pair.encode()).digest()[:4]) % self.dimensions] += 1.0
        length = sum(value * value for value in vector) ** 0.5
        return [value / length for value in vector]


class DocumentMaker:
    """Writes a document piece by piece and keeps the spans."""

    def __init__(self, id_: str = "plan", title: str = "某市行动方案") -> None:
        self.id, self.title = id_, title
        self.text = ""
        self._clauses: list[Clause] = []
        self._tables: list[Table] = []

    def write(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        return Span(start, len(self.text))

    def clause(self, label: str, heading: str, body: str, fields: Sequence[tuple[str, str]] = ()) -> DocumentMaker:
        label_span = self.write(label)
        heading_span = self.write(heading)
        span = Span(label_span.start, self.write(body).end)
        made = tuple(
            Field(name, span, tuple(FieldValue(value, span) for value in values.split("、"))) for name, values in fields
        )
        number = f"c{len(self._clauses) + 1}"
        path = (self.title, label + heading)
        kind = ClauseKind.LEVEL3
        self._clauses.append(Clause(number, kind, label, heading, heading_span, span, (span,), None, path, made))
        self.write("\n")
        return self

    def table(
        self, name: str, header: Sequence[Column], rows: Sequence[Sequence[str]], groups: int = 0
    ) -> DocumentMaker:
        """Rows of cell texts; with ``groups`` the first so many cells are the group labels “重点工程1 治理工程”."""
        start = len(self.text)
        made: list[Row] = []
        for number, texts in enumerate(rows, start=1):
            labels = [self.write(text + "\n") for text in texts[:groups]]
            over = tuple(
                Group(*text.split(" ", 1), level, span)
                for level, (text, span) in enumerate(zip(texts, labels, strict=False))
            )
            cells = tuple(self._cell(column, text) for column, text in zip(header, texts[groups:], strict=True))
            span = Span(cells[0].span.start, cells[-1].span.end)
            made.append(Row(number, RowKind.DATA, cells, over, span))
            self.write("\n")
        span = Span(start, len(self.text))
        owner = self._clauses[-1].id if self._clauses else ""
        path = (self.title,)
        table = Table(f"t{len(self._tables) + 1}", name, name, None, owner, path, tuple(header), tuple(made), span)
        self._tables.append(table)
        return self

    def _cell(self, column: Column, text: str) -> Cell:
        self.write("\t")
        span = self.write(text)
        return Cell(column.number, text, span, _quantity(column, text))

    def made(self) -> ParsedDocument:
        info = DocumentInfo(self.id, self.title, f"{self.id}.txt", hashlib.sha256(self.text.encode()).hexdigest())
        return ParsedDocument(info, self.text, tuple(self._clauses), tuple(self._tables))


def _quantity(column: Column, text: str) -> Quantity | None:
    if column.kind is ColumnKind.NUMBER:
        bare = text.lstrip("＞≥")
        sign = {"＞": ">", "≥": "≥"}.get(text[: len(text) - len(bare)], "=")
        scale, unit = ("亿", "元") if column.unit == "亿元" else ("", column.unit)
        return Quantity(text, QuantityForm.NUMBER, Decimal(bare), Decimal(bare), sign, scale, unit)
    if column.kind is ColumnKind.PERIOD:
        low, high = text.split("-")
        return Quantity(text, QuantityForm.PERIOD, Decimal(low), Decimal(high), unit="年")
    return None


PROJECT_COLUMNS = (
    Column(1, "序号", "", ColumnKind.ORDINAL),
    Column(2, "项目名称", "", ColumnKind.TEXT),
    Column(3, "牵头责任单位", "", ColumnKind.TEXT),
    Column(4, "建设时间", "年", ColumnKind.PERIOD),
    Column(5, "2025年前计划投资", "亿元", ColumnKind.NUMBER),
)


def make_plan() -> ParsedDocument:
    maker = DocumentMaker()
    maker.clause("1.", "防沙治沙工程。", "推进沙漠边缘防护林带建设。", [("牵头部门", "市林草局")])
    maker.clause("2.", "水土流失综合治理工程。", "实施十大孔兑综合治理，新建淤地坝147座。", [("牵头部门", "市水利局")])
    maker.table(
        "项目表",
        PROJECT_COLUMNS,
        [
            ["重点工程1 防沙治沙工程", "1", "沙化地综合防治项目", "林草局", "2022-2024", "4.95"],
            ["重点工程2 水土流失综合治理工程", "2", "十大孔兑综合治理项目", "水利局", "2022-2030", "35.79"],
            ["重点工程2 水土流失综合治理工程", "3", "沙棘生态减沙工程", "水利局", "2022-2024", "7.873"],
        ],
        groups=1,
    )
    return maker.made()


def make_notice() -> ParsedDocument:
    maker = DocumentMaker("notice", "某县通知")
    return maker.clause("一、", "总体要求。", "各单位要做好水土流失治理和防汛工作。").made()


@pytest.fixture
def plan() -> ParsedDocument:
    return make_plan()


@pytest.fixture
def notice() -> ParsedDocument:
    return make_notice()


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture(scope="session")
def words_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="session")
def segmenter(words_cache: Path) -> Segmenter:
    return Segmenter(words_cache)


@pytest.fixture
def make_embedder() -> type[HashingEmbedder]:
    return HashingEmbedder


@pytest.fixture(scope="session")
def documents_dir() -> Path:
    return Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="session")
def real_plan(documents_dir: Path) -> ParsedDocument:
    from corpus.parse import parse_corpus

    return parse_corpus(documents_dir)[0]


NOTICES = {
    "防汛.txt": "某县防汛通知\n\n一、总体要求\n各乡镇要加固堤防3公里。\n\n二、责任分工\n县水利局负责巡查。\n",
    "植树.txt": "某县植树通知\n\n一、总体要求\n各乡镇要做好植树造林。\n\n二、责任分工\n县林草局负责验收。\n",
}


@pytest.fixture
def notices_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "政策 文件"
    folder.mkdir()
    for name, text in NOTICES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path, words_cache: Path) -> Path:
    """An empty store whose path holds a space and Chinese characters; the general dictionary is already cached."""
    folder = tmp_path / "索引 库"
    (folder / "models").mkdir(parents=True)
    for file in words_cache.glob("jieba-*"):
        (folder / "models" / file.name).hardlink_to(file)
    return folder


@pytest.fixture
def make_document() -> type[DocumentMaker]:
    return DocumentMaker
