"""Beside jupyterlab-git there is one Git panel, which is its own; `make test-matrix` runs this."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.server import JupyterServer
from tests.git.repository import commit_first, run_git
from tests.lab.conftest import design_below

KEY = "members/join-library"
SPEC = "specs/domains/members/flows/join-library.yaml"


def test_there_is_one_git_panel_and_our_message_goes_into_it(
    lab: Lab, lab_server: JupyterServer
) -> None:
    design = design_below(lab_server)
    commit_first(design.root)
    spec = design.root / SPEC
    spec.write_text(spec.read_text().replace("POST", "PUT", 1))
    run_git(design.root, "add", SPEC)
    lab.open_file(f"{design.root.relative_to(lab.root).as_posix()}/specs/config.yaml")
    theirs = lab.page.locator("#jp-git-sessions")
    expect(theirs).to_be_attached()
    assert lab.page.locator("#ddd-lab-git").count() == 0

    root = {"root": str(design.root)}
    lab.command("ddd-lab:toggle-git", root)
    box = theirs.locator(".jp-git-CommitBox textarea:not([readonly])")
    expect(box).to_be_visible()
    lab.command("ddd-lab:offer-commit-message", root)
    expect(box).to_have_value(f"{KEY}: trigger: method “POST” → “PUT”")

    lab.command("ddd-lab:show-history", {**root, "flow": KEY})
    ours = lab.page.locator("#ddd-lab-git")
    expect(ours.get_by_role("region", name="History")).to_contain_text("First commit")
