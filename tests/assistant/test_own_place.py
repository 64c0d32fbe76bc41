"""The place that all documents are of: 全县 and 县里 say no more, unless it is asked who of several pays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.understand.own_place import own_place
from corpus.models import ParsedDocument


def of_county(plan: ParsedDocument, text: str) -> ParsedDocument:
    return replace(plan, info=replace(plan.info, title="禾川县补助办法"), text=text)


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("本办法自印发之日起施行。", "县里补助多少钱", True),
        ("县级财政承担30%。", "县里补助多少钱", False),
        ("县级财政承担30%。", "县里存在哪些困难", True),
    ],
)
def test_the_county_is_named_by_what_is_inside_it_unless_it_pays_a_share(
    plan: ParsedDocument, text: str, key: str, named: bool
) -> None:
    place = own_place([of_county(plan, text)])
    assert place.is_named("县里", key) is named
    assert place.is_named("全县", key)


def test_documents_of_two_places_have_no_place_of_their_own(plan: ParsedDocument) -> None:
    other = replace(plan, info=replace(plan.info, title="青石县补助办法"))
    assert not own_place([of_county(plan, "本办法"), other]).is_named("全县", "全县补助多少")
