"""One machine in, the product's speed out as ratios measured side by side in one run.

Example: ``python -m evals.bench`` prints 冷启动提问 / import chromadb = 1.4 (bar 3).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from assistant.engine import Assistant
from assistant.settings import Settings, load_settings
from evals.bench_embedding import measure_embedding
from evals.bench_scale import measure_scale
from evals.case_files import load_cases
from evals.metrics.latency import percentile
from index.build import build_index
from index.embedder import open_embedder
from index.reader import open_index

_PAIRS = 5
_BUILDS = 5
_WARM_UP = 5
_ASKERS, _ASKED = 8, 160


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark: what was measured, against what bar, over how many runs."""

    name: str
    value: float
    unit: str
    bar: str
    runs: int


def seconds(work: Callable[[], object]) -> float:
    """Return the wall seconds that ``work`` takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def _process(*arguments: str) -> float:
    """Return the seconds of a fresh process that may keep its bytecode, as an office's own does.

    Where a shell forbids it, some three hundred modules are compiled anew by each process: a third of a second.
    """
    command = [sys.executable, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return seconds(
        lambda: subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    )


def cold_ask(settings: Settings, questions: Sequence[str]) -> list[Figure]:
    """Return the time of one ``ask`` in a fresh process as a multiple of a bare ``import chromadb``, by question."""
    figures = []
    for question in questions:
        ask = ["-m", "assistant", "ask", question, "--index", str(settings.index), "--corpus", str(settings.corpus)]
        pairs = [(_process(*ask), _process("-c", "import chromadb")) for _ in range(_PAIRS + 1)][1:]
        ratio = median(own / bare for own, bare in pairs)
        figures.append(Figure(f"cold ask / import chromadb ({question})", ratio, "x", "<= 3", _PAIRS))
    return figures


def _empty(store: Path) -> None:
    """Remove the index and every embedding from ``store``; what is prepared once a machine stays."""
    for path in store.iterdir():
        if path.is_dir() and path.name != "models":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def build_and_rerun(settings: Settings) -> list[Figure]:
    """Return the full build as a multiple of embedding the same chunks, and the seconds of an unchanged re-run."""
    embedder = open_embedder(settings.model, settings.models)
    index = open_index(settings.index, settings.model, settings.models, settings.corpus)
    texts = [chunk.search_text for chunk in index.chunks]
    index.close()
    embedder.embed_documents(texts[:_WARM_UP])
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        # Word lists and libraries are set up once a machine, like the model: the first build is not counted.
        for number in range(_BUILDS + 1):
            _empty(store)
            built = seconds(lambda: build_index(settings.corpus, store, embedder))
            if number:
                ratios.append(built / seconds(lambda: embedder.embed_documents(texts)))
    rerun = ["-m", "assistant", "index", "--index", str(settings.index), "--corpus", str(settings.corpus)]
    return [
        Figure(f"full build / embedding its {len(texts)} chunks", median(ratios), "x", "<= 1.2", _BUILDS),
        Figure("unchanged re-run", median(_process(*rerun) for _ in range(_PAIRS)), "s", "<= 2", _PAIRS),
    ]


def warm_ask(settings: Settings) -> list[Figure]:
    """Return p50 and p95 of a warm ``ask`` over the question set, in milliseconds, by the kind of the answer."""
    assistant = Assistant.open(settings=settings)
    cases = load_cases()
    times: dict[str, list[float]] = defaultdict(list)
    assistant.warm_up()
    for case in cases[:_WARM_UP]:
        assistant.ask(case.question, case.history)
    for case in cases:
        answer = assistant.ask(case.question, case.history)
        times[answer.kind.value].append(answer.timings_ms["total"])
    assistant.close()
    bars = {"lookup": "p50 <= 10", "passage": "p50 <= 25"}
    return [
        Figure(f"warm ask, {kind}, p{share}", percentile(found, share), "ms", bars.get(kind, ""), len(found))
        for kind, found in sorted(times.items())
        for share in (50, 95)
    ]


def scale(settings: Settings) -> list[Figure]:
    """Return p50 and p95 of a warm lookup as multiples of those with ten tables, by the number of tables."""
    measured = measure_scale(settings.models)
    figures = []
    for one in measured:
        name = f"lookup among {one.tables} tables ({one.right} of {len(one.milliseconds)} right)"
        p50, p95 = (percentile(one.milliseconds, share) for share in (50, 95))
        ratio = p50 / percentile(measured[0].milliseconds, 50)
        figures.append(Figure(f"{name}, p50", p50, "ms", "<= 10", len(one.milliseconds)))
        figures.append(Figure(f"{name}, p95", p95, "ms", "", len(one.milliseconds)))
        figures.append(Figure(f"{name} / among {measured[0].tables}, p50", ratio, "x", "", len(one.milliseconds)))
    return figures


def eight_askers(settings: Settings) -> list[Figure]:
    """Return the slowest and the median answer of eight askers at once as multiples of the serial p50."""
    assistant = Assistant.open(settings=settings)
    cases = [case for case in load_cases() if not case.history][:_ASKED]

    def ask(question: str) -> float:
        return seconds(lambda: assistant.ask(question))

    for case in cases:
        ask(case.question)
    serial = median(ask(case.question) for case in cases)
    with ThreadPoolExecutor(_ASKERS) as askers:
        times = list(askers.map(ask, [case.question for case in cases]))
    assistant.close()
    return [
        Figure("eight askers, slowest answer / serial p50", max(times) / serial, "x", "<= 8", len(times)),
        Figure("eight askers, p50 / serial p50", median(times) / serial, "x", "", len(times)),
    ]


def embedding(settings: Settings) -> list[Figure]:
    """Return the embedder's tokens a second as a multiple of the wheel's own engine, alone and with the CPU busy."""
    measured = measure_embedding(settings.models, settings.corpus)
    return [
        Figure("embedding / wheel's engine, alone", measured.ratio_alone, "x", ">= 5", measured.runs),
        Figure("embedding / wheel's engine, CPU busy", measured.ratio_busy, "x", ">= 5", measured.runs),
        Figure("embedding, alone", measured.tokens_per_s, "tokens/s", "", measured.runs),
        Figure("one query embedded", measured.query_ms, "ms", "", measured.runs),
    ]


def main() -> None:
    """Print every figure of the benchmark."""
    settings = load_settings()
    assistant = Assistant.open(settings=settings)
    questions = [case.question for case in load_cases() if case.category in ("attribute", "text")]
    picked = [next(q for q in questions if assistant.ask(q).kind.value == kind) for kind in ("lookup", "passage")]
    assistant.close()
    measures: tuple[Callable[[], list[Figure]], ...] = (
        lambda: cold_ask(settings, picked),
        lambda: build_and_rerun(settings),
        lambda: warm_ask(settings),
        lambda: eight_askers(settings),
        lambda: scale(settings),
        lambda: embedding(settings),
    )
    for measure in measures:
        for figure in measure():
            said = f"{figure.name:<70} {figure.value:>10.2f} {figure.unit:<9} {figure.bar:<10} n={figure.runs}"
            print(said, flush=True)


if __name__ == "__main__":
    main()
