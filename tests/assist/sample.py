"""A copy of the sample design to work on."""

from __future__ import annotations

import shutil
from pathlib import Path

from ddd_lab.workbench import Workbench

FERNHILL = Path(__file__).parents[2] / "notebooks" / "fernhill"


def copied_sample(folder: Path) -> Workbench:
    """The sample in a folder of its own, opened; nothing outside is noticed."""
    shutil.copytree(FERNHILL / "specs", folder / "fernhill" / "specs")
    return Workbench(folder / "fernhill", watch=False)
