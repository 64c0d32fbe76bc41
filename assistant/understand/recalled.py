"""What the answer to an earlier question of a conversation rests on, as far as later questions may speak of it.

Example: 工信局牵头的项目有哪些 → the names of three rows, in the order shown; 方案的五大行动是哪些 → five things.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recalled:
    """What an answer rests on.

    Attributes:
        rows: The names of the table rows and of the headings that it cites, in its order.
        listed: What the sentence or the headings that it cites list.
        around: The headings of the works and measures in whose clauses its sentences stand.
        group: The one group or agency that rows were computed for and the answer names: the one with most of them.
        agency: The one agency that answers who is in charge.
        mentioning: What the rows are called that were found by words in their cells: 提到“光伏”的项目.
        missing: What was asked and refused.
        said: The folded sentences that it cites, where sentences answered.
        is_passage: Whether sentences answered.
        is_open: Whether nothing answered.
    """

    rows: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    group: str = ""
    agency: str = ""
    mentioning: str = ""
    missing: tuple[str, ...] = ()
    said: str = ""
    is_passage: bool = False
    is_open: bool = False


Recall = Callable[[str], Recalled]
"""A question that stands alone → what its answer rests on."""

NOTHING = Recalled()


@dataclass(frozen=True, slots=True)
class Picked:
    """Things picked by number from the list that an earlier answer gave.

    Attributes:
        asked: The number as said: 第二个.
        items: The things, as the list calls them.
        listed_by: The question whose answer is the list.
        standalone: The question as it stands alone: 方案的五大行动中第二个是什么.
    """

    asked: str
    items: tuple[str, ...]
    listed_by: str
    standalone: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An earlier question as it stands alone; ``picked`` where it only asked for things of a list."""

    text: str
    picked: Picked | None = None
