"""A project of somebody else's in the panel: nothing of it runs before a person trusts it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from ddd_lab.implementation.trust import revoke
from tests.browser.lab import Lab, Theme
from tests.browser.panel_page import PanelPage
from tests.browser.server import JupyterServer
from tests.lab.conftest import FLOW, Design, design_below

DIALOG = ".jp-Dialog"
THEMES: tuple[Theme, ...] = ("JupyterLab Dark", "JupyterLab Light")
REVOKE = "Revoke trust in this project"


@pytest.fixture
def untrusted(lab_server: JupyterServer) -> Design:
    """A design that nobody has trusted."""
    design = design_below(lab_server)
    revoke(design.root)
    return design


def question(panel: PanelPage) -> Locator:
    return panel.page.get_by_role("dialog", name="Trust this project?")


def unforeseen(lab: Lab) -> list[str]:
    """What the page complained about, besides the refusals that trust is asked after."""
    return [error for error in lab.errors if "409 (Conflict)" not in error]


def shown(panel: PanelPage, title: str) -> Locator:
    return question(panel).get_by_role("region", name=title, exact=True)


def test_the_first_run_asks_for_trust_and_one_click_settles_it(lab: Lab, untrusted: Design) -> None:
    panel = PanelPage.beside_spec(lab, untrusted)
    panel.build(FLOW)
    expect(panel.button(REVOKE)).to_have_count(0)

    panel.press("Run")
    expect(shown(panel, "Folder")).to_contain_text(str(untrusted.root))
    expect(shown(panel, "What runs")).to_contain_text("/claude --settings")
    expect(shown(panel, "What runs")).to_contain_text("-m pytest")
    cancel = question(panel).get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    for theme in THEMES:
        lab.set_theme(theme)
        assert lab.axe(DIALOG) == []
        lab.screenshot(f"panel-trust-{theme.rpartition(' ')[2].lower()}")
    for _ in range(3):
        panel.page.keyboard.press("Tab")
        expect(question(panel).locator(":focus")).to_have_count(1)
    panel.page.keyboard.press("Escape")
    expect(question(panel)).to_have_count(0)
    expect(panel.button("Run")).to_be_focused()
    expect(panel.root.get_by_role("alert")).to_contain_text("Nothing was run")
    assert not (untrusted.root / ".ddd/runs").exists()

    panel.press("Run")
    question(panel).get_by_role("button", name="Trust and run").click()
    panel.expect_said(panel.run_state, "Done")
    expect(panel.button(REVOKE)).to_be_visible()
    panel.press(REVOKE)
    expect(panel.button(REVOKE)).to_have_count(0)
    assert unforeseen(lab) == []


def test_what_has_changed_is_shown_and_nothing_runs_before_it_is_trusted_anew(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    run = design.start().body["brief"]["id"]
    design.run_until(run, "done")
    panel = PanelPage.beside_spec(lab, design)
    panel.tab("Run")
    panel.expect_said(panel.run_state, "Done")
    path = design.root / ".ddd/config.yaml"
    settings = json.loads(path.read_text())
    settings["testing"]["args"] = ["-q", "-p", "no:cacheprovider", "--durations=3"]
    path.write_text(json.dumps(settings))

    # It is recorded which files belong to the flow; only the tests wait for trust.
    panel.press("Confirm")
    expect(shown(panel, "New since then")).to_contain_text("--durations=3")
    expect(shown(panel, "No longer there")).to_contain_text("no:cacheprovider")
    question(panel).get_by_role("button", name="Cancel").click()
    expect(panel.root.get_by_role("heading", name="Files, as you confirmed them")).to_be_visible()
    panel.press(re.compile("^Re-run tests of"))
    question(panel).get_by_role("button", name="Trust and run").click()
    panel.expect_said(panel.root.locator(f'[data-tests="{FLOW}"]'), "1 passed")
    assert unforeseen(lab) == []


def test_a_queue_that_came_with_the_folder_pauses_until_a_person_goes_on_with_it(
    lab: Lab, untrusted: Design
) -> None:
    items = [{"flow": FLOW, "state": "running", "run": "x"}]
    queue = {"queue": {"state": "running", "items": items}, "prompts": []}
    path = untrusted.root / ".ddd/runs/queue.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(queue))
    panel = PanelPage.beside_spec(lab, untrusted)
    panel.tab("Flows")
    paused = panel.root.get_by_role("region", name=re.compile("^The queue is paused 0 of 1"))
    expect(paused).to_contain_text("found in this folder")
    expect(paused.get_by_role("button", name="Clear the queue")).to_be_visible()
    assert json.loads(path.read_text()) == queue

    panel.press("Resume")
    question(panel).get_by_role("button", name="Trust and run").click()
    going = panel.root.get_by_role("region", name=re.compile("^The queue is running 0 of 1"))
    panel.expect_said(going, "confirm which files")
    panel.press("Clear the queue")
    expect(going).to_have_count(0)
    assert unforeseen(lab) == []
