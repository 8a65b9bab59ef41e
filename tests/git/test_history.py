"""The history of a flow in words, and an older version as an edit."""

from __future__ import annotations

from pathlib import Path

import ddd_lab as ddd
from tests.git.repository import FLOW, change, committed_shop, run_git

KEY = "orders/place-order"


def test_a_history_is_told_in_words_and_follows_renames(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    change(root, "label: Basket", "label: Cart")
    run_git(root, "commit", "-qam", "Call it a cart")
    with ddd.open(root, watch=False) as project:
        project.flows[KEY].rename("Buy now")
        project.save()
        project.git.stage()
        project.git.commit("Rename the flow")
        project.flows["orders/buy-now"].nodes["placed"].label = "Thanks"
        project.save()
        project.git.stage()
        project.git.commit("Be polite")

        history = project.git.history("orders/buy-now")
        assert [version.subject for version in history] == [
            *("Be polite", "Rename the flow", "Call it a cart", "The shop")
        ]
        assert [version.state for version in history] == [
            *("changed", "renamed", "changed", "added")
        ]
        assert history[0].words == ("node “Thanks”: label “Order placed” → “Thanks”",)
        assert history[1].words[0] == f"renamed from {FLOW}"
        assert history[2].words == ("node “Cart”: label “Basket” → “Cart”",)
        assert history[3].path == FLOW
        assert "Ada Tester" in str(history)
        assert "<table>" in history._repr_html_()


def test_an_older_version_is_restored_as_an_edit_that_undo_takes_back(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        first = (root / FLOW).read_bytes()
        project.flows[KEY].nodes["basket"].label = "Cart"
        project.save()
        project.git.stage()
        project.git.commit("Call it a cart")
        oldest = project.git.history(KEY)[-1]

        assert project.git.restore(KEY, oldest.commit) == f"restore {KEY} as of {oldest.commit[:8]}"
        assert project.flows[KEY].nodes["basket"].label == "Basket"
        assert "label: Cart" in (root / FLOW).read_text(), "nothing is written before it is saved"
        project.save()
        assert (root / FLOW).read_bytes() == first
        project.undo()
        assert project.flows[KEY].nodes["basket"].label == "Cart"


def test_a_version_from_before_a_rename_keeps_the_new_name(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        project.flows[KEY].nodes["basket"].label = "Cart"
        project.flows[KEY].rename("Buy now")
        project.save()
        project.git.stage()
        project.git.commit("Rename the flow")
        project.git.restore("orders/buy-now", "HEAD~1")
        flow = project.flows["orders/buy-now"]
        assert flow.nodes["basket"].label == "Basket"
        assert flow.data.id == "buy-now"


def test_a_removed_flow_comes_back(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    with ddd.open(root, watch=False) as project:
        project.flows[KEY].delete()
        project.save()
        project.git.stage()
        project.git.commit("Remove it")
        assert project.git.history(KEY)[0].state == "removed"
        project.git.restore(KEY, "HEAD~1")
        assert KEY in project.flows
