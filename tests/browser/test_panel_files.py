"""What a run has written, confirmed flow by flow: by the person, and as they left it."""

from __future__ import annotations

import re

import yaml
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.panel_page import PanelPage
from tests.browser.server import JupyterServer
from tests.lab.conftest import CODE, FLOW, NOTES, TEST, Design, design_below

OTHER = "members/check-standing"
LATER = "src/later.py"
SCHEMA = "Member"
TWO_TURNS = (
    {"tell": "UserPromptSubmit"},
    {"write": {CODE: "LIMIT = 3\n", TEST: "def test_the_limit(): pass\n"}},
    {"tell": "Stop", "last_assistant_message": NOTES},
    {"until": ".ddd/more"},
    {"tell": "UserPromptSubmit"},
    {"write": {LATER: "MORE = 1\n"}},
    {"tell": "Stop", "last_assistant_message": NOTES},
)


def tick(panel: PanelPage, path: str, flow: str = FLOW) -> Locator:
    return panel.root.get_by_role("checkbox", name=f"{path} belongs to {flow}")


def test_what_is_ticked_stays_ticked_and_is_what_is_recorded(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    design.script(*TWO_TURNS)
    panel = PanelPage.beside_spec(lab, design)
    panel.build(FLOW)
    panel.press("Run")
    panel.expect_said(panel.run_state, "Done")

    # Without any file there is nothing to confirm.
    for path in (CODE, TEST):
        tick(panel, path).uncheck()
    expect(panel.button("Confirm")).to_be_disabled()
    expect(panel.root).to_contain_text(f"Tick the files that implement {FLOW}")

    # Neither another tab nor the end of a turn takes away what the person has said.
    tick(panel, CODE).check()
    panel.root.get_by_label(f"Another file of {FLOW}").fill("README.md")
    panel.press("Add")
    panel.tab("Flows")
    panel.tab("Run")
    (design.root / ".ddd/more").touch()
    expect(tick(panel, LATER)).to_be_checked()
    expect(tick(panel, CODE)).to_be_checked()
    expect(tick(panel, TEST)).not_to_be_checked()
    tick(panel, "README.md").uncheck()

    panel.press("Confirm")
    expect(panel.button("Confirm anew")).to_be_visible()
    assert set(design.flow()["files"]) == {CODE, LATER}

    # No answer from DDD Lab's part of the server: said, with a way to try again.
    lab.page.route("**/ddd-lab/project*", lambda route: route.fulfill(status=404, body="<html>"))
    lab.page.reload()
    panel.expect_said(panel.root.get_by_role("alert"), "jupyter server extension list")
    with lab.page.expect_request("**/ddd-lab/project*"):
        panel.press("Try again")
    lab.page.unroute("**/ddd-lab/project*")

    # The panel goes on looking by itself; what was confirmed is what is ticked afterwards, too.
    panel.expect_said(panel.run_state, "Done")
    expect(tick(panel, LATER)).to_be_checked()
    expect(tick(panel, CODE)).to_be_checked()
    expect(tick(panel, TEST)).not_to_be_checked()
    expect(panel.root.get_by_text("not recorded")).to_have_count(1)
    panel.press("Confirm anew")
    panel.expect_said(panel.said, "The files are recorded")
    assert set(design.flow()["files"]) == {CODE, LATER}
    assert [error for error in lab.errors if "404 (Not Found)" not in error] == []


def test_a_run_is_confirmed_as_far_as_it_came(lab: Lab, lab_server: JupyterServer) -> None:
    design = design_below(lab_server)
    panel = PanelPage.beside_spec(lab, design)

    # A flow without a file is left out.
    both = [FLOW, OTHER]
    started = design.post("run/start", kind="implement", mode="new", flows=both, text="Do it.")
    design.run_until(started.body["brief"]["id"], "done")
    panel.tab("History")
    panel.press(started.body["brief"]["title"])
    expect(panel.root).to_contain_text(f"No file of {OTHER} is ticked. It is not recorded")
    panel.press("Confirm")
    panel.expect_said(panel.said, "The files are recorded")
    panel.tab("Flows")
    expect(panel.group("Implemented")).to_contain_text(FLOW)
    expect(panel.group("Pending")).to_contain_text(OTHER)

    # One that is stopped in its first turn has the files that were there by then.
    design.script(
        {"tell": "UserPromptSubmit"}, {"write": {LATER: "MORE = 1\n"}}, {"until": "never"}
    )
    panel.build(OTHER)
    panel.press("Run")
    panel.expect_said(panel.run_state, "Running")
    expect(panel.button("Confirm")).to_have_count(0)
    panel.press("Stop")
    panel.expect_said(panel.run_state, "Stopped")
    expect(tick(panel, LATER, OTHER)).to_be_checked()
    panel.press("Confirm")
    expect(panel.button("Confirm anew")).to_be_visible()
    assert design.flow(OTHER)["files"] == [LATER]


def test_data_is_migrated_to_a_schema_that_moved(lab: Lab, lab_server: JupyterServer) -> None:
    design = design_below(lab_server)
    run = design.start().body["brief"]["id"]
    design.run_until(run, "done")
    design.post("run/confirm", id=run, files={FLOW: [CODE, TEST]})
    design.post("run/stop", id=run)
    design.script({"tell": "UserPromptSubmit"}, {"tell": "Stop", "last_assistant_message": NOTES})
    move_schema(design, 120, 240)
    panel = PanelPage.beside_spec(lab, design)
    migrate(panel, 240)
    expect(tick(panel, CODE)).to_be_checked()
    confirm_migration(panel)
    panel.press("Stop")
    panel.expect_said(panel.run_state, "Stopped")

    # It moves again when no flow is known to use it.
    mapping = design.root / ".ddd/mapping.yaml"
    mapping.write_text(yaml.safe_dump(yaml.safe_load(mapping.read_text()) | {"flows": {}}))
    move_schema(design, 240, 360)
    migrate(panel, 360)
    expect(panel.root).to_contain_text(f"confirm that the data of {SCHEMA} was migrated")
    confirm_migration(panel)
    panel.tab("History")
    expect(panel.root.get_by_text("Schema migrated")).to_have_count(2)


def move_schema(design: Design, before: int, after: int) -> None:
    """Change what a schema says of a field."""
    schema = design.root / "specs/schemas/member.yaml"
    old, new = f"max_length: {before}", f"max_length: {after}"
    schema.write_text(schema.read_text().replace(old, new, 1))


def stale_schemas(panel: PanelPage) -> Locator:
    return panel.root.get_by_role("region", name=re.compile("^Stale schemas"))


def migrate(panel: PanelPage, length: int) -> None:
    """Have the data of the schema migrated that is shown as stale."""
    panel.tab("Flows")
    expect(stale_schemas(panel)).to_contain_text(str(length))
    panel.press(f"Build the migration prompt of {SCHEMA}")
    expect(panel.root.get_by_role("heading", name=f"Migrate {SCHEMA}")).to_be_visible()
    panel.press("Run")
    panel.expect_said(panel.run_state, "Done")


def confirm_migration(panel: PanelPage) -> None:
    """Confirm the run; then the schema is no longer stale."""
    panel.press("Confirm")
    expect(panel.button("Confirm anew")).to_be_visible()
    panel.tab("Flows")
    expect(stale_schemas(panel)).to_have_count(0)
    panel.tab("Run")
