"""The acceptance checklist: which items the tests claim to prove with `covers`."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ITEM = re.compile(r"[ST]\d{2}\.\d+")


@cache
def checklist() -> dict[str, dict[str, Any]]:
    """Return the checklist's sections by id; empty when the file is not there.

    The file is `DDD_LAB_CHECKLIST`, else `../shared/checklist.yaml` beside the project.
    """
    path = Path(os.environ.get("DDD_LAB_CHECKLIST", ROOT.parent / "shared" / "checklist.yaml"))
    if not path.is_file():
        return {}
    sections: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return sections


def covered_by(item: pytest.Item) -> list[str]:
    """Return the checklist items that a test claims to prove."""
    return [str(claim) for mark in item.iter_markers("covers") for claim in mark.args]


def check_covers(item: pytest.Item) -> None:
    """Stop the run if a test claims an item that the checklist does not have.

    Raises:
        pytest.UsageError: naming the test and the claim.
    """
    known = {name for section in checklist().values() for name in section["items"]}
    for claim in covered_by(item):
        if not ITEM.fullmatch(claim) or (known and claim not in known):
            raise pytest.UsageError(
                f"{item.nodeid}: covers({claim!r}) is no checklist item; expected one like T01.3"
            )
