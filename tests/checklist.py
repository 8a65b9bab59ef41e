"""The acceptance checklist: which items the tests claim to prove with `covers`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest
import yaml


class Section(TypedDict):
    """One part of the checklist: its title and the text of each item by the item's id."""

    title: str
    items: dict[str, str]


@cache
def checklist() -> dict[str, Section]:
    """Return the sections of `tests/acceptance.yaml` by id."""
    path = Path(__file__).with_name("acceptance.yaml")
    sections: dict[str, Section] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return sections


def covered_by(item: pytest.Item) -> list[str]:
    """Return the checklist items that a test claims to prove."""
    return [str(claim) for mark in item.iter_markers("covers") for claim in mark.args]


def check_covers(item: pytest.Item) -> None:
    """Stop the run if a test claims an item that the checklist does not have.

    Raises:
        pytest.UsageError: naming the test and the claim.
    """
    for claim in covered_by(item):
        if not any(claim in section["items"] for section in checklist().values()):
            raise pytest.UsageError(
                f"{item.nodeid}: covers({claim!r}) is no checklist item; expected one like T01.3"
            )
