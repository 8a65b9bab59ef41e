"""Fixtures shared by the tests of weaknesses that others have and we must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop

Shop = Callable[..., Screen]
Reopened = Callable[[Screen, str], Screen]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A function that opens the shop, with other files, on a canvas at a place."""
    opened: list[Screen] = []

    def at(place: str = "", **files: str) -> Screen:
        root = write_shop(tmp_path / "shop", **files)
        opened.append(Screen(Project(root, watch=False), place))
        return opened[-1]

    yield at
    for screen in opened:
        screen.canvas.close()
        screen.project.close()


@pytest.fixture
def reopened() -> Iterator[Reopened]:
    """A function that shows a place of a screen's project as it is on disk."""
    opened: list[Screen] = []

    def again(screen: Screen, at: str) -> Screen:
        opened.append(Screen(Project(screen.project.root, watch=False), at))
        return opened[-1]

    yield again
    for screen in opened:
        screen.canvas.close()
        screen.project.close()
