"""Several flows one after another, runs that fail or are stopped, and code that is stale."""

from __future__ import annotations

import re

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.panel_page import PanelPage
from tests.browser.server import JupyterServer
from tests.browser.viewport import resize
from tests.lab.conftest import CODE, FLOW, TEST, WORK, Design, design_below

OTHER = "members/check-standing"
STALE = "members/suspend-borrowing"
SPEC = "specs/domains/members/flows/join-library.yaml"


def make_stale(design: Design) -> None:
    """Have a flow implemented, and change its spec."""
    design.script({"write": {"src/suspend.py": "WEEKS = 4\n"}}, {"tell": "Stop"})
    run = design.start(STALE).body["brief"]["id"]
    design.run_until(run, "done")
    design.post("run/confirm", id=run, files={STALE: ["src/suspend.py"]})
    design.post("run/stop", id=run)
    spec = design.root / f"specs/domains/members/flows/{STALE.partition('/')[2]}.yaml"
    spec.write_text(spec.read_text().replace("model: Member", "model: Loan", 1))
    design.script(*WORK)


@pytest.mark.covers("T26.9", "T31.2", "T31.3", "T31.4", "S08.19")
def test_flows_are_implemented_one_after_another(lab: Lab, lab_server: JupyterServer) -> None:
    design = design_below(lab_server)
    make_stale(design)
    panel = PanelPage.beside_spec(lab, design)

    # All that is due is selected at once, the stale flow too; here two of them are wanted.
    expect(panel.group("Stale").get_by_role("listitem").first).to_contain_text(STALE)
    expect(panel.group("Pending").get_by_role("checkbox")).to_have_count(19)
    panel.press("Select all pending")
    expect(panel.button("Implement selected (20)")).to_be_enabled()
    expect(panel.root.get_by_role("checkbox", name=f"Select {STALE}")).to_be_checked()
    panel.press("Select none")
    for key in (FLOW, OTHER):
        panel.root.get_by_role("checkbox", name=f"Select {key}").check()
    panel.press("Implement selected (2)")

    # Both prompts are looked at before anything runs.
    expect(panel.root).to_contain_text("Look at one more prompt first.")
    expect(panel.button("Run all")).to_be_disabled()
    panel.root.locator("summary").filter(has_text=OTHER).click()
    panel.press("Run all")
    queue = panel.root.get_by_role("region", name=re.compile("^The queue is running"))
    current = queue.get_by_role("listitem").filter(has_text=FLOW)
    panel.expect_said(current, "running")

    # The first is confirmed and tested, and the next begins; it crashes, and the queue asks.
    panel.press(f"Show the run of {FLOW}")
    panel.expect_said(panel.run_state, "Done")
    design.script({"tell": "UserPromptSubmit"}, {"exit": 3})
    panel.press("Confirm")
    panel.tab("Flows")
    paused = panel.root.get_by_role("region", name=re.compile("^The queue is paused 1 of 2"))
    panel.expect_said(paused.get_by_role("listitem").filter(has_text=OTHER), "failed")
    expect(panel.flow(FLOW)).to_contain_text("✓ 1")

    # Tried again it hangs, and is stopped with all that it started.
    design.script({"tell": "UserPromptSubmit"}, {"until": "never"})
    panel.press("Try again")
    panel.expect_said(queue.get_by_role("listitem").filter(has_text=OTHER), "running")
    panel.press(f"Show the run of {OTHER}")
    panel.expect_said(panel.run_state, "Running")
    script = str(design.root.parent / "script.json")
    assert _processes(script)
    panel.press("Stop")
    panel.expect_said(panel.run_state, "Stopped")
    assert not _processes(script)

    # Its session goes on in another terminal, and is left to itself.
    design.script(*WORK)
    panel.press("Resume")
    panel.expect_said(panel.run_state, "Done")
    expect(panel.terminal).to_be_visible()

    panel.tab("Flows")
    panel.press("Skip this flow")
    over = panel.root.get_by_role("region", name=re.compile("^The queue is done 2 of 2"))
    expect(over).to_be_visible()
    panel.press("Close")
    expect(over).to_have_count(0)
    assert lab.errors == []


def _processes(argument: str) -> list[psutil.Process]:
    found = psutil.process_iter(["cmdline", "status"])
    return [
        process
        for process in found
        if argument in (process.info["cmdline"] or ())
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


@pytest.mark.covers("T26.11", "T26.12")
def test_a_stale_flow_says_what_moved_and_the_canvas_opens_its_prompt(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    started = design.start().body["brief"]["id"]
    design.run_until(started, "done")
    design.post("run/confirm", id=started, files={FLOW: [CODE, TEST]})
    resize(lab.page, 1900, 1000)
    panel, canvas = PanelPage.beside_canvas(lab, design, FLOW)
    panel.tab("Flows")
    expect(panel.group("Implemented").locator("li")).to_have_count(1)

    # The spec moves while somebody looks: said in words, then line by line.
    spec = design.root / SPEC
    spec.write_text(spec.read_text().replace("POST", "PUT", 1))
    stale = panel.group("Stale")
    expect(stale.get_by_role("listitem").first).to_contain_text("the spec has changed")
    expect(stale).to_contain_text(re.compile("POST.*PUT"))
    panel.press(f"View diff of {FLOW}")
    diff = panel.root.get_by_role("region", name="Diff of the spec")
    expect(diff).to_contain_text("+  method: PUT")
    panel.press(f"Hide diff of {FLOW}")
    expect(diff).to_have_count(0)

    # The toolbar of the sheet builds the prompt here, and the canvas's key hides the panel.
    canvas.button("Implement").click()
    prompt = panel.prompt(FLOW)
    expect(prompt).to_contain_text("PUT")
    expect(panel.root.get_by_role("heading", name=f"Update {FLOW}")).to_be_visible()
    expect(panel.root).to_contain_text("It asks you before it changes files or runs commands.")
    canvas.press("ControlOrMeta+i")
    expect(panel.root).to_be_hidden()
    canvas.press("ControlOrMeta+i")
    expect(prompt).to_be_visible()

    # So does the menu of another flow's card on the map.
    canvas.go("members", "System Map", "members")
    canvas.card(f"flow:{OTHER.partition('/')[2]}").click(button="right")
    canvas.root.get_by_role("menuitem", name="Implement…").click()
    expect(panel.prompt(OTHER)).to_contain_text(f"Implement {OTHER}")

    # What cannot be done is said in the panel, whoever asked for it.
    nothing = {"root": str(design.root), "flows": [FLOW], "kind": "fix"}
    lab.command("ddd-lab:implement", nothing)
    expect(panel.root.get_by_role("alert")).to_contain_text("there is nothing to fix")

    # A badge on the map shows what moved; it is taken for in sync, with a reason.
    card = canvas.card(f"flow:{FLOW.partition('/')[2]}")
    card.get_by_role("button", name=re.compile("^The spec has changed")).click()
    expect(diff).to_contain_text("+  method: PUT")
    expect(panel.root.get_by_role("button", name=f"Hide diff of {FLOW}")).to_be_focused()
    panel.press(f"Accept the changes of {FLOW}")
    panel.root.get_by_label("Reason why the spec and the code match as they are").fill("a slip")
    panel.press("Accept")
    expect(stale).to_have_count(0)
    expect(panel.said).to_contain_text(f"{FLOW} counts as in sync")
    assert "a slip" in (design.root / ".ddd/mapping.yaml").read_text()
