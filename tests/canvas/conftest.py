"""Fixtures of the canvas tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Project]:
    """The shop, open, without a watcher."""
    with Project(write_shop(tmp_path / "shop"), watch=False) as project:
        yield project


@pytest.fixture
def look(shop: Project) -> Iterator[Callable[[str], Screen]]:
    """A function that opens a canvas of the shop at a place."""
    opened: list[Screen] = []

    def at(place: str = "") -> Screen:
        opened.append(Screen(shop, place))
        return opened[-1]

    yield at
    for screen in opened:
        screen.canvas.close()
