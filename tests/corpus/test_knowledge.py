"""Built-in vocabulary and an office's own words join; unknown keys are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ManifestInvalid
from corpus.knowledge import load_knowledge

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def test_the_built_in_lexicon_holds_no_office():
    knowledge = load_knowledge(None)
    assert not knowledge.agencies and not knowledge.places
    assert {"lead_agency", "responsible_agency", "amount", "place", "period", "target"} <= set(knowledge.lexicon)


def test_headers_name_their_attribute(plan):
    knowledge = load_knowledge(None)
    named = [knowledge.attribute_of_header(column.name) for column in plan.tables[2].columns]
    assert [one.name if one else None for one in named] == [
        "ordinal",
        "name",
        "place",
        "lead_agency",
        "period",
        "amount",
        "content",
    ]


def test_every_agency_and_place_of_the_tables_is_known(plan):
    knowledge = load_knowledge(DOCUMENTS)
    agencies = {name for one in knowledge.agencies for name in one.names}
    assert {row.cells[3].text for row in plan.tables[2].data_rows} <= agencies
    works = [clause for clause in plan.clauses if clause.fields]
    assert {value.text for one in works for field in one.fields for value in field.values} <= agencies


def test_a_collective_place_names_its_members_only_where_the_text_says_which():
    places = {place.name: place for place in load_knowledge(DOCUMENTS).places}
    assert len(places["全市9个旗区"].members) == 9
    assert "康巴什区" not in places["除康巴什外的8个旗区"].members
    assert places["全市8个旗区"].members == ()


def test_unknown_keys_are_refused(tmp_path):
    (tmp_path / "knowledge.toml").write_text('colour = "red"\n', encoding="utf-8")
    with pytest.raises(ManifestInvalid, match="colour"):
        load_knowledge(tmp_path)
