"""The sample design is one to learn from: complete, consistent, and in the guide's own dialect."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import git
import pytest

from ddd_lab.spec.catalogue import is_orchestration
import ddd_lab as ddd
from ddd_lab.maps.data import CardData
from ddd_lab import Project

SAMPLE = Path(__file__).resolve().parents[2] / "notebooks" / "fernhill"


@pytest.fixture(scope="module")
def sample() -> Project:
    return ddd.open(SAMPLE, watch=False)


def test_nothing_is_wrong_with_it(sample: Project) -> None:
    assert [str(problem) for problem in sample.problems] == []


def test_every_node_has_words_and_a_place(sample: Project) -> None:
    bare = [
        f"{key}#{node.id}"
        for key, flow in sample.flows.items()
        for node in flow.data.all_nodes()
        if not node.label or node.position is None
    ]

    assert bare == []


def test_no_two_cards_of_a_sheet_overlap(sample: Project) -> None:
    for key in sample.flows:
        cards = sample.sheet(key)["nodes"]
        overlapping = [
            (one["id"], other["id"])
            for index, one in enumerate(cards)
            for other in cards[index + 1 :]
            if _overlap(one, other)
        ]
        assert overlapping == [], key


def _overlap(one: CardData, other: CardData) -> bool:
    here, there = one["position"], other["position"]
    return (
        -one["width"] < here["x"] - there["x"] < other["width"]
        and -one["height"] < here["y"] - there["y"] < other["height"]
    )


def test_every_domain_of_the_system_map_takes_part(sample: Project) -> None:
    overview = sample.system_map()
    connected = {
        arrow[end]
        for arrow in overview["event_arrows"]
        for end in ("source_domain", "target_domain")
    }

    assert connected == {domain["id"] for domain in overview["domains"]}


def test_it_shows_each_kind_of_flow(sample: Project) -> None:
    flows = [flow.data for flow in sample.flows.values()]
    started = {flow.trigger.spec["type"] for flow in flows if flow.trigger}
    used = {node.type for flow in flows for node in flow.nodes}

    assert started == {"http", "webhook", "cron", "event"}
    assert {flow.type for flow in flows} == {"traditional", "agent"}
    assert any(is_orchestration(flow) for flow in flows)
    assert used >= {"input", "decision", "loop", "parallel", "sub_flow", "llm_call", "human_gate"}
    assert used >= {"guardrail", "agent_loop", "orchestrator", "smart_router", "handoff"}


def test_one_edit_of_it_changes_one_line(
    tmp_path: Path, git_repo: Callable[[Path], git.Repo]
) -> None:
    repo = git_repo(Path(shutil.copytree(SAMPLE, tmp_path / "fernhill")))
    with ddd.open(tmp_path / "fernhill", watch=False) as project:
        project.flows["lending/remind-overdue"].nodes["very_late"].label = "Five weeks late?"
        project.save()

    assert repo.git.diff("--numstat").split("\t")[:2] == ["1", "1"]
