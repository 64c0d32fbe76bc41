"""Trees written as numbers score like the trees they were. Example: below 0.5 −1, else by the second feature."""

import numpy as np
import pytest

from assistant.understand.cells.trees import LEAF, logistic, read_trees

TREE = [[0, LEAF, 1, LEAF, LEAF], [0.5, -1, 2, 3, 4], [2, 0, 4, 0, 0]]
ALONE = [[LEAF], [10], [0]]


@pytest.mark.parametrize(("row", "value"), [((0.5, 9), -1), ((0.6, 2), 3), ((0.6, 2.1), 4)])
def test_a_row_walks_left_up_to_the_threshold(row: tuple[float, float], value: float) -> None:
    forest = read_trees({"base": 0.25, "depth": 2, "trees": [TREE, ALONE]})
    assert forest.score(np.array([row, row])).tolist() == [value + 10.25] * 2


def test_log_odds_become_chances() -> None:
    assert logistic(np.array([-1000.0, 0.0, 1000.0])) == pytest.approx([0, 0.5, 1])
