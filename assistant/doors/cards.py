"""The conversation as HTML: turns in, their cards made of escaped pieces out.

Example: a refusal becomes a calm card “文件中没有找到依据” with what is missing and the nearest clauses.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from markupsafe import Markup

from assistant.conversations.models import StandardAnswer, Turn
from assistant.doors.charts import draw_bars, draw_periods
from assistant.doors.markdown import render_markdown
from assistant.doors.templating import render
from assistant.models import Citation
from assistant.viewing.card import Card
from corpus.models import ParsedDocument

MANY_CITATIONS = 6
"""Above this number the list of sources is folded."""

LONGEST_QUESTION = 500
"""Characters of a question shown over its answer."""

SEARCH_RANGE = "检索范围"
"""What the choice of documents is called."""


def render_turn(turn: Turn, card: Card | None, standard: StandardAnswer | None = None) -> str:
    """Return one question with its card; without one it is waited for, or was stopped."""
    shown = turn.question.strip()
    shown = shown if len(shown) <= LONGEST_QUESTION else shown[:LONGEST_QUESTION] + "……"
    return render("turn.html.j2", turn=turn, shown=shown, inside=Markup(render_card(turn.id, card, standard)))


def render_card(turn: str, card: Card | None, standard: StandardAnswer | None = None) -> str:
    """Return the inside of a turn: sentence first, then conflicts, table, chart, calculation, sources."""
    if card is None:
        return ""
    text = Markup(render_markdown(card.text, card.marks, card.table is None, len(card.row_sources)))
    return render(
        "card.html.j2",
        turn=turn,
        card=card,
        answer=card.answer,
        text=text,
        charts=_charts(card),
        standard=standard,
        many=MANY_CITATIONS,
        payload=_payload,
    )


@dataclass(frozen=True, slots=True)
class Charts:
    """Drawings: that of a computation, those of what the answer tells, and those that unfold."""

    computed: Markup
    told: tuple[Markup, ...]
    folded: tuple[Markup, ...]


def _charts(card: Card) -> Charts:
    drawn: list[tuple[bool, str]] = []
    drawn += [(card.tells(figures), draw_bars(figures)) for figures in card.figures]
    if card.periods:
        drawn.append((card.tells_periods, draw_periods(card.periods)))
    told, folded = (tuple(Markup(chart) for is_told, chart in drawn if is_told is which) for which in (True, False))
    return Charts(Markup(draw_bars(card.computed, card.answer.standalone) if card.computed else ""), told, folded)


def render_asks(title: str, questions: Sequence[str], style: str = "next") -> str:
    """Return questions that one click asks; nothing where there are none."""
    return render("asks.html.j2", title=title, questions=questions, style=style) if questions else ""


def render_header(name: str, documents: Sequence[ParsedDocument]) -> str:
    """Return the product's name and the loaded documents with issuer, number, date and status."""
    return render("header.html.j2", name=name, documents=documents)


def render_welcome(examples: Sequence[str]) -> str:
    """Return what an empty conversation shows: what can be asked, with example questions."""
    return render("welcome.html.j2", examples=examples)


def render_notice(message: str) -> str:
    """Return what went wrong, for the strip over the input; an empty message leaves it empty."""
    return render("notice.html.j2", message=message)


def range_name(chosen: Sequence[str], documents: int) -> str:
    """Return what the choice is called: with nothing chosen all documents are searched."""
    return f"{SEARCH_RANGE}：{f'所选 {len(chosen)} 个文件' if chosen else f'全部 {documents} 个文件'}"


def _payload(citation: Citation) -> str:
    return json.dumps(asdict(citation), ensure_ascii=False)
