"""Real flows in the browser: every line is a path, and leaves from a port that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas

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


def test_every_line_of_real_flows_is_drawn_from_a_port(
    browser: Browser, corpus_copy: Callable[[str], Path]
) -> None:
    with bare_canvas(browser, corpus_copy("nexus"), "") as canvas:
        project = canvas.lab.project
        fitting = [key for key, flow in project.flows.items() if len(flow.data.nodes) <= FITTING]
        fitting.sort(key=lambda key: (-len(project.flows[key].edges), key))
        for key in fitting[:SAMPLE]:
            flow = project.flows[key].data
            domain = key.partition("/")[0]
            canvas.go(key, "System Map", project.domains[domain].name, flow.name)
            lines = {f"{e.source} {e.output} → {e.target}" for e in flow.edges}
            expect(canvas.root.locator(".react-flow__edge")).to_have_count(len(flow.edges))
            drawn: Any = canvas.root.evaluate(DRAWN)
            assert set(drawn["paths"]) == lines
            ports = {(card, port) for card, port in drawn["ports"]}
            assert {(e.source, e.output) for e in flow.edges} <= ports
