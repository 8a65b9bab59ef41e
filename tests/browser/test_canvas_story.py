"""The whole story: a real design, from the System Map to exactly the changed lines in Git."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import Lab
from tests.browser.viewport import resize

FERNHILL = Path(__file__).parents[2] / "notebooks" / "fernhill"

CELL = """\
flow = project.flows[canvas.at]
again = next(id for id, node in flow.nodes.items() if node.label == "Think again")
flow.nodes[again].spec.description = "Made on the canvas, described in a cell"
flow.add_node("terminal", id="made_in_a_cell", label="Made in a cell", position=(60, 900))
flow.connect(again, "made_in_a_cell")
"""


@dataclass(frozen=True)
class Story:
    """A design, and where in it the story happens.

    Attributes:
        domain, flow: ids on the way down.
        titles: what the breadcrumb says at the end, after the system.
        node, output: where the line to the new node starts.
    """

    domain: str
    flow: str
    titles: tuple[str, str]
    node: str
    output: str

    @property
    def file(self) -> str:
        """Path of the flow's file."""
        return f"specs/domains/{self.domain}/flows/{self.flow}.yaml"


SAMPLE = Story("notices", "ready-to-collect", ("notices", "Ready to collect"), "", "")
NEXUS = Story(
    "content", "create-content", ("Content", "Create Content"), "input-pL8qX2vD", "invalid"
)


@pytest.mark.covers(
    "T01.1", "T01.6", "T02.4", "T05.1", "T06.3", "T07.1", "T12.1", "T12.4", "S01.3", "S01.5",
    "S02.2", "S02.3", "S02.4", "S05.1", "S05.2",
)  # fmt: skip
def test_a_design_is_opened_changed_saved_and_git_sees_just_that(
    lab: Lab, git_repo: Callable[[Path], git.Repo]
) -> None:
    root = lab.root / "story" / "fernhill"
    shutil.copytree(FERNHILL, root, copy_function=shutil.copyfile)
    repo = git_repo(root)
    canvas = CanvasPage.open(lab, "story/story", "fernhill", "", CELL)
    resize(canvas.page, 1600, 1000)
    tell(canvas, SAMPLE, repo, lambda: lab.run_cell(1))
    assert lab.errors == []


def test_the_same_happens_with_a_real_project_in_the_dark(
    browser: Browser,
    corpus_copy: Callable[[str], Path],
    git_repo: Callable[[Path], git.Repo],
) -> None:
    root = corpus_copy("nexus")
    repo = git_repo(root)
    with bare_canvas(browser, root, "") as canvas:
        canvas.lab.set_theme("JupyterLab Dark")
        tell(canvas, NEXUS, repo, lambda: canvas.lab.kernel_eval(CELL))


def tell(
    canvas: CanvasPage, story: Story, repo: git.Repo, run_the_cell: Callable[[], object]
) -> None:
    lab = canvas.lab
    go_down(canvas, story)
    lab.screenshot(f"story-{story.flow}", "section.ddd-root")
    change_by_mouse(canvas, story)
    run_the_cell()
    # What fits the screen is what has arrived.
    expect(canvas.outline).to_contain_text("Made in a cell")
    canvas.button("Fit").click()
    expect(canvas.card("made_in_a_cell")).to_be_visible()
    expect(canvas.field("description")).to_have_value("Made on the canvas, described in a cell")
    promised = save_what_was_promised(canvas)

    assert repo.git.diff("--name-only") == story.file
    assert sorted(changed(repo.git.diff().splitlines())) == sorted(promised)
    assert sum(line.startswith("-") for line in promised) <= 1, "only the line of the output"
    assert any("Think again" in line for line in promised)
    again = "ddd.open(project.root, watch=False).flows[canvas.at]"
    assert lab.kernel_eval(f"{again}.data == flow.data") == "True"

    lab.kernel_eval("while project.undo(): pass")
    canvas.save()
    assert repo.git.status("--porcelain") == ""
    go_up(canvas, story)


def go_down(canvas: CanvasPage, story: Story) -> None:
    canvas.expect_place("System Map")
    canvas.button("Fit").click()
    assert canvas.axe() == []
    canvas.card(story.domain).dblclick()
    canvas.expect_place("System Map", story.titles[0])
    canvas.button("Fit").click()
    assert canvas.axe() == []
    canvas.card(f"flow:{story.flow}").dblclick()
    canvas.expect_place("System Map", *story.titles)
    canvas.button("Fit").click()
    assert canvas.axe() == []


def change_by_mouse(canvas: CanvasPage, story: Story) -> None:
    lab = canvas.lab
    node = story.node or lab.kernel_eval("project.flows[canvas.at].data.nodes[0].id").strip("'")
    outputs = f"project.flows[canvas.at].nodes[{node!r}].outputs"
    output = story.output or lab.kernel_eval(f"{outputs}[-1]").strip("'")
    canvas.place("Process", 160, 480)
    lab.wait_for_kernel("'process' in project.flows[canvas.at].nodes", "True")
    canvas.button("Fit").click()
    canvas.connect(node, output, "process")
    targets = f"project.flows[canvas.at].nodes[{node!r}].connections[{output!r}]"
    lab.wait_for_kernel(f"'process' in {targets}", "True")
    canvas.select("process")
    canvas.fill("label", "Think again")
    ids = "{id.replace('-', '_') for id in project.flows[canvas.at].nodes}"
    lab.wait_for_kernel(f"'think_again' in {ids}", "True")
    assert canvas.axe() == []


def save_what_was_promised(canvas: CanvasPage) -> list[str]:
    """Save from the dialog that shows the difference; returns its added and removed lines."""
    canvas.button("Changes").click()
    lines = canvas.root.get_by_role("region", name="Difference").get_by_role("code")
    expect(lines.first).to_be_visible()
    promised = changed(lines.all_text_contents())
    assert canvas.axe() == []
    canvas.root.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(canvas.saving).to_have_text("Saved")
    return promised


def go_up(canvas: CanvasPage, story: Story) -> None:
    if canvas.root.locator(".react-flow__node.selected").count():
        canvas.press("Escape")  # nothing is selected then
    canvas.press("Backspace")
    canvas.expect_place("System Map", story.titles[0])
    canvas.press("Backspace")
    canvas.expect_place("System Map")


def changed(lines: list[str]) -> list[str]:
    """The added and removed lines of a diff."""
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
