"""What the Git panel asks the server for, and has it do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.git.repository import hook, run_git
from tests.lab.conftest import FLOW, FLOW_FILE, Design, wait_for


def edit(design: Design, old: str, new: str) -> None:
    text = (design.root / FLOW_FILE).read_text()
    assert old in text
    (design.root / FLOW_FILE).write_text(text.replace(old, new, 1))


@pytest.mark.covers("T14.1", "T14.2", "T14.3", "S05.3", "S05.4")
def test_a_change_goes_from_the_list_to_a_commit_and_its_history(repository: Design) -> None:
    assert repository.get("git").body["headline"] == "on main"
    edit(repository, "POST", "PUT")
    (file,) = repository.get("git").body["files"]
    assert (file["path"], file["area"], file["flow"]) == (FLOW_FILE, "changed", FLOW)
    (words,) = file["words"]
    assert words.startswith("trigger: ")
    assert "PUT" in words

    staged = repository.post("git/stage", paths=[FLOW_FILE]).body
    assert staged["words"] == "1 file staged"
    assert staged["state"]["files"][0]["area"] == "staged"
    message = staged["state"]["message"]
    assert message.startswith(FLOW)
    assert repository.post("git/unstage", paths=[FLOW_FILE]).body["state"]["message"] == ""
    repository.post("git/stage", paths=[FLOW_FILE])
    done = repository.post("git/commit", message="Put, not post", unsaved=[]).body
    assert "Put, not post: 1 file" in done["words"]
    assert done["state"]["files"] == []

    history = repository.get("git/history", flow=FLOW).body["versions"]
    assert [version["subject"] for version in history] == ["Put, not post", "The <first> commit"]
    assert history[0]["words"] == [words]
    restored = repository.post("git/restore", flow=FLOW, commit=history[1]["commit"]).body
    assert "POST" in (repository.root / FLOW_FILE).read_text()
    put_back = repository.post("git/put-back", discarded=restored["discarded"]).body
    assert put_back["words"] == "1 file put back"
    assert "PUT" in (repository.root / FLOW_FILE).read_text()


def test_what_was_discarded_is_put_back_unless_it_changed_since(repository: Design) -> None:
    before = (repository.root / FLOW_FILE).read_bytes()
    edit(repository, "POST", "PUT # for now")
    changed = (repository.root / FLOW_FILE).read_bytes()
    done = repository.post("git/discard", paths=[FLOW_FILE]).body
    assert (repository.root / FLOW_FILE).read_bytes() == before
    assert repository.post("git/put-back", discarded=done["discarded"]).status == 200
    assert (repository.root / FLOW_FILE).read_bytes() == changed
    refused = repository.post("git/put-back", discarded=done["discarded"])
    assert (refused.status, "was changed since" in refused.body["message"]) == (409, True)


def test_nothing_but_files_of_the_design_is_put_back_or_restored(repository: Design) -> None:
    content = run_git(repository.root, "rev-parse", f"HEAD:{FLOW_FILE}")
    for path in (".git/hooks/post-commit", "specs/../.git/hooks/post-commit", "src/main.py"):
        refused = repository.post(
            "git/put-back", discarded=[{"path": path, "hash": content, "left": ""}]
        )
        assert (refused.status, "no file of the design" in refused.body["message"]) == (409, True)
        assert not (repository.root / path).exists()
    refused = repository.post("git/restore", flow="specs/../README.md", commit="HEAD")
    assert (refused.status, "no file of the design" in refused.body["message"]) == (409, True)


def test_a_panel_that_waits_hears_of_files_and_of_commits(repository: Design) -> None:
    def mark() -> Any:
        return repository.get("project").body["git"]

    before = mark()
    edit(repository, "POST", "PUT")
    between = wait_for(lambda: (now := mark()) != before and now)
    run_git(repository.root, "commit", "-qam", "In a terminal")
    wait_for(lambda: mark() != between)
    assert repository.get("git").body["files"] == []


def test_a_repository_that_names_programs_asks_for_trust_and_a_hook_has_its_say(
    repository: Design,
) -> None:
    hook(repository.root, "pre-commit", "echo 'flows need a review'; exit 1")
    edit(repository, "POST", "PUT")
    assert repository.get("git").body["files"]
    asked = repository.post("git/stage", paths=[FLOW_FILE])
    assert asked.status == 409
    assert any(".git/hooks/pre-commit" in line for line in asked.body["trust"]["settings"])
    repository.post("trust", fingerprint=asked.body["trust"]["fingerprint"])
    assert repository.post("git/stage", paths=[FLOW_FILE]).status == 200
    refused = repository.post("git/commit", message="Put", unsaved=[])
    assert refused.status == 409
    assert "flows need a review" in refused.body["message"]


def test_where_there_is_no_repository_one_can_be_begun(design: Design) -> None:
    state = design.get("git").body
    assert not state["repository"]
    assert state["notices"][0]["id"] == "no_repository"
    assert design.get("git/history", flow=FLOW).body["versions"] == []
    state = design.post("git/init").body["state"]
    assert state["repository"]
    assert {notice["id"] for notice in state["notices"]} >= {"no_commits", "no_remote"}
    assert design.post("git/init").status == 409


def test_a_path_outside_the_design_is_refused(repository: Design) -> None:
    for path in ("../../x", "/etc/passwd", ".git/config", "specs/../.git/config", "code.py"):
        refused = repository.post("git/stage", paths=[path])
        assert (refused.status, "no file of the design" in refused.body["message"]) == (409, True)
