"""What goes wrong around a run: servers that end, no terminals, tests that hang, broken files."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

import ddd_lab as ddd
from ddd_lab.implementation.runs.starting import prepared
from tests.browser.server import jupyter_server
from tests.lab.conftest import CODE, FLOW, OTHER, TEST, WORK, Design, design_below, wait_for


def test_after_a_server_was_killed_the_next_one_goes_on_with_runs_and_queue(tmp_path: Path) -> None:
    with jupyter_server(tmp_path / "server") as server:
        design = design_below(server)
        design.settings(testing={"auto_run": False})
        design.script({"tell": "UserPromptSubmit"})
        prompts = [design.post("prompt", flows=[flow]).body for flow in (FLOW, OTHER)]
        assert design.post("queue", action="start", prompts=prompts).status == 200
        (run,) = design.get("project").body["runs"]
        design.run_until(run["id"], "running")
        (about,) = server.runtime.glob("jpserver-*.json")
        psutil.Process(json.loads(about.read_text())["pid"]).kill()
    with jupyter_server(tmp_path / "server") as server:
        again = Design(server, design.root)
        queue = wait_for(lambda: _queue(again) if _queue(again)["state"] == "paused" else None)
        assert FLOW in queue["why"], "the queue waits for the person, who is told why"
        (stopped,) = again.get("project").body["runs"]
        assert (stopped["state"], stopped["terminal"]) == ("failed", "")
        assert stopped["why"]

        again.script(*WORK)
        resumed = again.post("run/resume", id=run["id"]).body["brief"]
        assert resumed["terminal"] in [found["name"] for found in server.api("terminals")]
        again.run_until(run["id"], "done")
        again.post("queue", action="resume")
        assert again.post("run/confirm", id=run["id"], files={FLOW: [CODE]}).status == 200
        item = wait_for(
            lambda: _queue(again)["items"][1] if _queue(again)["items"][1]["run"] else 0
        )
        again.run_until(item["run"], "done")
        again.post("run/confirm", id=item["run"], files={OTHER: [TEST]})
        assert wait_for(lambda: _queue(again)["state"] == "done")
        assert [again.flow(key)["state"] for key in (FLOW, OTHER)] == ["in_sync", "in_sync"]


def _queue(design: Design) -> Any:
    return design.get("project").body["queue"]


def test_without_terminals_it_says_how_to_go_on_in_a_shell(tmp_path: Path) -> None:
    with jupyter_server(tmp_path / "server", "--ServerApp.terminals_enabled=False") as server:
        design = design_below(server)
        answer = design.start()
        assert answer.status == 409
        (run,) = design.get("project").body["runs"]
        assert f"ddd-lab implement --resume {run['id']}" in answer.body["message"]
        assert run["state"] == "failed"
        assert run["why"] == answer.body["message"]
        assert design.flow()["state"] == "pending"


def never_begun(design: Design) -> str:
    """A run that was prepared, whose terminal was closed before it began."""
    project = ddd.open(design.root, watch=False)
    return prepared(project.workbench.sync, project.prompt(FLOW)).id


def test_a_run_that_never_began_begins_when_it_is_resumed(design: Design) -> None:
    id = never_begun(design)
    begun = design.post("run/resume", id=id).body["brief"]
    assert begun["terminal"] in [one["name"] for one in design.server.api("terminals")]
    design.run_until(id, "done")


def test_no_terminal_opens_for_a_run_that_cannot_go_on(design: Design) -> None:
    id = never_begun(design)
    design.script({"tell": "UserPromptSubmit"})
    other = design.start().body["brief"]["id"]
    before = design.server.api("terminals")
    refused = design.post("run/resume", id=id)
    assert refused.status == 409
    assert other in refused.body["message"]
    design.run_until(other, "running")
    assert f"is not finished ({other})" in design.post("run/resume", id=id).body["message"]
    design.post("run/stop", id=other)
    design.settings(claude_code={"enabled": False})
    assert "switched off" in design.post("run/resume", id=id).body["message"]
    assert len(design.server.api("terminals")) <= len(before)


def test_a_flow_without_a_file_is_left_out_and_nothing_at_all_is_refused(design: Design) -> None:
    body = {"kind": "implement", "mode": "new", "flows": [FLOW, OTHER], "text": "Do it."}
    id = design.post("run/start", **body).body["brief"]["id"]
    design.run_until(id, "done")
    refused = design.post("run/confirm", id=id, files={FLOW: [], OTHER: []})
    assert refused.status == 409
    assert "no file is given" in refused.body["message"]
    confirmed = design.post("run/confirm", id=id, files={FLOW: [CODE, TEST], OTHER: []}).body
    assert [report["flow"] for report in confirmed["tests"]] == [FLOW]
    assert [design.flow(key)["state"] for key in (FLOW, OTHER)] == ["in_sync", "pending"]


HANGS = """
import time
from pathlib import Path
Path(".hanging").touch()
while not Path(".free").exists():
    time.sleep(0.05)
"""


def test_tests_that_hang_hold_nothing_else_up(design: Design) -> None:
    runner = design.root.parent / "hangs.py"
    runner.write_text(HANGS)
    design.settings(testing={"command": f"{sys.executable} {runner}"})
    (design.root / "tests").mkdir()
    (design.root / TEST).touch()
    with ThreadPoolExecutor(1) as pool:
        report = pool.submit(lambda: design.post("tests", flow=FLOW).body)
        wait_for((design.root / ".hanging").exists)
        assert "are running already" in design.post("tests", flow=FLOW).body["message"]
        state = design.get("project").body
        assert state["testing"] == [FLOW]
        wait_for(design.is_told)
        assert design.post("accept", flow=FLOW, reason="why not", seen="").status == 409
        assert not report.done()
        (design.root / ".free").touch()
        assert "wrote no report" in report.result()["problem"]
        after = design.get("project", rev=state["rev"]).body
        assert after["testing"] == [], "that they are over is news"


def test_a_broken_file_is_named_and_nothing_is_written_over_it(design: Design) -> None:
    run = design.start().body["brief"]
    design.run_until(run["id"], "done")
    mapping = design.root / ".ddd/mapping.yaml"
    mapping.write_text("flows: {members/join-library: [\n")
    answer = design.post("run/confirm", id=run["id"], files={FLOW: [CODE]})
    assert answer.status == 409
    assert ".ddd/mapping.yaml" in answer.body["message"]
    assert mapping.read_text() == "flows: {members/join-library: [\n"
    assert any("mapping.yaml" in words for words in design.get("project").body["problems"])
    mapping.unlink()
    assert design.post("run/confirm", id=run["id"], files={FLOW: [CODE]}).status == 200

    (design.root / ".ddd/config.yaml").write_text("testing: {timeout: soon}\n")
    state = design.get("project").body
    assert any("testing.timeout" in words for words in state["problems"])
    assert "testing.timeout" in design.post("prompt", flows=[FLOW]).body["message"]


@pytest.mark.parametrize(
    ("command", "words", "offer"),
    [
        (
            "/no/such-claude",
            "npm install -g @anthropic-ai/claude-code",
            f". The prompt as a file: ddd-lab implement {FLOW} --prompt > prompt.md",
        ),
        ("'half", "cannot be read", ""),
    ],
)
def test_without_claude_code_it_says_so_and_starts_nothing(
    design: Design, command: str, words: str, offer: str
) -> None:
    design.settings(claude_code={"command": command})
    claude = design.get("project").body["claude"]
    assert not claude["found"]
    assert words in claude["advice"]
    answer = design.start()
    assert (answer.status, answer.body["message"]) == (409, claude["advice"] + offer)
    assert design.get("project").body["runs"] == []
    assert design.post("prompt", flows=[FLOW]).body["text"], "the prompt is there to be taken along"


def test_what_cannot_be_written_is_said_with_its_place(design: Design) -> None:
    (design.root / ".ddd/runs").write_text("a file where a folder should be")
    answer = design.start()
    assert answer.status == 500
    assert str(design.root / ".ddd/runs") in answer.body["message"]
    assert design.get("project").status == 200


def test_a_claude_md_that_is_left_alone_is_told_beside_the_run(design: Design) -> None:
    design.settings(testing={"auto_run": False})
    (design.root / "CLAUDE.md").symlink_to(design.root.parent / "mine.md")
    run = design.start().body["brief"]
    design.run_until(run["id"], "done")
    view = design.post("run/confirm", id=run["id"], files={FLOW: [CODE]}).body
    (notice,) = view["notices"]
    assert "CLAUDE.md was left as it is" in notice
    assert design.flow()["state"] == "in_sync"
    assert notice in str(ddd.open(design.root, watch=False).runs[0])
