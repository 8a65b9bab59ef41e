"""What the tests of the memory share: a copy of the sample design, open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ddd_lab.project import Project

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a copy of the sample design."""
    return Path(shutil.copytree(FERNHILL / "specs", tmp_path / "fernhill/specs")).parent


@pytest.fixture
def project(root: Path) -> Project:
    """The copy, open; nobody watches its files."""
    return Project(root, watch=False)
