"""What the canvas offers where no panel takes care of it: the prompt, commands, what changed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from ddd_lab.cli import main
from ddd_lab.implementation.mapping_writer import record_tests
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import PLACE_ORDER, PLACE_ORDER_FILE, write_shop
from tests.recorded import record_implementation

PLACE, TRACK = "orders/place-order", "orders/track-order"
CODE = "src/place.py"


@pytest.fixture
def screen(shop: Project) -> Screen:
    """A canvas of the shop."""
    return Screen(shop, "orders")


def write_code(project: Project) -> None:
    code = project.root / CODE
    code.parent.mkdir()
    code.write_text("pass\n", "utf-8")
    record_implementation(project.workbench.sync, PLACE, (CODE,))


def test_a_prompt_comes_with_what_it_names_and_the_command(screen: Screen, shop: Project) -> None:
    found = screen.ask("prompt", flows=[PLACE])
    assert found["text"].startswith(f"# Implement {PLACE}")
    assert PLACE_ORDER_FILE in found["files"]
    assert shlex.split(found["command"]) == [
        *("ddd-lab", "implement", "--project", str(shop.root), PLACE)
    ]
    assert found["drifts"] == [], "there is no code that anything could have moved away from"
    both = screen.ask("prompt", flows=[PLACE, TRACK])
    assert TRACK in both["text"]
    assert shlex.split(both["command"])[-2:] == [PLACE, TRACK]


def test_failing_tests_have_a_prompt_and_a_command_of_their_own(
    screen: Screen, shop: Project
) -> None:
    assert "there is nothing to fix" in screen.refused("prompt", flows=[PLACE], kind="fix")
    write_code(shop)
    failed = {"name": "test_status", "status": "failed", "error_message": "201 != 202"}
    record_tests(
        shop.workbench.sync, PLACE, {"total": 1, "passed": 0, "failed": 1, "tests": [failed]}
    )
    found = screen.ask("prompt", flows=[PLACE], kind="fix")
    assert "201 != 202" in found["text"]
    assert shlex.split(found["command"])[4:] == ["--fix", PLACE]


def test_what_moved_since_the_code_was_written_comes_along(screen: Screen, shop: Project) -> None:
    write_code(shop)
    shop.root.joinpath(PLACE_ORDER_FILE).write_text(PLACE_ORDER.replace("201", "202"), "utf-8")
    shop.root.joinpath(CODE).write_text("changed = True\n", "utf-8")
    (drift,) = screen.ask("prompt", flows=[PLACE, TRACK])["drifts"]
    assert drift["flow"] == PLACE
    assert drift["title"].startswith("Both the spec and its code have changed")
    assert drift["words"] == ["node “Order placed”: status 201 → 202", f"{CODE} changed"]
    assert "-      status: 201\n+      status: 202" in drift["diff"]


def test_commands_are_quoted_so_that_a_shell_finds_the_same(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_shop(tmp_path / "it's $(my) shop")
    with Project(root, watch=False) as project:
        record_implementation(project.workbench.sync, PLACE, ())
        root.joinpath(PLACE_ORDER_FILE).write_text(PLACE_ORDER.replace("201", "202"), "utf-8")
        found = Screen(project, "orders").ask("prompt", flows=[PLACE])
    assert main([*shlex.split(found["command"])[1:], "--prompt"]) == 0
    assert f"# Update {PLACE}" in capfd.readouterr().out
    assert main(shlex.split(found["accept"])[1:]) == 2, "there is no reason yet"
    assert main(shlex.split(found["accept"].replace("''", "'it is fine'"))[1:]) == 0
    assert f"{PLACE} is in sync" in capfd.readouterr().out


def test_broken_settings_are_told_where_they_are_broken(screen: Screen, shop: Project) -> None:
    settings = Path(shop.root, ".ddd/config.yaml")
    settings.parent.mkdir()
    settings.write_text("claude_code: [\n", "utf-8")
    assert ".ddd/config.yaml" in screen.refused("prompt", flows=[PLACE])
