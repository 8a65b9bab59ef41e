"""From the queue through prompt and terminal to tested code, in the Implementation panel."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.panel_page import PanelPage
from tests.browser.server import JupyterServer
from tests.lab.conftest import CODE, FLOW, NOTES, TEST, design_below

SPEC = "specs/domains/members/flows/join-library.yaml"
TESTS = """\
def test_the_limit():
    assert open("src/join_library.py").read() == "LIMIT = 5\\n"

def test_the_greeting():
    pass
"""
WORK = (
    {"tell": "UserPromptSubmit"},
    {"tell": "Notification", "message": "Claude needs your permission"},
    {"until": ".ddd/allowed"},
    {"write": {CODE: "LIMIT = 3\n", TEST: TESTS}},
    {"tell": "Stop", "last_assistant_message": NOTES},
)
MEND = (
    {"tell": "UserPromptSubmit"},
    {"write": {CODE: "LIMIT = 5\n"}},
    {"tell": "Stop", "last_assistant_message": NOTES},
)


@pytest.mark.covers("T26.1", "T26.2", "T26.3", "T26.4", "T26.5", "T26.6", "T26.8", "T26.10")
@pytest.mark.covers("T27.5", "T29.2", "T29.3", "T29.4", "T31.1", "T31.5")
@pytest.mark.covers("S08.1", "S08.6", "S08.7", "S08.12", "S08.13", "S08.18")
def test_a_flow_goes_from_the_queue_to_tested_code(lab: Lab, lab_server: JupyterServer) -> None:
    design = design_below(lab_server)
    design.script(*WORK)
    panel = PanelPage.beside_notebook(lab, design)

    # Idle: the flows by how they stand; the key hides the panel and shows it again.
    expect(panel.group("Pending").get_by_role("listitem")).to_have_count(20)
    panel.toggle()
    expect(panel.root).to_be_hidden()
    panel.toggle()

    read_and_edit_the_prompt(panel)
    assert not (design.root / ".ddd/runs").exists(), "nothing happens before Run"
    panel.press("Run")
    answer_in_the_terminal(panel)
    confirm_and_mend(panel)
    run_tests_again(panel)
    panel.tab("Flows")
    expect(panel.flow(FLOW)).to_contain_text("✓ 2")
    assert lab.errors == []


def read_and_edit_the_prompt(panel: PanelPage) -> None:
    """The prompt names its files; what is edited stays until it is built anew."""
    panel.build(FLOW)
    prompt = panel.prompt(FLOW)
    expect(prompt).to_contain_text(f"Implement {FLOW}")
    expect(panel.button(SPEC)).to_be_visible()
    expect(panel.root).to_contain_text(re.compile(r"about \d+ tokens"))
    editor = panel.root.get_by_role("textbox", name=f"Prompt for {FLOW}")
    panel.press("Edit")
    editor.fill("Something else.")
    panel.tab("Flows")
    panel.tab("Prompt")
    expect(prompt).to_have_text("Something else.")
    panel.press("Rebuild")
    expect(prompt).to_contain_text(f"Implement {FLOW}")
    panel.press("Edit")
    editor.press("Control+End")
    editor.type('\nBe `quick` and "$(brief)".')


def answer_in_the_terminal(panel: PanelPage) -> None:
    """Claude Code runs in a terminal beside the notebook, and asks; nothing loses sight of it."""
    panel.expect_said(panel.run_state, "Waiting for you")
    expect(panel.said).to_contain_text("Claude Code waits for you in the terminal")
    expect(panel.terminal).to_be_visible()
    expect(panel.page.locator(".jp-NotebookPanel")).to_be_visible()

    panel.page.reload()
    panel.expect_said(panel.run_state, "Waiting for you")
    spec = panel.design.root / SPEC
    spec.write_text(spec.read_text().replace("POST", "PUT", 1))
    (panel.design.root / ".ddd/allowed").touch()
    panel.expect_said(panel.run_state, "Done")
    expect(panel.root.get_by_role("alert")).to_contain_text("its code is already stale")
    expect(panel.root).to_contain_text("1 note to reconcile")
    panel.root.get_by_text("The prompt", exact=True).click()
    sent = panel.root.get_by_role("region", name="Prompt of the run")
    expect(sent).to_contain_text('Be `quick` and "$(brief)".')

    panel.press("Open terminal")
    panel.terminal.click()
    panel.page.keyboard.type("/exit\n")
    panel.expect_said(panel.run_state, "Claude Code has finished")


def confirm_and_mend(panel: PanelPage) -> None:
    """Files are proposed, confirming runs the tests, and what fails goes into a prompt."""
    for path in (CODE, TEST):
        expect(panel.root.get_by_role("checkbox", name=f"{path} belongs to {FLOW}")).to_be_checked()
    panel.press("Confirm")
    tests = panel.root.locator(f'[data-tests="{FLOW}"]')
    panel.expect_said(tests, "1 of 2 failed")
    expect(tests.get_by_role("listitem").filter(has_text="test_the_greeting")).to_contain_text("✓")
    failed = tests.get_by_role("listitem").filter(has_text="test_the_limit")
    expect(failed).to_contain_text(re.compile("✗.*AssertionError", re.DOTALL))

    # The failure is sent to Claude Code, which mends the code.
    panel.press(f"Fix failing tests of {FLOW}")
    expect(panel.prompt(FLOW)).to_contain_text("AssertionError")
    panel.design.script(*MEND)
    panel.press("Run")
    panel.expect_said(panel.run_state, "the turn has ended")
    panel.root.get_by_text("The prompt", exact=True).click()
    sent = panel.root.get_by_role("region", name="Prompt of the run")
    expect(sent).to_contain_text("AssertionError")
    panel.press("Confirm")
    panel.expect_said(tests, "2 passed")


def run_tests_again(panel: PanelPage) -> None:
    """Tests are run again here and elsewhere, and the newest result is what is shown."""
    tests = panel.root.locator(f'[data-tests="{FLOW}"]')
    code = panel.design.root / CODE
    code.write_text("LIMIT = 4\n")
    panel.press(f"Re-run tests of {FLOW}")
    panel.expect_said(tests, "1 of 2 failed")
    expect(tests).to_contain_text("LIMIT = 4")
    code.write_text("LIMIT = 5\n")
    panel.design.post("tests", flow=FLOW)
    panel.expect_said(tests, "2 passed")
