"""A design in a folder of a repository of 50,000 files: only its own paths are looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.git.repository import FLOW, change, large_repository


def test_a_status_looks_at_the_designs_paths_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = large_repository(tmp_path / "large")
    for number in range(20):  # nobody asks about those
        (tmp_path / f"large/new{number}").mkdir()
        (tmp_path / f"large/new{number}/file").touch()
    change(root, "label: Basket", "label: Cart")
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    with ddd.open(root, watch=False) as project:
        status = project.git.status()
    monkeypatch.delenv("GIT_TRACE2_EVENT")

    assert [file.path for file in status.files] == [FLOW]
    events = [json.loads(line) for line in trace.read_text().splitlines()]
    started = [event["argv"] for event in events if event["event"] == "start"]
    assert len(started) <= 20, started
    visited = [int(event["value"]) for event in events if event.get("key") == "directories-visited"]
    assert sum(visited) < 20, "folders outside the design were looked through"

    with ddd.open(root, watch=False) as project:
        project.git.stage()
        assert project.git.commit("Cart").files == (FLOW,)
        assert [version.subject for version in project.git.history("orders/place-order")] == [
            *("Cart", "The design")
        ]
