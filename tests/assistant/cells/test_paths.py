"""What stands over and beside a cell. Example: 账面余额 under 期末数 heads the second column."""

import numpy as np

from assistant.understand.cells.grid import make_grid
from assistant.understand.cells.layout import Layout
from assistant.understand.cells.paths import find_paths


def heads(size: int, *numbers: int) -> np.ndarray:
    return np.isin(np.arange(size), numbers).astype(float)


def test_a_cell_is_headed_by_every_level_over_it() -> None:
    grid = make_grid([[0, 1, 1], [0, 2, 3], [4, 5, 6]], ["项目", "期末数", "余额", "准备", "预付房租", "9", "8"])
    paths = find_paths(grid, Layout(heads(7, 0, 1, 2, 3), heads(7, 4)))
    assert (paths[6].row, paths[6].column) == ((4,), (3, 1))


def test_a_pair_ends_where_the_next_pair_begins() -> None:
    grid = make_grid([[0, 1, 2, 3]], ["品牌", "甲", "颜色", "黑"])
    paths = find_paths(grid, Layout(heads(4), heads(4, 0, 2)))
    assert [paths[number].row for number in (1, 3)] == [(0,), (2,)]


def test_a_title_over_a_block_is_an_outer_head() -> None:
    grid = make_grid([[0, 0], [1, 2], [3, 3], [4, 5]], ["甲组", "长度", "1", "乙组", "长度", "2"])
    paths = find_paths(grid, Layout(heads(6, 0, 3), heads(6, 1, 4)))
    assert paths[5].row == (4,)
    assert 3 in (*paths[5].column, *paths[5].outer)
    assert 0 not in (*paths[5].column, *paths[5].outer)
