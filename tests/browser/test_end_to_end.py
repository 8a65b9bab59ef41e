"""From a flow on the canvas to code that is known to be its own, with the real Claude Code.

Only the model is a script; program, terminal, Git, tests and browser are what people use.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import git
import pytest
from playwright.sync_api import Locator, expect

from notebooks.scripted_claude.home import command
from notebooks.scripted_claude.provider import Provider, Say, Use, provider
from tests.browser.canvas_page import CanvasPage
from tests.browser.lab import Lab
from tests.browser.terminal_page import TerminalPage
from tests.browser.timeouts import ms
from tests.browser.viewport import resize
from tests.patience import PATIENCE
from tests.trusting import trusting

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FLOW = "members/join-library"
CODE = "src/domains/members/join_library.py"
TEST = "tests/unit/domains/members/test_join_library.py"
NOTES = """\
The card is issued as the flow draws it.

## Implementation Notes

1. **Additions**
   - a line in the log for every card
"""
WORDS = """\
Mind "quotes", 'these', `touch pwned`, $(touch pwned); and $HOME.
"""
TURN = ms(PATIENCE)
"""Milliseconds that Claude Code may take to its next word."""


@pytest.fixture
def root(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample design under Git, where JupyterLab shows it."""
    root = lab.root / tmp_path_factory.mktemp("end-to-end").name / "fernhill"
    shutil.copytree(NOTEBOOKS / "fernhill", root)
    repo = git.Repo.init(root, initial_branch="main")
    repo.git.add("--all")
    repo.git.commit("--message", "The design")
    return root


@pytest.fixture
def script(root: Path, claude: Path, tmp_path: Path) -> Iterator[Provider]:
    """The model, and a project that knows where Claude Code finds it."""
    steps = (
        Use("Write", {"file_path": str(root / CODE), "content": "LOANS = 3\n"}),
        Use("Write", {"file_path": str(root / TEST), "content": "def test_loans(): pass\n"}),
        Say(NOTES),
    )
    with provider(*steps) as script:
        words = json.dumps(command(claude, tmp_path / "home", root, script.url))
        pytest_words = json.dumps(f"{sys.executable} -m pytest")
        (root / ".ddd").mkdir()
        (root / ".ddd/config.yaml").write_text(
            f"claude_code: {{command: {words}}}\n"
            f"testing: {{command: {pytest_words}, args: [-q, -p, 'no:cacheprovider']}}\n"
        )
        trusting(root)
        yield script


@pytest.mark.timeout(600)  # a whole way, and a program that takes its time
@pytest.mark.covers("T26.6", "T26.7", "T26.8", "T26.9", "T26.10", "T26.11", "T28.3", "T28.4")
@pytest.mark.covers("T29.1", "T29.2", "T32.2", "S08.7", "S08.8", "S08.9", "S08.11", "S08.15")
def test_a_designer_has_a_flow_implemented_and_changes_their_mind(
    lab: Lab, root: Path, script: Provider
) -> None:
    resize(lab.page, 1900, 1000)
    place = f"{root.parent.name}/work"
    canvas = CanvasPage.open(lab, place, str(root), FLOW)
    canvas.button("Implement").click()

    # The prompt is read and edited before anything is sent.
    panel = lab.page.get_by_role("region", name="Implementation", exact=True)
    expect(panel.get_by_role("region", name=f"Prompt for {FLOW}")).to_contain_text(
        "specs/domains/members/flows/join-library.yaml"
    )
    panel.get_by_role("button", name="Edit", exact=True).click()
    editor = panel.get_by_role("textbox", name=f"Prompt for {FLOW}")
    editor.press("Control+End")
    editor.press_sequentially(WORDS)
    assert not script.asked
    lab.screenshot("implement-prompt")
    panel.get_by_role("button", name="Run", exact=True).click()

    # Claude Code works in a terminal beside the notebook, asks, and is answered there.
    terminal = TerminalPage(lab)
    terminal.expect("Do you want to create join_library.py?", timeout=TURN)
    expect(panel).to_contain_text("Waiting for you", timeout=TURN)
    lab.screenshot("implement-waiting")
    terminal.press("Enter")
    terminal.expect("Do you want to create test_join_library.py?", timeout=TURN)
    # What is newest has come into view by itself, and the beginning has gone out of it.
    assert f"# Implement {FLOW}" in script.heard
    assert "Do you want to create test_join_library.py?" in terminal.in_view
    assert 'Mind "quotes"' in terminal.in_view, "the end of the prompt"
    assert f"Implement {FLOW}" not in terminal.in_view, "its beginning"
    terminal.press("Enter")
    expect(panel).to_contain_text("1 note to reconcile", timeout=TURN)
    assert WORDS.strip() in script.heard
    assert not (root / "pwned").exists()

    # The person can go on talking; the files are theirs to confirm.
    expect(panel.get_by_label(f"{CODE} belongs to {FLOW}")).to_be_checked()
    assert not (root / ".ddd/mapping.yaml").exists()
    panel.get_by_role("button", name="Confirm", exact=True).click()
    expect(panel).to_contain_text(f"{FLOW}: 1 passed", timeout=TURN)
    expect(panel).to_contain_text("test_loans")
    lab.screenshot("implement-done")
    panel.get_by_role("button", name="Stop", exact=True).click()
    expect(panel).to_contain_text("Resume")

    see_it_go_stale(canvas, panel)
    assert lab.errors == []


def see_it_go_stale(canvas: CanvasPage, panel: Locator) -> None:
    """Edit the spec on the canvas: the sheet says what moved, and offers to mend it."""
    canvas.select("check_application")
    label = canvas.field("label")
    label.fill("Read the form")
    label.press("Enter")
    canvas.save()
    banner = canvas.root.get_by_role("region", name="Stale code")
    expect(banner).to_contain_text("Read the form")
    canvas.lab.screenshot("implement-stale")
    banner.get_by_role("button", name="Update code").click()
    prompt = panel.get_by_role("region", name=f"Prompt for {FLOW}")
    expect(prompt).to_contain_text(f"Update {FLOW}")
    expect(prompt).to_contain_text("Read the form")
    expect(prompt).to_contain_text(CODE)
