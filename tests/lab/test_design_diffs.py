"""What the tab that compares two versions of a design asks the server."""

from __future__ import annotations

from ddd_lab.files.workspace.snapshot import NOTHING, STAGED
from tests.browser.server import JupyterServer
from tests.git.repository import run_git
from tests.lab.conftest import FLOW, FLOW_FILE, Design, design_below


def test_a_flow_is_compared_and_the_words_lead_into_the_pictures(repository: Design) -> None:
    text = (repository.root / FLOW_FILE).read_text()
    (repository.root / FLOW_FILE).write_text(text.replace("label: ", "label: Now ", 2))
    flow = repository.get("design-diff", at=FLOW).body

    assert flow["words"] == "2 cards changed"
    assert [one["kind"] for one in flow["counts"]] == ["added", "changed", "removed"]
    (picture,) = flow["pictures"]
    assert all(f'data-card="{one["card"]}"' in picture for one in flow["changes"])
    both = repository.get("design-diff", at=FLOW, sides="true", theme="dark").body
    assert len(both["pictures"]) == 2
    system = repository.get("design-diff").body
    (members,) = system["changes"]
    assert (members["card"], members["at"]) == ("members", "members")
    (inner,) = repository.get("design-diff", at="members").body["changes"]
    assert inner["at"] == FLOW
    assert repository.get("design-diff", old="main", new="HEAD").body["words"] == "Nothing differs"


def test_a_place_is_offered_the_commits_that_touched_it(repository: Design) -> None:
    text = (repository.root / FLOW_FILE).read_text()
    (repository.root / FLOW_FILE).write_text(text.replace("label: ", "label: Now ", 1))
    run_git(repository.root, "commit", "-qam", "Say now")
    run_git(repository.root, "branch", "other")

    flow = repository.get("design-diff/versions", at=FLOW).body
    assert [one["subject"] for one in flow["commits"]] == ["Say now", "The <first> commit"]
    assert set(flow["branches"]) == {"main", "other"}
    other = repository.get("design-diff/versions", at="lending").body
    assert [one["subject"] for one in other["commits"]] == ["The <first> commit"]
    older = flow["commits"][1]["commit"]
    changed = repository.get("design-diff", at=FLOW, old=older, new="other").body
    assert changed["words"] == "1 card changed"


def test_what_is_staged_is_a_version_between_the_commit_and_the_files(repository: Design) -> None:
    spec = repository.root / FLOW_FILE

    def words(old: str, new: str) -> str:
        told: str = repository.get("design-diff", at=FLOW, old=old, new=new).body["words"]
        return told

    spec.write_text(spec.read_text().replace("label: ", "label: Now ", 1))
    run_git(repository.root, "add", "-A")
    spec.write_text(spec.read_text().replace("label: ", "label: And ", 3))
    assert words("HEAD", STAGED) == "1 card changed"
    assert words(STAGED, "") == "3 cards changed"
    run_git(repository.root, "add", "-A")
    assert words("HEAD", STAGED) == "3 cards changed"
    assert words(STAGED, "") == "Nothing differs"
    assert words(NOTHING, "HEAD") == words(NOTHING, STAGED) == "13 cards added; 15 edges added"


def test_what_cannot_be_compared_is_refused_in_words(repository: Design) -> None:
    unknown = repository.get("design-diff", old="mian")
    assert unknown.status == 404
    assert "did you mean 'main'?" in unknown.body["message"]
    place = repository.get("design-diff", at="members/join-libary")
    assert place.status == 404
    assert "did you mean 'members/join-library'?" in place.body["message"]
    (repository.root / FLOW_FILE).write_text("nodes: [")
    broken = repository.get("design-diff", at=FLOW).body
    assert broken["notice"].startswith("the later version cannot be read")
    assert len(broken["pictures"]) == 1


def test_without_a_repository_or_a_commit_it_says_what_to_do(server: JupyterServer) -> None:
    design = design_below(server)
    assert design.get("design-diff").status == 404
    assert "repository" in design.get("design-diff/versions").body["notice"]
    run_git(design.root, "init", "-q", "-b", "main")
    assert "no commits yet" in design.get("design-diff").body["message"]
    assert "no commits yet" in design.get("design-diff/versions").body["notice"]
