"""A name that nothing has is told with the nearest one, wherever one asks for it in a cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab as ddd

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda project: project.flows["lending/borow-item"], "lending/borrow-item"),
        (lambda project: project.flows["borrow-item"], "lending/borrow-item"),
        (lambda project: project.flows["loans/borrow-item"], "lending/borrow-item"),
        (lambda project: project.domains["lendig"], "lending"),
        (lambda project: project.domains["lending"].flows["borow-item"], "lending/borrow-item"),
        (lambda project: project.flows["lending/return-item"].nodes["find_lon"], "find_loan"),
        (lambda project: project.prompt("lending/borow-item"), "lending/borrow-item"),
        (lambda project: project.canvas("lending/borow-item"), "lending/borrow-item"),
    ],
)
def test_the_nearest_name_is_told(ask: Callable[[ddd.Project], object], near: str) -> None:
    with pytest.raises(KeyError, match=f"did you mean '{near}'"):
        ask(ddd.open(FERNHILL, watch=False))


def test_a_name_like_no_other_is_told_with_one_that_is_there() -> None:
    with pytest.raises(KeyError, match=r"there is no flow 'x'; there is 'members/"):
        ddd.open(FERNHILL, watch=False).flows["x"]
