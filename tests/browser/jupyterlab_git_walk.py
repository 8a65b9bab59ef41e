"""Beside jupyterlab-git there is one Git panel, which is its own; `make test-matrix` runs this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Request, expect

from tests.browser.lab import Lab
from tests.browser.server import JupyterServer
from tests.git.repository import change, run_git
from tests.lab.conftest import design_below

KEY = "members/join-library"
SPEC = "specs/domains/members/flows/join-library.yaml"
OTHER = "specs/config.yaml"


@pytest.fixture
def root(lab: Lab, lab_server: JupyterServer) -> Path:
    """A design with three commits, one change that is staged and one that is not, in JupyterLab."""
    root = design_below(lab_server).root
    run_git(root, "init", "-q", "-b", "main")
    run_git(root, "add", SPEC)
    run_git(root, "commit", "-qm", "First commit")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "The rest")
    change(root, "Card applied for", "Card wanted", SPEC)
    run_git(root, "commit", "-qam", "Say it better")
    change(root, "POST", "PUT", SPEC)
    run_git(root, "add", SPEC)
    lab.open_file(f"{root.relative_to(lab.root).as_posix()}/{OTHER}")
    return root


def test_there_is_one_git_panel_and_our_message_goes_into_it(lab: Lab, root: Path) -> None:
    theirs = lab.page.locator("#jp-git-sessions")
    expect(theirs).to_be_attached()
    assert lab.page.locator("#ddd-lab-git").count() == 0
    with questions_about_git(lab) as questions:
        lab.command("ddd-lab:toggle-git", {"root": str(root)})
        change(root, "/api/v1/members", "/api/v1/people", SPEC)
        expect(theirs.get_by_title(f"{SPEC} • Modified")).to_have_count(2)
        assert questions == []  # its panel asks; ours does only what a person wants of it
        lab.command("ddd-lab:offer-commit-message", {"root": str(root)})
        box = theirs.locator(".jp-git-CommitBox textarea:not([readonly])")
        expect(box).to_have_value(f"{KEY}: trigger: method “POST” → “PUT”")
        assert questions == ["git"]

    lab.command("ddd-lab:show-history", {"root": str(root), "flow": KEY})
    ours = lab.page.locator("#ddd-lab-git")
    expect(ours.get_by_role("region", name="History")).to_contain_text("First commit")


def test_each_text_diff_of_a_spec_leads_to_the_picture_of_its_two_versions(
    lab: Lab, root: Path
) -> None:
    change(root, "/api/v1/members", "/api/v1/people", SPEC)
    (root / "notes.yaml").write_text("of: nothing\n")
    run_git(root, "add", "notes.yaml")
    lab.command("ddd-lab:toggle-git", {"root": str(root)})
    theirs = lab.page.locator("#jp-git-sessions")
    other = theirs.get_by_title("notes.yaml • Added")
    files = theirs.get_by_title(f"{SPEC} • Modified")
    expect(other).to_be_visible()
    expect(files).to_have_count(2)

    for row, old, new, words in (
        (files.first, "The last commit", "What is staged", "method “POST” → “PUT”"),
        (files.last, "What is staged", "The files", "path “/api/v1/members” → “/api/v1/people”"),
    ):
        row.hover()
        row.get_by_title("Diff this file").click()
        picture = design_diff(lab)
        expect(chosen(picture, "Old")).to_have_text(old)
        expect(chosen(picture, "New")).to_have_text(new)
        expect(picture.get_by_role("complementary", name="Changes")).to_contain_text(words)
        expect(picture.locator("[data-card=trigger][data-ghost=changed]")).to_be_visible()

    for commit, old, words in (
        (
            "Say it better",
            run_git(root, "rev-parse", "HEAD~1")[:7],
            "label “Card applied for” → “Card wanted”",
        ),
        ("First commit", "Before the first commit", "added: 13 cards"),
    ):
        details = theirs.get_by_title("View commit details").filter(has_text=commit)
        details.click()
        details.get_by_title(SPEC, exact=True).get_by_title("View file changes").click()
        picture = design_diff(lab)
        expect(chosen(picture, "Old")).to_contain_text(old)
        expect(chosen(picture, "New")).to_contain_text(commit)
        expect(picture.get_by_role("complementary", name="Changes")).to_contain_text(words)

    other.hover()
    other.get_by_title("Diff this file").click()
    text = lab.page.locator(".jp-git-diff-parent-widget:visible")
    expect(text.locator(".cm-line").first).to_be_visible()
    expect(text.get_by_role("button", name="Design diff")).to_have_count(0)


def design_diff(lab: Lab) -> Locator:
    """Go from the text diff in front to our tab."""
    text = lab.page.locator(".jp-git-diff-parent-widget:visible")
    text.get_by_role("button", name="Design diff").click()
    return lab.page.locator(".ddd-lab-diff:visible")


def chosen(picture: Locator, label: str) -> Locator:
    return picture.get_by_role("combobox", name=label).locator("option:checked")


@contextmanager
def questions_about_git(lab: Lab) -> Iterator[list[str]]:
    """What the page asks our part of the server about Git meanwhile."""
    questions: list[str] = []

    def note(request: Request) -> None:
        _, ours, question = request.url.partition("?")[0].partition("/ddd-lab/")
        if ours and question.startswith("git"):
            questions.append(question)

    lab.page.on("request", note)
    yield questions
    lab.page.remove_listener("request", note)
