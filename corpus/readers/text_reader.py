"""A plain-text file's bytes in, its text with lines and raw grids out.

Example: “三、主要任务” is a line; the tab-led cells after “指标体系” are a grid.
"""

from __future__ import annotations

from corpus.raw import Line, RawGrid, RawText, line_spans, trim
from corpus.readers.decoding import decode
from corpus.readers.joined_lines import find_lines
from corpus.readers.name_lists import find_name_lists
from corpus.readers.pipe_grids import find_pipe_grids
from corpus.readers.tab_grids import find_tab_grids


def read_text(data: bytes, name: str) -> RawText:
    """Return what stands in a text file.

    Raises:
        FileUndecodable: the bytes are not text in a known encoding.
        FileEmpty: the file holds no text.
    """
    text = decode(data, name)
    spans = line_spans(text)
    taken: set[int] = set()
    grids: list[RawGrid] = []
    for find in (find_tab_grids, find_name_lists, find_pipe_grids):
        for grid, numbers in find(text, spans):
            if taken.isdisjoint(numbers):
                taken.update(numbers)
                grids.append(grid)
    lines = []
    for span in find_lines(text, [span for number, span in enumerate(spans) if number not in taken]):
        kept = trim(text, span.start, span.end)
        if kept.end > kept.start:
            lines.append(Line(kept, kept))
    return RawText(text, tuple(lines), tuple(sorted(grids, key=lambda grid: grid.span)))
