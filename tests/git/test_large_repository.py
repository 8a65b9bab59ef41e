"""A design in a folder of a repository of 50,000 files: only its own paths are looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.canvas.shop import write_shop
from tests.git.repository import FLOW, change, run_git

FOLDERS, EACH = 500, 100


def large_repository(folder: Path) -> Path:
    """A repository with 50,000 files and a design in a folder of it; returns the design's."""
    root = write_shop(folder / "designs/shop")
    run_git(folder, "init", "-q", "-b", "main")
    who = "committer Ada <ada@example.org> 1700000000 +0000"
    lines = ["blob", "mark :1", "data 5", "code", ""]
    lines += ["commit refs/heads/main", who, "data 3", "All"]
    lines += [
        f"M 100644 :1 src/package{number}/module{other}.py"
        for number in range(FOLDERS)
        for other in range(EACH)
    ]
    run_git(folder, "fast-import", "--quiet", given="\n".join([*lines, ""]).encode())
    run_git(folder, "reset", "-q")
    run_git(folder, "add", "designs")
    run_git(folder, "commit", "-qm", "The design")
    return root


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
