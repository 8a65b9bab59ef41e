"""The same edges on the canvas as in a picture: one router leads them, and one table draws them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from ddd_lab.project import Project
from tests.browser.alone import ROOT
from tests.browser.bare import BareLab, bare_lab
from tests.browser.canvas_page import CanvasPage

SHEETS = 6
"""Sheets of a project that are compared: those with the most edges."""
NS = "{http://www.w3.org/2000/svg}"
DRAWN = """
root => [...root.querySelectorAll(".react-flow__edge .ddd-link")].map((path) => ({
  way: path.getAttribute("d"),
  stroke: path.getAttribute("stroke-dasharray") ?? "",
  head: path.parentElement.querySelector(".ddd-arrow")?.getAttribute("d") ?? "",
}))
"""
"""The look of every edge, as the browser has it; from afar edges have no heads."""
Edge = tuple[tuple[float, ...], str, str]


@contextmanager
def canvas_of(
    browser: Browser, tmp_path: Path, source: Path
) -> Iterator[tuple[BareLab, list[str]]]:
    """A canvas of a copy of a project, and its places: the maps and the sheets of most edges."""
    root, page = tmp_path / "project", tmp_path / "page"
    shutil.copytree(source, root, copy_function=shutil.copyfile)
    page.mkdir()
    with bare_lab(browser, page, root, "") as lab:
        flows = lab.project.flows
        largest = sorted(flows, key=lambda key: (-len(flows[key].edges), key))
        yield lab, ["", *lab.project.domains, *largest[:SHEETS]]


def numbers(path: str) -> tuple[float, ...]:
    return tuple(float(number) for number in re.findall(r"-?[\d.]+", path))


def exported(svg: str) -> list[Edge]:
    """The edges of a picture: paths without a fill that have an arrow head beside them."""
    edges: list[Edge] = []
    for group in ElementTree.fromstring(svg).iter(f"{NS}g"):
        paths = [path.attrib for path in group.findall(f"{NS}path")]
        if paths and "transform" in paths[-1]:
            line, head = paths[0], paths[-1]
            edges.append((numbers(line["d"]), line.get("stroke-dasharray", ""), head["d"]))
    return sorted(edges)


def drawn(canvas: CanvasPage) -> list[Edge]:
    """The edges on the canvas."""
    return sorted(
        (numbers(edge["way"]), edge["stroke"], edge["head"]) for edge in canvas.root.evaluate(DRAWN)
    )


def titles(project: Project, at: str) -> list[str]:
    """What the breadcrumb of a place says."""
    domain, _, flow = at.partition("/")
    found = ["System Map"]
    if domain:
        found.append(project.domains[domain].name)
    if flow:
        found.append(project.flows[at].data.name)
    return found


def compare(lab: BareLab, places: list[str]) -> int:
    """Look at every place and compare its edges; returns how many there were."""
    canvas = CanvasPage(lab, lab.page.get_by_role("region", name="DDD Lab canvas"))
    count = 0
    for at in places:
        picture = exported(lab.project.svg(at))
        canvas.go(at, *titles(lab.project, at))
        expect(canvas.root.locator(".react-flow__edge")).to_have_count(len(picture))
        on_canvas = drawn(canvas)
        for one, other in zip(on_canvas, picture, strict=True):
            assert one[0] == pytest.approx(other[0], abs=0.11)
            assert one[1] == other[1]
            assert one[2] in ("", other[2])
        count += len(picture)
    assert lab.errors == []
    return count


def test_the_sample_design_is_drawn_as_it_is_exported(browser: Browser, tmp_path: Path) -> None:
    with canvas_of(browser, tmp_path, ROOT / "notebooks/fernhill") as (lab, places):
        assert compare(lab, places) > 100


@pytest.mark.parametrize("project", ["nexus", "todo-app", "obligo"])
def test_real_designs_are_drawn_as_they_are_exported(
    browser: Browser, tmp_path: Path, corpus: Path, project: str
) -> None:
    with canvas_of(browser, tmp_path, corpus / project) as (lab, places):
        assert compare(lab, places) > 10


CLOSE_DOMAINS = {
    "system.yaml": "system: {name: shop, domains: [{name: orders}, {name: mail}]}\n",
    "system-layout.yaml": "system_layout:\n"
    "  domains: {orders: {x: 0, y: 0}, mail: {x: 260, y: 0}}\n",
    "domains/orders/domain.yaml": "domain: {name: orders, publishes_events: [{event: o.placed}]}\n",
    "domains/mail/domain.yaml": "domain: {name: mail, consumes_events: [{event: o.placed}]}\n",
}
"""Two domains that are stored so close to each other that no label fits between them."""


def test_a_label_without_room_is_shown_while_its_line_is_selected(
    browser: Browser, tmp_path: Path
) -> None:
    for name, text in CLOSE_DOMAINS.items():
        path = tmp_path / "project/specs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "page").mkdir()
    with bare_lab(browser, tmp_path / "page", tmp_path / "project", "") as lab:
        root = lab.page.get_by_role("region", name="DDD Lab canvas")
        expect(root.locator(".ddd-link-grip")).to_have_count(1)
        expect(root.locator(".ddd-link-label")).to_have_count(0)
        root.get_by_role("button", name="o.placed to mail").focus()
        lab.page.keyboard.press("Enter")
        expect(root.locator(".ddd-link-label")).to_have_text("o.placed")
