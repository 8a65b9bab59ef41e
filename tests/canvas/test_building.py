"""What the canvas's own dialog does where no panel takes care of it: prompts and runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ddd_lab.implementation.mapping_writer import record_implementation, record_tests
from ddd_lab.implementation.runs import runs
from ddd_lab.implementation.runs.record import process_mark
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.trust import revoke
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.implementation.stand_in import stand_in

PLACE, TRACK = "orders/place-order", "orders/track-order"


@pytest.fixture
def screen(shop: Project) -> Screen:
    """A canvas of the shop."""
    return Screen(shop, "orders")


def test_a_prompt_comes_with_what_it_names_and_the_command(screen: Screen) -> None:
    found = screen.ask("prompt", flows=[PLACE])
    assert found["text"].startswith(f"# Implement {PLACE}")
    assert "specs/domains/orders/flows/place-order.yaml" in found["files"]
    assert (found["mode"], found["run"]) == ("new", None)
    assert found["command"] == "claude --settings … --session-id … --"
    assert TRACK in screen.ask("prompt", flows=[PLACE, TRACK])["text"]


def test_failing_tests_have_a_prompt_of_their_own(screen: Screen, shop: Project) -> None:
    assert "there is nothing to fix" in screen.refused("prompt", flows=[PLACE], kind="fix")
    code = shop.root / "src/place.py"
    code.parent.mkdir()
    code.write_text("pass\n", "utf-8")
    record_implementation(shop.workbench.sync, PLACE, ("src/place.py",))
    failed = {"name": "test_status", "status": "failed", "error_message": "201 != 202"}
    record_tests(
        shop.workbench.sync, PLACE, {"total": 1, "passed": 0, "failed": 1, "tests": [failed]}
    )
    assert "201 != 202" in screen.ask("prompt", flows=[PLACE], kind="fix")["text"]


def test_a_prompt_is_run_as_the_person_has_left_it(
    screen: Screen, shop: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ddd_lab.lab.run_handle.open_terminal", lambda _: None)
    stand_in(shop.root, "")
    text = 'Say "no" to `this` and $(that)\n' + "x" * 150_000
    run = screen.ask("implement", flows=[PLACE], text=text)
    assert run["state"] == "prompt_ready"
    assert (shop.root / run["folder"] / "prompt.md").read_text("utf-8") == text
    assert screen.ask("run", id=run["id"])["state"] == "prompt_ready"
    assert "is no run" in screen.refused("run", id="../../etc")


def test_a_project_is_trusted_from_the_canvas_only_for_what_was_shown(
    screen: Screen, shop: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ddd_lab.lab.run_handle.open_terminal", lambda _: None)
    stand_in(shop.root, "")
    revoke(shop.root)
    shown = screen.try_("implement", flows=[PLACE], text="Do it")["error"]["trust"]
    assert (shown["title"], shown["folder"]) == ("Trust this project?", str(shop.root))
    assert any("stand_in" in command for command in shown["commands"])
    assert not runs(shop.root)

    settings = Path(shop.root, ".ddd/config.yaml")
    settings.write_text(settings.read_text("utf-8") + "testing: {command: evil}\n", "utf-8")
    assert "has changed" in screen.refused("trust", fingerprint=shown["fingerprint"])
    again = screen.try_("implement", flows=[PLACE], text="Do it")["error"]["trust"]
    screen.ask("trust", fingerprint=again["fingerprint"])
    assert screen.ask("implement", flows=[PLACE], text="Do it")["state"] == "prompt_ready"


def test_a_run_that_goes_on_is_told_with_the_prompt_and_can_be_stopped(
    screen: Screen, shop: Project
) -> None:
    stand_in(shop.root, "")
    run = prepared(shop.workbench.sync, shop.prompt(PLACE))
    with subprocess.Popen(["sleep", "60"]) as program:
        run.write("process.json", {**process_mark(program.pid), "launcher": {}})
        assert screen.ask("prompt", flows=[TRACK])["run"] is None
        found = screen.ask("prompt", flows=[PLACE])["run"]
        assert (found["id"], found["state"]) == (run.id, "running")

        assert screen.ask("stop", id=run.id)["state"] == "stopped"
        assert not run.alive
    assert screen.ask("prompt", flows=[PLACE])["run"] is None
    assert shop.run(run.id).state == "stopped"


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("", "It asks you before it changes files"),
        ("bypassPermissions", "It asks you before it changes files"),
        ("acceptEdits", "change files without asking"),
        ("plan", "plan first"),
        ("dontAsk", "What it asks you follows from your Claude Code settings (dontAsk)"),
    ],
)
def test_what_a_run_may_do_unasked_is_said_as_its_person_has_set_it(
    screen: Screen, shop: Project, monkeypatch: pytest.MonkeyPatch, mode: str, said: str
) -> None:
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(shop.root))
    settings = {"permissions": {"defaultMode": mode}} if mode else {}
    shop.root.joinpath("settings.json").write_text(json.dumps(settings), "utf-8")
    assert said in screen.ask("prompt", flows=[PLACE])["asks"]


def test_without_a_jupyter_server_the_way_through_a_shell_is_told(
    screen: Screen, shop: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ddd_lab.lab.terminals._running", lambda: iter(()))
    stand_in(shop.root, "")
    said = screen.refused("implement", flows=[PLACE], text="Do it")
    (run,) = runs(shop.root)
    assert f"ddd-lab implement --resume {run.id}" in said
    assert run.state == "failed"
    assert run.prompt == "Do it", "its prompt is kept"


def test_nothing_is_run_from_a_spec_that_is_not_saved(screen: Screen) -> None:
    stand_in(Path(screen.project.root), "")
    other = Screen(screen.project, PLACE)
    other.ask("set", id="placed", path=["spec", "status"], value=202)
    assert "save it first" in screen.refused("implement", flows=[PLACE], text="Do it")


def test_broken_settings_are_told_where_they_are_broken(screen: Screen, shop: Project) -> None:
    settings = Path(shop.root, ".ddd/config.yaml")
    settings.parent.mkdir()
    settings.write_text("claude_code: [\n", "utf-8")
    assert ".ddd/config.yaml" in screen.refused("prompt", flows=[PLACE])
