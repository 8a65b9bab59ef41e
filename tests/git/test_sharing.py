"""Pulling and pushing: what came, what is in the way, and what a remote says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ddd_lab.files.disk.git import GitError
from tests.git.opened import notice, opened
from tests.git.repository import FLOW, change, committed_shop, run_git, shared

KEY = "orders/place-order"


def push_cart(theirs: Path) -> None:
    """Have somebody else rename a node and push that."""
    change(theirs, "label: Basket", "label: Cart")
    run_git(theirs, "commit", "-qam", "Cart")
    run_git(theirs, "push", "-q")


def test_there_is_nothing_to_pull_from_or_push_to(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    assert "git remote add origin ADDRESS" in notice(root, "no_remote")
    with opened(root) as project:
        with pytest.raises(GitError, match="There is no remote"):
            project.git.pull()
        with pytest.raises(GitError, match="There is no remote"):
            project.git.push()


def test_a_new_branch_is_published_and_then_followed(tmp_path: Path) -> None:
    ours, _ = shared(tmp_path)
    run_git(ours, "switch", "-qc", "novel")
    assert "novel follows no remote branch yet" in notice(ours, "no_upstream")
    with opened(ours) as project:
        with pytest.raises(GitError, match="nothing to pull"):
            project.git.pull()
        assert project.git.push() == "novel is published at origin, and follows it from now on"
        assert project.git.status().headline == "on novel, level with origin/novel"


def test_a_remote_branch_that_is_gone_is_published_anew(tmp_path: Path) -> None:
    ours, theirs = shared(tmp_path)
    run_git(ours, "remote", "rename", "origin", "house")
    run_git(ours, "remote", "add", "origin", str(tmp_path / "elsewhere.git"))
    run_git(ours, "switch", "-qc", "novel")
    run_git(ours, "push", "-qu", "house", "novel")
    run_git(theirs, "push", "-q", "origin", ":novel")
    run_git(ours, "fetch", "-qp", "house")
    assert notice(ours, "upstream_gone").startswith("house/novel is not there")
    with opened(ours) as project:
        with pytest.raises(GitError, match="there is nothing to pull"):
            project.git.pull()
        assert project.git.push().startswith("novel is published at house")
        assert project.git.status().headline == "on novel, level with house/novel"


def test_what_comes_with_a_pull_is_told_in_words(tmp_path: Path) -> None:
    ours, theirs = shared(tmp_path)
    push_cart(theirs)
    with opened(ours) as project:
        project.flows[KEY].nodes["placed"].label = "Unsaved"
        pulled = project.git.pull()
        assert str(pulled).startswith("1 commit came, which changed 1 file of the design\n")
        assert "node “Cart”: label “Basket” → “Cart”" in str(pulled)
        assert project.flows[KEY].nodes["basket"].label == "Cart"
        assert project.flows[KEY].nodes["placed"].label == "Unsaved"
        assert str(project.git.pull()).startswith("Nothing new")


def test_both_sides_moved_on_and_a_push_says_to_pull_first(tmp_path: Path) -> None:
    ours, theirs = shared(tmp_path)
    push_cart(theirs)
    with opened(ours) as project:
        project.flows[KEY].nodes["refused"].label = "Sorry"
        project.save()
        project.git.stage()
        project.git.commit("Sorry")
        with pytest.raises(GitError, match="Pull first, then push"):
            project.git.push()
        run_git(ours, "fetch", "-q")
        assert project.git.status().headline == "on main, 1 ahead and 1 behind of origin/main"
        project.git.pull()
        assert project.flows[KEY].nodes["basket"].label == "Cart"
        assert project.git.push() == "2 commits pushed to origin/main"


def test_files_in_conflict_are_named_and_resolved_or_aborted(tmp_path: Path) -> None:
    ours, theirs = shared(tmp_path)
    push_cart(theirs)
    change(ours, "label: Basket", "label: Trolley")
    run_git(ours, "commit", "-qam", "Trolley")
    with opened(ours) as project:
        pulled = project.git.pull()
        assert pulled.conflicts == (FLOW,)
        assert "Resolve each file, stage it and commit; or abort the merge" in str(pulled)
        status = project.git.status()
        assert status.has("merge")
        assert [file.path for file in status.conflicts] == [FLOW]
        with pytest.raises(GitError, match="Resolve that, then stage"):
            project.git.commit("x")
        with pytest.raises(GitError, match="A merge is in progress"):
            project.git.push()
        assert "taken back" in project.git.abort()
        assert project.flows[KEY].nodes["basket"].label == "Trolley"

        project.git.pull()
        run_git(ours, "checkout", "--theirs", FLOW)
        project.git.stage(FLOW)
        project.git.commit("Merge theirs")
        assert not project.git.status().has("merge")
        assert project.flows[KEY].nodes["basket"].label == "Cart"
        assert run_git(ours, "rev-list", "--count", "--min-parents=2", "HEAD") == "1"


def test_a_pull_that_would_overwrite_says_to_commit_first(tmp_path: Path) -> None:
    ours, theirs = shared(tmp_path)
    push_cart(theirs)
    change(ours, "label: Basket", "label: Trolley")
    with opened(ours) as project, pytest.raises(GitError, match="Commit or discard them first"):
        project.git.pull()
    assert "label: Trolley" in (ours / FLOW).read_text()


def test_a_remote_that_refuses_has_its_say(tmp_path: Path) -> None:
    ours, _ = shared(tmp_path)
    remote = tmp_path / "remote.git"
    script = remote / "hooks/pre-receive"
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\necho 'main is protected'\nexit 1\n")
    script.chmod(0o755)
    change(ours, "label: Basket", "label: Cart")
    run_git(ours, "commit", "-qam", "Cart")
    with opened(ours) as project, pytest.raises(GitError) as refused:
        project.git.push()
    assert str(refused.value).startswith("The remote refuses. It says:")
    assert "main is protected" in str(refused.value)


class Unauthorized(BaseHTTPRequestHandler):
    """A Git server that wants to know who asks."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="Git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@pytest.fixture
def asking_server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Unauthorized) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/design.git"
        server.shutdown()


def test_a_remote_that_asks_who_one_is_does_not_hang(
    tmp_path: Path, asking_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_TERMINAL_PROMPT")
    asker = tmp_path / "ask"
    asker.write_text(f"#!/bin/sh\ntouch '{tmp_path}/asked'\nsleep 600\n")
    asker.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(asker))
    root = committed_shop(tmp_path / "shop")
    run_git(root, "remote", "add", "origin", asking_server)
    with opened(root) as project, pytest.raises(GitError, match="to sign in"):
        project.git.push()
    assert not (tmp_path / "asked").exists()


def test_a_remote_that_cannot_be_reached(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = committed_shop(tmp_path / "shop")
    run_git(root, "remote", "add", "origin", f"http://127.0.0.1:{port}/x.git")
    with opened(root) as project, pytest.raises(GitError, match="cannot be reached"):
        project.git.push()
    run_git(root, "remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    with opened(root) as project, pytest.raises(GitError, match="The remote was not found"):
        project.git.push()
