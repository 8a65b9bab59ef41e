"""``ddd-lab git-setup``: what it writes, what it finds wrong, and that it leaves nothing behind."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.files.disk.git_programs import merge_command
from ddd_lab.implementation.trust_request import names_git_programs
from ddd_lab.project import Project
from tests.git.repository import FLOW, change, committed_shop, run_git, shared


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return committed_shop(tmp_path / "my shop")


def config(root: Path) -> str:
    return (root / ".git/config").read_text()


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["git-setup", *words]) == status
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_set_up_twice_and_undone_nothing_is_left(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = config(root)
    assert "commit it" in said(capsys, str(root))
    once = config(root), (root / ".gitattributes").read_text()
    assert "set up already" in said(capsys, str(root))
    assert (config(root), (root / ".gitattributes").read_text()) == once
    assert "by what it says" in said(capsys, "--check", str(root))
    assert "merge.ddd.driver" in said(capsys, "--undo", str(root))
    assert config(root) == before
    assert not (root / ".gitattributes").exists()
    assert said(capsys, "--undo", str(root)) == "Nothing was set up.\n"
    assert "merge.ddd.driver is not set" in said(capsys, "--check", str(root), status=1)


def test_what_others_wrote_is_kept(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attributes = "*.png binary\r\n*.yaml text"
    (root / ".gitattributes").write_bytes(attributes.encode())
    run_git(root, "config", "merge.ddd.recursive", "binary")
    said(capsys, str(root))
    written = (root / ".gitattributes").read_bytes().decode()
    assert written.startswith(attributes + "\r\n")
    said(capsys, "--undo", str(root))
    assert (root / ".gitattributes").read_bytes().decode() == attributes + "\r\n"
    assert run_git(root, "config", "merge.ddd.recursive") == "binary"


def test_a_design_below_the_top_and_in_a_worktree_merges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top = tmp_path / "top"
    root = committed_shop(top)
    (top / "deep down").mkdir()
    run_git(top, "mv", "specs", "deep down/specs")
    said(capsys, str(top / "deep down"))
    run_git(top, "add", "-A")
    run_git(top, "commit", "-qm", "Deeper")
    run_git(top, "worktree", "add", "-q", "-b", "theirs", str(tmp_path / "other tree"))
    other = tmp_path / "other tree/deep down"
    change(other, "method: POST", "method: PUT")
    run_git(other, "commit", "-qam", "Theirs")
    change(root / "deep down", "type: http", "type: webhook")
    run_git(root, "commit", "-qam", "Ours")
    run_git(root, "merge", "-q", "theirs")
    run_git(other, "merge", "-q", "main")
    for folder in (root / "deep down", other):
        text = (folder / FLOW).read_text()
        assert "type: webhook" in text
        assert "method: PUT" in text
        assert "by what it says" in said(capsys, "--check", str(folder))


def test_a_driver_that_is_gone_is_a_problem(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(root))
    assert "git.driver" not in {problem.rule for problem in Project(root, watch=False).problems}
    run_git(root, "config", "merge.ddd.driver", merge_command("/gone/with it/python"))
    [problem] = [p for p in Project(root, watch=False).problems if p.rule == "git.driver"]
    assert "/gone/with it/python, which is gone" in problem.message
    assert "ddd-lab git-setup" in problem.message
    assert "which is gone" in said(capsys, "--check", str(root), status=1)
    said(capsys, str(root))
    assert "by what it says" in said(capsys, "--check", str(root))


def test_attributes_elsewhere_that_switch_the_merge_off_are_found(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(root))
    (root / "specs/.gitattributes").write_text("*.yaml -merge\n")
    assert "git check-attr merge specs/system.yaml" in said(capsys, "--check", str(root), status=1)
    (root / "specs/.gitattributes").unlink()
    assert "by what it says" in said(capsys, "--check", str(root))


def test_without_a_repository_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not a git repository" in said(capsys, str(tmp_path), status=2)
    assert not (tmp_path / ".gitattributes").exists()


def test_our_own_drivers_need_no_trust_but_changed_ones_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "--fold-layout", str(root))
    assert not names_git_programs(root)
    run_git(root, "config", "merge.ddd.driver", f"{merge_command()}; touch /tmp/x")
    assert names_git_programs(root)


def test_a_pull_in_the_lab_merges_with_the_driver_and_asks_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = shared(tmp_path)
    said(capsys, str(ours))
    change(theirs, "label: Charge the card", "label: Take the money")
    run_git(theirs, "commit", "-qam", "Theirs")
    run_git(theirs, "push", "-q")
    change(ours, "flow_ref: billing/charge-card", "flow_ref: billing/charge")
    run_git(ours, "commit", "-qam", "Ours")
    with Project(ours, watch=False) as project:
        pulled = project.git.pull()
        assert pulled.conflicts == ()
        node = project.flows["orders/place-order"].nodes["charge"]
        assert (node.label, node.spec["flow_ref"]) == ("Take the money", "billing/charge")


def test_git_diff_speaks_of_the_design_and_stays_a_patch(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(root))
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "Set up")
    change(root, "label: Charge the card", 'label: "Take the money"')
    (root / "specs/domains/orders/flows/odd é name.yaml").write_text("flow:\n  id: new\n")
    run_git(root, "add", "-N", ".")
    shutil.copytree(root / "specs", tmp_path / "now")
    shown = run_git(root, "diff")
    assert "label “Charge the card” → “Take the money”" in shown
    assert f"diff --git a/{FLOW} b/{FLOW}" in shown
    assert re.search(r"@@ .* @@ - id: \w+", shown)
    run_git(root, "checkout", "-q", ".")
    (root / "specs/domains/orders/flows/odd é name.yaml").unlink()
    run_git(root, "reset", "-q", "--hard")
    subprocess.run(["git", "apply"], cwd=root, input=f"{shown}\n".encode(), check=True)
    for path in (tmp_path / "now").rglob("*.yaml"):
        assert (
            root / "specs" / path.relative_to(tmp_path / "now")
        ).read_bytes() == path.read_bytes()


def test_a_log_leaves_layout_out_where_that_was_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(root))
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "Set up")
    text = (root / FLOW).read_text()
    place = next(line for line in text.splitlines() if "position:" in line)
    change(root, place, place.replace("x: ", "x: 1"))
    run_git(root, "commit", "-qam", "Move")
    assert "position" in run_git(root, "log", "-p", "-1")
    said(capsys, "--fold-layout", str(root))
    assert "position" not in run_git(root, "log", "-p", "-1")
    assert "position" in run_git(root, "format-patch", "-1", "--stdout")
    said(capsys, str(root))
    assert "position" in run_git(root, "log", "-p", "-1")
