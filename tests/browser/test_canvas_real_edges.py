"""Real flows in the browser: every line is a path, and leaves from a port that is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from ddd_lab.project import Project
from tests.browser.canvas_page import CanvasPage
from tests.browser.conftest import OpenLab
from tests.browser.viewport import resize

SAMPLE = 8
"""Flows that are looked at: of those that fit the screen, the ones with the most lines."""
FITTING = 12

DRAWN = """
root => ({
  paths: [...root.querySelectorAll(".react-flow__edge")]
    .filter((edge) => (edge.querySelector("path")?.getAttribute("d") ?? "").length > 8)
    .map((edge) => edge.dataset.id),
  ports: [...root.querySelectorAll("[data-port]")]
    .map((port) => [port.closest("[data-card-id]").dataset.cardId, port.dataset.port]),
})
"""


@pytest.fixture(scope="module")
def nexus(open_lab: OpenLab, corpus: Path) -> Iterator[tuple[CanvasPage, Project]]:
    with open_lab() as lab:
        root = lab.root / "real" / "nexus"
        shutil.copytree(corpus / "nexus", root, copy_function=shutil.copyfile)
        canvas = CanvasPage.open(lab, "real/edges", "nexus")
        resize(canvas.page, 1600, 950)
        with Project(root, watch=False) as project:
            yield canvas, project
        assert lab.errors == []


def test_every_line_of_real_flows_is_drawn_from_a_port(nexus: tuple[CanvasPage, Project]) -> None:
    canvas, project = nexus
    fitting = [key for key, flow in project.flows.items() if len(flow.data.nodes) <= FITTING]
    fitting.sort(key=lambda key: (-len(project.flows[key].edges), key))
    for key in fitting[:SAMPLE]:
        flow = project.flows[key].data
        domain = key.partition("/")[0]
        canvas.go(key, "System", project.domains[domain].name, flow.name)
        lines = {f"{e.source} {e.output} → {e.target}" for e in flow.edges}
        expect(canvas.root.locator(".react-flow__edge")).to_have_count(len(flow.edges))
        drawn: Any = canvas.root.evaluate(DRAWN)
        assert set(drawn["paths"]) == lines
        ports = {(card, port) for card, port in drawn["ports"]}
        assert {(e.source, e.output) for e in flow.edges} <= ports
