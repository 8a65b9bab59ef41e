"""The Implementation panel where something is missing or broken, and for every eye and hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

import ddd_lab as ddd
from ddd_lab.implementation.runs.starting import prepared
from tests.browser.lab import Lab
from tests.browser.panel_page import PanelPage
from tests.browser.server import JupyterServer
from tests.lab.conftest import FLOW, TEST, Design, design_below
from tests.trusting import trusting

UNTIL_ASKED = """
import os, time

def test_the_limit():
    while not os.path.exists("go"):
        time.sleep(0.05)
"""
"""A test that ends when the person has seen that it runs."""


def settings(design: Design, command: str) -> None:
    """Name another program in Claude Code's place."""
    file = design.root / ".ddd/config.yaml"
    found: dict[str, Any] = json.loads(file.read_text())
    found["claude_code"] = {"command": command}
    file.write_text(json.dumps(found))
    trusting(design.root)


def test_what_is_missing_or_broken_is_said_with_what_to_do(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    settings(design, "/no/such-claude")
    panel = PanelPage.beside_spec(lab, design)

    # No Claude Code: how to get it, and the prompt to take along.
    panel.build(FLOW)
    expect(panel.root.get_by_role("alert")).to_contain_text("/no/such-claude")
    with lab.page.expect_download() as download:
        panel.press("Save prompt as file")
    assert f"Implement {FLOW}" in Path(download.value.path()).read_text("utf-8")
    expect(panel.button("Run")).to_have_count(0)
    expect(panel.button("Cancel")).to_have_count(1)
    # Pages that are served without encryption have no clipboard of the browser's own.
    lab.page.context.grant_permissions(["clipboard-read"])
    lab.page.evaluate(
        """() => {
            window.clipboard = navigator.clipboard;
            const value = undefined;
            Object.defineProperty(navigator, "clipboard", { value, configurable: true });
        }"""
    )
    panel.press("Copy prompt")
    expect(panel.said).to_have_text("The prompt was copied")
    copied = lab.page.evaluate("() => window.clipboard.readText()")
    assert f"Implement {FLOW}" in copied
    lab.page.evaluate("() => { delete navigator.clipboard; }")

    # A mapping that cannot be read: where, and everything else goes on.
    (design.root / ".ddd/mapping.yaml").write_text("flows: [unclosed\n")
    expect(panel.root.get_by_role("alert").filter(has_text="mapping.yaml")).to_be_visible()
    (design.root / ".ddd/mapping.yaml").unlink()
    expect(panel.root.get_by_role("alert").filter(has_text="mapping.yaml")).to_have_count(0)

    # A terminal that is gone, and arguments that nobody can mean, are refused in words.
    with pytest.raises(Exception, match="flows: expected"):
        lab.command("ddd-lab:implement", {"root": str(design.root), "flows": "users; rm -rf /"})
    with pytest.raises(Exception, match="run: expected"):
        lab.command("ddd-lab:open-terminal", {"root": str(design.root), "run": "$(reboot)"})

    # A command runs all tests and answers what comes of it: here there are none.
    report = lab.command("ddd-lab:run-tests")
    assert not report["passed"]
    assert report["problem"]
    failed = lab.page.locator(".Toastify__toast--error")
    expect(failed).to_contain_text("all tests: no test was collected")


def test_a_run_whose_terminal_was_closed_too_early_begins_in_another(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    project = ddd.open(design.root, watch=False)
    run = prepared(project.workbench.sync, project.prompt(FLOW))
    run.write("run.json", {**run.about, "created_at": "2026-01-01T12:00:00+00:00"})
    panel = PanelPage.beside_spec(lab, design)
    panel.tab("Run")
    expect(panel.run_state).to_contain_text("its terminal was closed before Claude Code began")
    expect(panel.button("Confirm")).to_have_count(0)
    panel.press("Begin")
    panel.expect_said(panel.run_state, "Done")
    expect(panel.button("Confirm")).to_be_enabled()
    expect(panel.terminal).to_be_visible()


def test_what_goes_on_while_one_looks_elsewhere_is_told(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    panel = PanelPage.beside_spec(lab, design)
    panel.build(FLOW)

    # A run is refused while another part of the panel is in view.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    lab.page.route("**/ddd-lab/run/start*", hold)
    with lab.page.expect_request("**/ddd-lab/run/start*"):
        panel.press("Run")
    panel.tab("Flows")
    held.pop().fulfill(status=409, json={"message": "no terminal can be opened"})
    expect(panel.root.get_by_role("alert")).to_contain_text("no terminal can be opened")
    lab.page.unroute("**/ddd-lab/run/start*")
    panel.tab("Prompt")
    expect(panel.root.get_by_role("alert")).to_have_count(0)

    # Confirming runs the tests, which can be seen wherever the flow is.
    panel.press("Run")
    panel.expect_said(panel.run_state, "Done")
    (design.root / TEST).write_text(UNTIL_ASKED)
    panel.press("Confirm")
    tests = panel.root.locator(f'[data-tests="{FLOW}"]')
    expect(tests).to_contain_text("running…")
    panel.tab("Flows")
    expect(panel.flow(FLOW)).to_contain_text("its tests are running")
    (design.root / "go").touch()
    panel.expect_said(panel.flow(FLOW), "✓ 1")
    expect(panel.flow(FLOW)).not_to_contain_text("its tests are running")


def test_the_panel_follows_the_notebook_and_fits_every_eye(
    lab: Lab, lab_server: JupyterServer
) -> None:
    first, second = design_below(lab_server), design_below(lab_server)
    panel = PanelPage.beside_notebook(lab, first)
    chooser = panel.root.get_by_role("combobox", name="Project")
    expect(chooser).to_have_value(str(first.root))
    other = second.root.relative_to(lab.root) / "specs/config.yaml"
    lab.page.evaluate(
        "path => void jupyterapp.commands.execute('docmanager:open', {path})", str(other)
    )
    expect(chooser).to_have_value(str(second.root))
    chooser.select_option(str(first.root))
    expect(panel.group("Pending")).to_be_visible()

    panel.build(FLOW)
    panel.press("Run")
    panel.expect_said(panel.run_state, "Done")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.set_theme(theme)
        for tab in ("Flows", "Prompt", "Run", "History"):
            panel.tab(tab)
            assert lab.axe(panel.root) == []
            assert panel.overflow() == []
        lab.screenshot(f"panel-{theme.rpartition(' ')[2].lower()}")

    # With the keyboard alone: along the tabs, and to the main area and back.
    panel.tab("Flows")
    panel.page.keyboard.press("ArrowRight")
    panel.page.keyboard.press("ArrowRight")
    expect(panel.root.get_by_role("tab", name="Run")).to_be_focused()
    for area in ("#jp-main-dock-panel", "#jp-right-stack"):
        panel.button("Move between the sidebar and the main area").press("Enter")
        moved = lab.page.locator(area).get_by_role("region", name="Implementation", exact=True)
        expect(moved).to_be_visible()
