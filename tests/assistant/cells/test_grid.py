"""A repeated number is one merged cell. Example: 期末余额 over two columns reaches from column 1 to 2."""

from assistant.understand.cells.grid import make_grid


def test_a_repeated_number_is_one_cell_over_all_its_places() -> None:
    grid = make_grid([[0, 1, 1], [0, 2, 3]], ["项 目", "期末余额", "金额", "比例"])
    assert [(cell.top, cell.left, cell.bottom, cell.right) for cell in grid.cells[:2]] == [(0, 0, 1, 0), (0, 1, 0, 2)]
    assert (grid.height, grid.width, grid.keys[0]) == (2, 3, "项目")
