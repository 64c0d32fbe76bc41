"""How the answer to a lookup slows down as tables grow in number: generated tables in, milliseconds and ratios out.

Example: 青山县2021年粮食生产情况表中白水乡的产量是多少, asked of 10, of 1,000 and of 4,932 tables.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from time import perf_counter
from typing import cast

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.knowledge import load_knowledge
from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document
from index.fact_store import write_facts, writing_engine
from index.facts import Facts
from index.models import Hit
from index.reader import Index
from index.tokens import Segmenter

SIZES = (10, 1000, 4932)
QUESTIONS = 60
_ROWS = 8
_LEADS, _RANKS = "青白清红大小东西南北安平永新长兴", "县市区旗"
_SUBJECTS = (
    ("粮食生产情况", ("播种面积（亩）", "产量（吨）", "单产（公斤）")),
    ("公路养护经费", ("里程（公里）", "养护经费（万元）", "桥梁（座）")),
    ("卫生机构统计", ("床位（张）", "医师（人）", "诊疗人次（人）")),
    ("学校基本情况", ("在校学生（人）", "教职工（人）", "校舍面积（亩）")),
    ("水库蓄水情况", ("库容（万吨）", "蓄水量（万吨）", "灌溉面积（亩）")),
    ("企业用电情况", ("用电量（万千瓦）", "电费（万元）", "户数（户）")),
)
_YEARS = range(2015, 2025)


@dataclass(frozen=True, slots=True)
class Scaled:
    """What was measured with ``tables`` tables: milliseconds of each question, and how many were answered right."""

    tables: int
    milliseconds: tuple[float, ...]
    right: int


@dataclass(frozen=True, slots=True)
class _Tables:
    """What an assistant reads of an index where no passage is searched."""

    documents: tuple[ParsedDocument, ...]
    facts: Facts
    segmenter: Segmenter
    findings: tuple[()] = ()

    def search(self, *_: object) -> tuple[Hit, ...]:
        """Return nothing: what is not answered from the tables is not answered."""
        return ()


def measure_scale(models: Path, sizes: Sequence[int] = SIZES, questions: int = QUESTIONS) -> list[Scaled]:
    """Return the times of the same kind of question with each number of tables, warm."""
    made = list(islice(_make_documents(random.Random(1)), max(sizes)))
    return [_measure([document for document, _ in made[:size]], made[:size], models, questions) for size in sizes]


def _measure(
    documents: Sequence[ParsedDocument],
    made: Sequence[tuple[ParsedDocument, tuple[str, str]]],
    models: Path,
    wanted: int,
) -> Scaled:
    asked = [question for _, question in random.Random(2).choices(made, k=wanted)]
    with tempfile.TemporaryDirectory() as folder:
        engine = writing_engine(Path(folder))
        write_facts(engine, documents)
        engine.dispose()
        facts = Facts.open(Path(folder))
        tables = _Tables(tuple(documents), facts, Segmenter(models))
        assistant = Assistant(cast(Index, tables), load_knowledge(None), models)
        for question, _ in asked:
            assistant.ask(question)
        times, right = [], 0
        for question, gold in asked:
            started = perf_counter()
            answer = assistant.ask(question)
            times.append((perf_counter() - started) * 1000)
            right += answer.kind is AnswerKind.LOOKUP and gold in answer.answer
        facts.close()
    return Scaled(len(documents), tuple(times), right)


def _make_documents(chance: random.Random) -> Iterator[tuple[ParsedDocument, tuple[str, str]]]:
    """Yield documents of one table each, with a question about a cell of it and the figure that the cell states."""
    places = [first + second + rank for first, second, rank in product(_LEADS, "山水河湖原川", _RANKS)]
    villages = [first + second + "乡" for first, second in product(_LEADS, "林田桥塘沟坪")]
    frames = [(place, year, subject) for place, year, subject in product(places, _YEARS, _SUBJECTS)]
    chance.shuffle(frames)
    for number, (place, year, (subject, headers)) in enumerate(frames):
        caption = f"{place}{year}年{subject}表"
        names = chance.sample(villages, _ROWS)
        rows = [[name, *(str(chance.randint(100, 99_999)) for _ in headers)] for name in names]
        grid = [["乡镇名称", *headers], ["---"] * (1 + len(headers)), *rows]
        lines = [f"# {caption}", "", *(f"| {' | '.join(row)} |" for row in grid), ""]
        info = DocumentInfo(id=f"t{number}", title=caption, file=f"t{number}.md", sha256="")
        row, column = chance.choice(rows), chance.randrange(len(headers))
        question = f"{caption}中{row[0]}的{headers[column].partition('（')[0]}是多少"
        yield parse_document(info, "\n".join(lines).encode()), (question, row[column + 1])
