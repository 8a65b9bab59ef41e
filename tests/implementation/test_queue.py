"""Flows one after another: what begins, what waits, what pauses, and that no restart loses it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.events import Events
from ddd_lab.implementation.prompts import Prompt
from ddd_lab.implementation.prompts.by_kind import prompt_for
from ddd_lab.implementation.queue import (
    Queue,
    advance,
    clear_queue,
    pause_queue,
    read_queue,
    resume_queue,
    skip_in_queue,
    start_queue,
)
from ddd_lab.implementation.runs import Run, RunError, find_run, runs
from ddd_lab.implementation.runs.confirming import confirm
from ddd_lab.implementation.runs.outcome import run_flow_tests
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.project import Project
from tests.implementation.stand_in import launched, stand_in, wait_for
from tests.patience import PATIENCE
from tests.recorded import record_implementation

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
ONE, TWO = "members/join-library", "lending/borrow-item"
WORK = """\
name = said().split()[-1]
os.makedirs("src", exist_ok=True)
open(f"src/{name}.py", "w").write("done = True\\n")
tell("Stop", last_assistant_message="Done.")
"""
TESTED = 'testing: {scope_pattern: "src/*join_library.py", args: [-q]}\n'


class Bench:
    """A project with a queue, and whoever looks at it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(root, watch=False)
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, run: Run) -> None:
        self.started.append(launched(run))

    def look(self) -> Queue:
        return advance(self.project.workbench.sync, read_config(self.root), self.start)

    def confirm(self, flow: str) -> None:
        item = next(item for item in self.look().items if item.flow == flow)
        run = find_run(self.root, item.run)
        assert run.wait(PATIENCE) == "done"
        code = f"src/{flow.replace('/', '-')}.py"
        confirm(self.project.workbench.sync, run, {flow: [code]}, read_config(self.root))

    def status(self) -> list[tuple[str, str]]:
        return [(item.flow, item.state) for item in read_queue(self.root).items]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A copy of the sample design, with a script that writes a file in Claude Code's place."""
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    stand_in(root, WORK, "testing: {auto_run: false}\n")
    bench = Bench(root)
    yield bench
    for run in runs(root):
        stop(run)
    for process in bench.started:
        process.communicate(timeout=PATIENCE)


def prompts(*flows: str) -> list[Prompt]:
    return [Prompt(flows=(flow,), text=f"Write {flow.replace('/', '-')}") for flow in flows]


@pytest.mark.covers("T31.4", "S08.19")
def test_flows_are_implemented_one_after_another_as_they_are_confirmed(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    assert bench.look().items[0].state == "running"
    assert len(runs(bench.root)) == 1
    wait_for(lambda: "confirm which files" in bench.look().items[0].why)
    assert bench.status() == [(ONE, "running"), (TWO, "waiting")]
    bench.confirm(ONE)
    assert [item.state for item in bench.look().items] == ["done", "running"]
    bench.confirm(TWO)
    assert bench.look().state == "done"
    assert bench.project.workbench.sync.flow(TWO).state == "in_sync"
    assert "queue_done" in [event["what"] for event in Events(bench.root)]


def test_prompts_are_kept_as_the_person_left_them(bench: Bench) -> None:
    text = "mine: \"'$(x)` ü 漢 \ud800\n members-join-library"
    start_queue(bench.project.workbench.sync, [Prompt(flows=(ONE,), text=text)])
    bench.look()
    (run,) = runs(bench.root)
    assert (run.folder / "prompt.md").read_bytes() == text.encode("utf-8", "surrogatepass")


def test_after_a_restart_it_goes_on_where_it_was(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    bench.look()
    (run,) = runs(bench.root)
    assert run.wait(PATIENCE) == "done"
    again = Bench(bench.root)
    assert [item.state for item in again.look().items] == ["running", "waiting"]
    assert len(runs(bench.root)) == 1
    again.confirm(ONE)
    assert [item.state for item in again.look().items] == ["done", "running"]
    assert runs(bench.root)[0].wait(PATIENCE) == "done"
    again.started[0].communicate(timeout=PATIENCE)


def test_several_who_look_at_once_begin_every_flow_once(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    others = [Bench(bench.root) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.look(), others))
    bench.started += [process for other in others for process in other.started]
    assert len(bench.started) == 1
    assert len(runs(bench.root)) == 1


def test_a_run_that_was_killed_pauses_it_and_is_tried_again(bench: Bench) -> None:
    stand_in(bench.root, "time.sleep(600)", "testing: {auto_run: false}\n")
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    bench.look()
    (run,) = runs(bench.root)
    wait_for(lambda: run.state == "running")
    os.killpg(bench.started[0].pid, signal.SIGKILL)
    wait_for(lambda: bench.look().state == "paused")
    assert read_queue(bench.root).why == (
        f"{ONE}: Claude Code exited unexpectedly. It was probably killed."
    )
    assert bench.look().items[1].state == "waiting"
    stand_in(bench.root, WORK, "testing: {auto_run: false}\n")
    assert resume_queue(bench.root).items[0].state == "waiting"
    assert bench.look().items[0].state == "running"
    assert len(runs(bench.root)) == 2


def test_tests_that_fail_pause_it_until_they_pass(bench: Bench) -> None:
    work = WORK.replace("done = True", "def test_it(): assert False").replace(
        "{name}", "{name.replace('-', '_')}"
    )
    stand_in(bench.root, work, TESTED)
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    bench.look()
    (run,) = runs(bench.root)
    assert run.wait(PATIENCE) == "done"
    code = "src/members_join_library.py"
    config = read_config(bench.root)
    confirm(bench.project.workbench.sync, run, {ONE: [code]}, config)
    assert bench.look().items[0].why == "its files are confirmed; its tests have not run yet"
    run_flow_tests(bench.project.workbench.sync, ONE, config, run)
    assert bench.look().why == f"{ONE}: 1 of 1 tests fail"
    (bench.root / code).write_text("def test_it(): pass\n")
    run_flow_tests(bench.project.workbench.sync, ONE, config)
    assert resume_queue(bench.root).items[0].why == "its tests pass now"
    assert [item.state for item in bench.look().items] == ["done", "running"]


def test_a_flow_whose_run_was_confirmed_without_a_file_of_it_pauses_it(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    bench.look()
    (run,) = runs(bench.root)
    assert run.wait(PATIENCE) == "done"
    run.write("outcome.json", {"files": {ONE: []}})  # as it was recorded by earlier versions
    queue = bench.look()
    assert (queue.state, queue.why) == (
        "paused",
        f"{ONE}: its run was confirmed without a file for this flow",
    )
    assert resume_queue(bench.root).items[0].state == "waiting"


def test_what_was_never_begun_is_not_done_for_the_tests_of_an_earlier_run(bench: Bench) -> None:
    stand_in(bench.root, WORK.replace("{name}", "join_library"), TESTED)
    run = prepared(bench.project.workbench.sync, prompts(ONE)[0])
    bench.start(run)
    assert run.wait(PATIENCE) == "done"
    code, config = "src/join_library.py", read_config(bench.root)
    (bench.root / code).write_text("def test_it(): pass\n")
    confirm(bench.project.workbench.sync, run, {ONE: [code]}, config)
    assert run_flow_tests(bench.project.workbench.sync, ONE, config, run).passed
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    flow = bench.project.flows[ONE]
    flow.nodes[next(iter(flow.nodes))].label = "Not saved"
    assert "unsaved changes" in bench.look().why
    assert resume_queue(bench.root).items[0].state == "waiting"


def test_what_nobody_edited_is_told_as_it_stands_when_its_turn_comes(bench: Bench) -> None:
    config = read_config(bench.root)
    both = [prompt_for(bench.project.workbench.sync, config, [key]) for key in (ONE, TWO)]
    edited = both[1].with_instructions("Keep it short.")
    start_queue(bench.project.workbench.sync, [both[0], edited])
    (bench.root / "src").mkdir()
    (bench.root / "src/a.py").write_text("x = 1\n")
    record_implementation(bench.project.workbench.sync, ONE, ("src/a.py",))
    bench.look()
    (run,) = runs(bench.root)
    assert (run.about["mode"], run.prompt.split("\n")[0]) == ("update", f"# Update {ONE}")
    assert "src/a.py" in run.prompt
    skip_in_queue(bench.root)
    last = bench.look().items[1]
    assert find_run(bench.root, last.run).prompt == edited.text


def test_a_flow_whose_tests_failed_is_tried_again_with_what_they_said(bench: Bench) -> None:
    work = WORK.replace("done = True", "def test_it(): assert 3 == 4")
    work = work.replace("said().split()[-1]", "'join_library'")
    stand_in(bench.root, work, TESTED)
    start_queue(bench.project.workbench.sync, [*prompts(ONE), *prompts(TWO)])
    bench.look()
    (run,) = runs(bench.root)
    assert run.wait(PATIENCE) == "done"
    config = read_config(bench.root)
    confirm(bench.project.workbench.sync, run, {ONE: ["src/join_library.py"]}, config)
    assert not run_flow_tests(bench.project.workbench.sync, ONE, config, run).passed
    assert bench.look().state == "paused"
    resume_queue(bench.root)
    again = find_run(bench.root, bench.look().items[0].run)
    assert again.kind == "fix"
    assert "assert 3 == 4" in again.prompt


def test_a_queue_of_an_earlier_version_goes_on_when_it_is_resumed(bench: Bench) -> None:
    """It kept every prompt, and said of no flow what is to be done with it."""
    items = [
        {"flow": ONE, "state": "skipped", "why": "", "run": ""},
        {"flow": TWO, "state": "waiting", "why": "", "run": ""},
    ]
    kept = [prompt.model_dump() for prompt in prompts(ONE, TWO)]
    old = {"queue": {"state": "running", "why": "", "items": items}, "prompts": kept}
    (bench.root / ".ddd/runs").mkdir()
    (bench.root / ".ddd/runs/queue.json").write_text(json.dumps(old))
    assert bench.look().state == "paused"
    resume_queue(bench.root)
    assert bench.look().items[1].state == "running"
    assert [run.flows for run in runs(bench.root)] == [(TWO,)]


def test_a_program_still_open_is_ended_before_the_next_flow(bench: Bench) -> None:
    stand_in(bench.root, WORK + "time.sleep(600)\n", "testing: {auto_run: false}\n")
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    bench.look()
    (run,) = runs(bench.root)
    assert run.wait(PATIENCE) == "done"
    assert bench.started[0].poll() is None
    bench.confirm(ONE)
    bench.look()
    assert find_run(bench.root, run.id).status == (
        "done",
        "Finished. The session was closed so that the next run could start.",
    )


def test_paused_by_the_person_it_begins_nothing(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    assert pause_queue(bench.root).state == "paused"
    bench.look()
    assert not runs(bench.root)
    resume_queue(bench.root)
    bench.look()
    assert len(runs(bench.root)) == 1


def test_a_flow_can_be_skipped_and_all_of_it_forgotten(bench: Bench) -> None:
    start_queue(bench.project.workbench.sync, prompts(ONE, TWO))
    with pytest.raises(RunError, match="is not finished"):
        start_queue(bench.project.workbench.sync, prompts(TWO))
    skip_in_queue(bench.root)
    assert [item.state for item in bench.look().items] == ["skipped", "running"]
    assert skip_in_queue(bench.root).state == "done"
    assert clear_queue(bench.root) == read_queue(bench.root) == Queue()
    with pytest.raises(RunError, match="no queue is running"):
        resume_queue(bench.root)


def test_what_cannot_be_begun_pauses_it_and_says_why(bench: Bench) -> None:
    def refuse(run: Run) -> None:
        raise OSError("there are no terminals here")

    start_queue(bench.project.workbench.sync, prompts("members/no-such", ONE))
    assert "no-such" in bench.look().why
    assert resume_queue(bench.root).items[0].state == "waiting"
    assert "no-such" in bench.look().why
    skip_in_queue(bench.root)
    queue = advance(bench.project.workbench.sync, read_config(bench.root), refuse)
    assert queue.why == f"{ONE}: there are no terminals here"
    flow = bench.project.flows[ONE]
    flow.nodes[next(iter(flow.nodes))].label = "Not saved"
    resume_queue(bench.root)
    assert "unsaved changes" in bench.look().why


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"queue": {"state": "x"}}'])
def test_a_broken_file_is_no_queue(bench: Bench, content: bytes) -> None:
    (bench.root / ".ddd/runs").mkdir(parents=True)
    (bench.root / ".ddd/runs/queue.json").write_bytes(content)
    assert read_queue(bench.root).state == "empty"
    assert "cannot be read" in read_queue(bench.root).why
    start_queue(bench.project.workbench.sync, prompts(ONE))
    assert read_queue(bench.root).state == "running"


@pytest.mark.parametrize("wrong", [[], prompts(ONE, ONE), [Prompt(flows=(ONE, TWO), text="x")]])
def test_a_queue_takes_one_flow_at_a_time(bench: Bench, wrong: list[Prompt]) -> None:
    with pytest.raises(RunError, match="one prompt per flow"):
        start_queue(bench.project.workbench.sync, wrong)
