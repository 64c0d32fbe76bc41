"""The panel of sources as HTML: a source in, its title, address and highlighted quote out.

Example: a cited cell is shown in its table, marked, between its neighbours.
"""

from __future__ import annotations

from html import escape

from assistant.doors.rendering import name_width, render_status
from assistant.respond.sources import Excerpt, Grid, GridCell, GridRow, Source
from corpus.models import RowKind


def render_panel() -> str:
    """Return the empty panel; its script fills it and moves between the citations of one answer."""
    return (
        '<div class="veil" data-panel="close"></div>'
        '<section class="sheet" role="dialog" aria-label="来源" tabindex="-1" hidden>'
        '<header><h2>来源 <span class="position"></span></h2>'
        '<button type="button" data-panel="previous" aria-label="上一条来源">上一条</button>'
        '<button type="button" data-panel="next" aria-label="下一条来源">下一条</button>'
        '<button type="button" class="close" data-panel="close" aria-label="关闭来源">关闭</button></header>'
        '<div class="source" aria-live="polite"></div></section>'
    )


def render_source(source: Source) -> str:
    """Return the inside of the panel for one citation."""
    info, citation = source.info, source.citation
    facts = " · ".join(escape(fact) for fact in (info.issuer, info.number, info.date) if fact)
    page = f"第 {citation.page} 页" if citation.page is not None else ""
    path = " › ".join(source.section)
    places = ("" if path in citation.locator else path, citation.locator, page)
    address = "".join(f'<p class="address">{escape(place)}</p>' for place in places if place)
    body = _render_grid(source.grid) if source.grid else _render_excerpt(source.passage)
    return (
        f'<div class="about"><p class="title">《{escape(info.title)}》{render_status(info.status)}</p>'
        + (f'<p class="facts">{facts}</p>' if facts else "")
        + f"{address}</div>{body}"
    )


def render_trouble(message: str) -> str:
    """Return the inside of the panel where a source cannot be shown."""
    return f'<p class="notice" role="alert">{escape(message)}</p>'


def _render_excerpt(passage: Excerpt | None) -> str:
    return f'<div class="passage">{_marked(passage)}</div>' if passage else ""


def _marked(passage: Excerpt) -> str:
    quote = f"<mark>{escape(passage.quote)}</mark>" if passage.quote else ""
    return f"{escape(passage.before)}{quote}{escape(passage.after)}"


def _render_grid(grid: Grid) -> str:
    head = "".join(f'<th scope="col" class="{name_width(name)}">{escape(name)}</th>' for name in grid.columns)
    rows = "".join(_render_row(row, len(grid.columns)) for row in grid.rows)
    return (
        f'<p class="caption">{escape(grid.name)}</p>{_hidden(grid.hidden_before, "前面")}'
        '<div class="scroll" tabindex="0" role="region" aria-label="来源表格"><table class="grid">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{_hidden(grid.hidden_after, '后面')}"
    )


def _hidden(count: int, where: str) -> str:
    return f'<p class="hidden-rows">{where}还有 {count} 行</p>' if count else ""


def _render_row(row: GridRow, width: int) -> str:
    style = f"{row.kind.value}{' cited' if row.cited else ''}"
    if row.kind is RowKind.GROUP:
        inner = "　".join(_marked(cell.content) for cell in row.cells)
        return f'<tr class="{style}"><th scope="rowgroup" colspan="{width}"><span>{inner}</span></th></tr>'
    return f'<tr class="{style}">' + "".join(_render_cell(cell) for cell in row.cells) + "</tr>"


def _render_cell(cell: GridCell) -> str:
    names = [name_width(cell.content.text)]
    names += ["carried"] if cell.carried else []
    names += ["marked"] if cell.content.quote else []
    return f'<td class="{" ".join(names)}"><div>{_marked(cell.content)}</div></td>'
