"""A question whether a thing is called the same everywhere in, the ways in which the document writes its name out.

Example: 荒漠化那个国际中心的名字统一吗 → …荒漠化治理技术创新中心 in 二、, …荒漠化治理研究中心 in 三、（五）22.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.respond.agreeing.asked import Asked, Compared
from assistant.respond.agreeing.words import name_words, places_named
from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.agreement.variants import Written, are_alike, find_alike, find_written
from corpus.folding import fold
from corpus.models import Span

_LEAST = 4
_EACH = 3
_PAIR = 2
_MARKS = ("“”", "《》")
_MOST = 4


def compare_names(asked: Asked) -> Compared | None:
    """Return every way of writing the name of the thing that the question names; None where only one place has it."""
    if "name" not in asked.said.kinds or not asked.said.compares:
        return None
    for words in _readings(asked):
        keys = [word.of(asked.key) for word in words]
        for ends in (True, False):
            found = _of_one_thing(_written(asked, keys, ends=ends))
            if compared := finding_of(asked, found):
                return compared
        if found:
            return None
    return None


def _written(asked: Asked, words: Sequence[str], *, ends: bool) -> list[Written]:
    """Return the ways of writing a name with ``words``; where that is one way, those that are nearly it too."""
    text, stretches = asked.document.text, asked.stretches
    found = find_written(text, stretches, words, ends=ends)
    if len({one.key for one in found}) == 1:
        found += find_alike(text, stretches, found[0].key)
    return found


def finding_of(asked: Asked, found: Sequence[Written]) -> Compared | None:
    """Return the ways of writing a name as a finding, a few places of each; None where they say no name to be compared.

    That one way of writing is the whole name of something is known where a heading, a row or a question says it all.
    """
    keys = dict.fromkeys(one.key for one in found)
    if not found or len(keys) > _MOST or (len(keys) == 1 and not any(_is_whole(asked, one) for one in found)):
        return None
    shown = [one for key in keys for one in [w for w in found if w.key == key][:_EACH]]
    text = asked.document.text
    statements = tuple(
        Statement(one.stretch.span, one.stretch.place, "", one.span.of(text), differs=len(keys) > 1) for one in shown
    )
    verdict = Verdict.DIFFERS if len(keys) > 1 else Verdict.AGREES
    names = "”与“".join(dict.fromkeys(one.span.of(text) for one in shown))
    finding = Finding(asked.document.info.id, Topic.NAME, shown[0].span.of(text), (), "", "", verdict, statements)
    if len({one.stretch.span for one in found}) < _PAIR:
        return Compared(finding, f"“{names}”只在一处写到，没有第二处可以比对")
    where = "两处" if len(found) == _PAIR else "各处"
    head = f"{where}写法不一致，有“{names}”" if len(keys) > 1 else f"“{names}”{where}写法一致"
    more = "，".join(f"“{key}”共{sum(one.key == key for one in found)}处" for key in keys)
    return Compared(finding, head, f"{more}，这里各列{_EACH}处。" if len(shown) < len(found) else "")


def _readings(asked: Asked) -> Iterator[tuple[Span, ...]]:
    """Yield the words that may be the name: all, then without the last, as long as those are words of a place."""
    places = places_named(asked.question, asked.document)
    first = min((word.start for word in asked.question.words), default=0)
    words = list(name_words(asked.question, asked.said, [place for place in places if place.start > first]))
    headings = "\n".join(fold(clause.label + clause.heading) for clause in asked.document.clauses)
    known = f"{headings}\n{fold(asked.document.info.title)}"
    while len(asked.key[words[0].start : words[-1].end] if words else "") >= _LEAST:
        yield tuple(words)
        last = words.pop()
        if not (last.of(asked.key).isdigit() or _is_pointed_at(asked, last) or not asked.left([last], known)):
            return


def _is_pointed_at(asked: Asked, word: Span) -> bool:
    """Return whether a word stands behind 那个: the asker's own noun for the thing."""
    return any(span.end == word.start for span, kind in asked.said.spans if kind == "pointing")


def _of_one_thing(found: Sequence[Written]) -> list[Written]:
    """Return the ways of writing that are nearly alike; two rows of a table, or two headings, are two things."""
    keys = dict.fromkeys(one.key for one in found)
    whole: dict[str, set[str]] = {key: {_kind(one) for one in found if one.key == key} for key in keys}
    for one, other in combinations(keys, 2):
        if not are_alike(one, other) or (whole[one] & whole[other]) - {""}:
            return []
    return list(found)


def _kind(one: Written) -> str:
    """Return where a name stands as the whole of a heading, group row or cell; empty within other words."""
    place = one.stretch.place
    return (place.table or "clause") if one.span == one.stretch.span and (one.is_name or place.column >= 0) else ""


def _is_whole(asked: Asked, one: Written) -> bool:
    """Return whether a stretch or a pair of marks holds the name and nothing else."""
    text, span = asked.document.text, one.span
    marked = text[span.start - 1 : span.start] + text[span.end : span.end + 1] in _MARKS
    return marked or span == one.stretch.span
