"""Staging, discarding and committing a design with real Git, as a notebook shows it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.disk.git import GitError
from ddd_lab.implementation.trust import NotTrustedError
from tests.git.repository import DOMAIN, FLOW, change, committed_shop, hook, run_git
from tests.trusting import trusting

KEY = "orders/place-order"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ddd.Project]:
    with ddd.open(committed_shop(tmp_path / "shop"), watch=False) as project:
        yield project


@pytest.mark.covers("T14.1", "T14.2", "S05.3")
def test_the_status_says_the_branch_and_every_change_in_words(shop: ddd.Project) -> None:
    assert shop.git.status().headline == "on main"
    assert "Nothing differs from the last commit." in str(shop.git.status())

    shop.flows[KEY].nodes["basket"].label = "Basket and coupons"
    shop.save()
    shop.git.stage(KEY)
    shop.flows[KEY].nodes["basket"].label = "Basket"
    shop.save()
    shop.new_flow("Send back", "orders")
    shop.save()

    status = shop.git.status()
    assert [file.path for file in status.staged] == [FLOW]
    assert status.staged[0].words == (
        "node “Basket and coupons”: label “Basket” → “Basket and coupons”",
    )
    assert {file.path for file in status.changed} == {FLOW, DOMAIN}
    assert [file.flow for file in status.untracked] == ["orders/send-back"]
    assert "1 file to be committed:" in str(status)
    assert "&lt;" not in status._repr_html_()


@pytest.mark.covers("T14.3", "S05.4")
def test_a_commit_has_what_was_staged_of_the_design_and_nothing_else(shop: ddd.Project) -> None:
    root = shop.root
    (root / "code.py").write_text("print()\n")
    run_git(root, "add", "code.py")
    shop.flows[KEY].nodes["basket"].label = "Cart"
    shop.save()
    shop.git.stage(KEY)
    shop.flows[KEY].nodes["basket"].label = "Trolley"
    shop.save()
    shop.add_domain("Returns")
    shop.save()
    shop.flows[KEY].nodes["placed"].label = "Only in memory"

    done = shop.git.commit("Call it a cart\n\n#12 asked for it")

    assert done.files == (FLOW,)
    assert run_git(root, "show", "--format=%an%n%B", "--name-only", "HEAD").split("\n") == [
        *("Ada Tester", "Call it a cart", "", "#12 asked for it", "", ""),
        FLOW,
    ]
    assert "label: Cart" in run_git(root, "show", f"HEAD:{FLOW}")
    assert "label: Trolley" in (root / FLOW).read_text()
    assert run_git(root, "diff", "--cached", "--name-only") == "code.py"
    assert "1 file outside the design stayed staged" in str(done)
    assert "Unsaved edits of 1 file are not in it" in str(done)
    assert any(notice.id == "unsaved" for notice in shop.git.status().notices)


def test_the_first_commit_also_leaves_other_files_alone(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    run_git(root, "update-ref", "-d", "HEAD")
    (root / "code.py").write_text("print()\n")
    run_git(root, "add", "code.py")
    with ddd.open(root, watch=False) as project:
        assert "Nothing has been committed yet" in str(project.git.status())
        project.git.unstage(KEY)
        assert [file.path for file in project.git.status().untracked] == [FLOW]
        project.git.stage()
        project.git.commit("Begin")
    assert FLOW in run_git(root, "ls-tree", "-r", "--name-only", "HEAD").split("\n")
    assert run_git(root, "status", "--porcelain") == "A  code.py"


def test_the_offered_message_says_what_changed(shop: ddd.Project) -> None:
    assert shop.git.message == ""
    flow = shop.flows[KEY]
    flow.nodes["basket"].label = "Cart"
    shop.save()
    shop.git.stage()
    assert shop.git.message == "orders/place-order: node “Cart”: label “Basket” → “Cart”"
    flow.nodes["placed"].label = "Done"
    shop.new_flow("Send back", "orders")
    shop.save()
    shop.git.stage()
    assert shop.git.message.split("\n") == [
        "Add 1 flow, change 1 flow and 1 file",
        "",
        "- domain orders",
        "  - flows.send-back added",
        "- orders/place-order",
        "  - node “Cart”: label “Basket” → “Cart”",
        "  - node “Done”: label “Order placed” → “Done”",
        "- orders/send-back added",
    ]
    done = shop.git.commit()
    assert done.subject == "Add 1 flow, change 1 flow and 1 file"


def test_moving_a_card_is_called_arranging(shop: ddd.Project) -> None:
    shop.flows[KEY].tidy()
    shop.save()
    shop.git.stage()
    assert shop.git.message.split("\n")[0] == "Arrange orders/place-order"


def test_unstaging_leaves_the_file_as_it_is(shop: ddd.Project) -> None:
    shop.flows[KEY].nodes["basket"].label = "Cart"
    shop.save()
    shop.git.stage()
    status = shop.git.unstage()
    assert (status.staged, len(status.changed)) == ((), 1)
    assert "label: Cart" in (shop.root / FLOW).read_text()


def test_discarding_is_one_step_that_undo_takes_back_to_the_byte(shop: ddd.Project) -> None:
    before = (shop.root / FLOW).read_bytes()
    change(shop.root, "label: Basket", "label:   Cart # for now")
    changed = (shop.root / FLOW).read_bytes()
    new = "specs/domains/orders/flows/new.yaml"
    (shop.root / new).write_text("flow: {id: new, type: traditional, domain: orders} # mine\n")
    shop.workbench.reload()

    assert shop.git.discard(KEY, new) == [FLOW, new]
    assert (shop.root / FLOW).read_bytes() == before
    assert not (shop.root / new).exists()
    assert not shop.git.status().files

    assert shop.undo() == "discard changes of 2 files"
    shop.save()
    assert (shop.root / FLOW).read_bytes() == changed
    assert "# mine" in (shop.root / new).read_text()


def test_a_file_that_cannot_be_read_is_discarded_too(shop: ddd.Project) -> None:
    before = (shop.root / FLOW).read_bytes()
    (shop.root / FLOW).write_text("flow: [")
    shop.workbench.reload()
    assert shop.git.status().changed[0].state == "unreadable"
    shop.git.discard(KEY)
    assert (shop.root / FLOW).read_bytes() == before
    assert shop.flows[KEY].nodes["basket"].label == "Basket"
    assert shop.git.put_back() == [FLOW]
    assert (shop.root / FLOW).read_text() == "flow: ["


def test_a_file_that_is_marked_to_be_added_is_discarded_as_a_new_one(shop: ddd.Project) -> None:
    new = FLOW.replace("place-order", "send-order")
    text = (shop.root / FLOW).read_text().replace("id: place-order", "id: send-order")
    (shop.root / new).write_text(text)
    run_git(shop.root, "add", "--intent-to-add", new)
    shop.workbench.reload()
    shop.git.discard(new)
    assert not (shop.root / new).exists()
    shop.undo()
    shop.save()
    assert (shop.root / new).read_text() == text


def test_what_has_no_changes_is_not_discarded(shop: ddd.Project) -> None:
    with pytest.raises(GitError, match="has no changes to discard"):
        shop.git.discard(KEY)
    shop.flows[KEY].nodes["basket"].label = "Cart"
    shop.save()
    shop.git.stage()
    with pytest.raises(GitError, match="is staged: unstage it first"):
        shop.git.discard(KEY)


def test_a_failing_hook_has_its_say_and_nothing_is_committed(shop: ddd.Project) -> None:
    hook(shop.root, "pre-commit", "echo 'orders need a review' >&2; exit 1")
    shop.flows[KEY].nodes["basket"].label = "Cart"
    shop.save()
    with pytest.raises(NotTrustedError):
        shop.git.stage()
    trusting(shop.root)
    shop.git.stage()
    with pytest.raises(GitError, match=r"A hook .* refuses the commit. It says:\n.*a review"):
        shop.git.commit("Call it a cart")
    assert run_git(shop.root, "rev-list", "--count", "HEAD") == "1"
    hook(shop.root, "pre-commit", "exit 0")
    trusting(shop.root)
    assert shop.git.commit("Call it a cart").subject == "Call it a cart"


def test_a_hook_is_not_run_where_nobody_trusts_the_project(shop: ddd.Project) -> None:
    hook(shop.root, "post-index-change", "touch ran")
    change(shop.root, "Basket", "Cart")
    with pytest.raises(NotTrustedError) as refused:
        shop.git.stage()
    assert "Git, which would run what its repository names, is not started" in str(refused.value)
    assert ".git/hooks/post-index-change" in str(refused.value)
    assert shop.git.status().changed
    assert not (shop.root / "ran").exists()


def test_other_files_are_left_to_git_itself(shop: ddd.Project) -> None:
    (shop.root / "specs/notes.txt").write_text("x")
    assert not shop.git.status().files
    with pytest.raises(GitError, match="no file of the design"):
        shop.git.stage("specs/notes.txt")


def test_a_file_that_still_has_both_sides_is_not_staged(shop: ddd.Project) -> None:
    run_git(shop.root, "switch", "-qc", "theirs")
    change(shop.root, "label: Basket", "label: Theirs")
    run_git(shop.root, "commit", "-qam", "Theirs")
    run_git(shop.root, "switch", "-q", "main")
    change(shop.root, "label: Basket", "label: Ours")
    run_git(shop.root, "commit", "-qam", "Ours")
    with pytest.raises(subprocess.CalledProcessError):
        run_git(shop.root, "merge", "theirs")
    with pytest.raises(GitError, match="still has both sides"):
        shop.git.stage(KEY)
    assert [file.path for file in shop.git.status().conflicts] == [FLOW]
    assert shop.git.message == ""
    shop.workbench.reload()
    shop.git.resolve(KEY, "incoming", stage=True)
    assert [file.path for file in shop.git.status().staged] == [FLOW]
    assert shop.git.message.startswith("Merge branch 'theirs'\n\n- orders/place-order")
    assert "label: Theirs" in (shop.root / FLOW).read_text()
