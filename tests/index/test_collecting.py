"""While many lasting records are made nothing is searched for garbage; afterwards collection goes on."""

import gc

import pytest

from index.collecting import uncollected


def test_collection_goes_on_after_the_block_and_after_an_error_in_it() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()


def test_what_the_block_leaves_behind_is_not_searched_again() -> None:
    before = gc.get_freeze_count()
    with uncollected():
        kept = [[number] for number in range(1000)]

    assert gc.get_freeze_count() - before >= len(kept)
