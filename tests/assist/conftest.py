"""Fixtures of the assistant's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.workbench import Workbench
from tests.canvas.shop import write_shop


@pytest.fixture
def shop(tmp_path: Path) -> Workbench:
    """The shop of the canvas tests, open, without a watcher."""
    return Workbench(write_shop(tmp_path / "shop"), watch=False)
