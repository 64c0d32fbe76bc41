"""A template's name and values in, HTML out; everything that a template prints is escaped.

Example: ``render("notice.html.j2", message="<b>")`` returns ``<p class="notice" role="alert">&lt;b&gt;</p>``.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.doors.markdown import render_inline
from assistant.viewing.result_table import sort_key

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def render(template: str, /, **values: object) -> str:
    """Return the template filled with ``values``."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.filters["width"] = name_width
    made.filters["local"] = local_time
    made.filters["sortkey"] = sort_key
    made.filters["marks"] = lambda text, marks: Markup(render_inline(text, marks))  # made of escaped pieces
    return made


def local_time(moment: str) -> str:
    """Return an ISO 8601 time as people of the server's place read it; empty stays empty."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def name_width(text: str) -> str:
    """Return the style of a cell by its length: short ones never break, long ones get room."""
    return "short" if len(text) <= 9 else "long" if len(text) > 24 else "middle"
