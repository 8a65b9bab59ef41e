"""`ddd-lab log`: what each commit changed in a flow."""

from __future__ import annotations

import json
from pathlib import Path

from tests.canvas.shop import write_shop
from tests.cli.program import ddd_lab
from tests.git.repository import change, committed_shop, run_git

FLOW = "orders/place-order"


def test_a_history_is_told_in_words(tmp_path: Path) -> None:
    root = committed_shop(tmp_path / "shop")
    change(root, "label: Basket", "label: Cart")
    run_git(root, "commit", "-qam", "Call it a \x1b[31mcart")

    done = ddd_lab("log", root, FLOW)
    assert (done.returncode, done.stderr) == (0, "")
    first, words, second, state = done.stdout.splitlines()
    assert first.endswith("Ada Tester: Call it a \\x1b[31mcart")
    assert words.strip() == "node “Cart”: label “Basket” → “Cart”"
    assert second.endswith("Ada Tester: The shop")
    assert state.strip() == "added"

    (newest,) = json.loads(ddd_lab("log", root, FLOW, "-n", "1", "--format", "json").stdout)
    assert newest["words"] == ["node “Cart”: label “Basket” → “Cart”"]
    assert ddd_lab("log", root, "orders").stdout.count("added") == 1


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    done = ddd_lab("log", write_shop(tmp_path / "shop"), FLOW)
    assert done.returncode == 2
    assert "lies in no Git repository yet" in done.stderr


def test_a_name_that_never_was_is_told_with_one_that_is(tmp_path: Path) -> None:
    done = ddd_lab("log", committed_shop(tmp_path / "shop"), "orders/place-ordr")
    assert done.returncode == 2
    assert "there is no file 'orders/place-ordr'" in done.stderr
    assert "place-order'" in done.stderr
    assert "Traceback" not in done.stderr
