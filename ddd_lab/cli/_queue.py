"""The queue in a shell: each flow is begun here, confirmed here, and the next one follows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ddd_lab.cli._confirm import finish
from ddd_lab.cli._errors import Status
from ddd_lab.cli._output import plain, print_out
from ddd_lab.cli._trust import ask_before_claude

if TYPE_CHECKING:
    from ddd_lab.implementation.prompts.prompt import Prompt
    from ddd_lab.implementation.queue import Queue
    from ddd_lab.implementation.runs import Run
    from ddd_lab.project import Project

_STEP = 0.5
"""Seconds between looks at a run that goes on in another terminal."""


def go_through(project: Project, prompts: Callable[[], list[Prompt]], *, yes: bool) -> Status:
    """Implement flows one after another, or go on with the queue that there is.

    Args:
        project: of the flows.
        prompts: makes those of a new queue.
        yes: confirm the files that changed without asking.

    Raises:
        RunError: a flow cannot be begun.
        EditError: the mapping is broken.
        ConfigError: the settings are broken.
        OSError: something cannot be written.
    """
    from ddd_lab.implementation.queue import pause_queue

    if not _begin(project, prompts):
        return Status.FINE
    shown = ""
    while True:
        queue = _look(project)
        if queue.state != "running":
            return _over(queue)
        item = queue.current
        if item is None:
            continue
        if _due(project, item.run):
            if _settle(project, item.run, item.flow, yes=yes) is not Status.FINE:
                queue = _look(project)
                if queue.state == "running":
                    why = f"{item.flow}: its files are not confirmed"
                    queue = pause_queue(project.root, why)
                return _over(queue)
            continue
        if (said := f"{item.flow}: {item.why}") != shown:
            shown = said
            print_out(f"{plain(said)}\n")
        time.sleep(_STEP)


def _begin(project: Project, prompts: Callable[[], list[Prompt]]) -> bool:
    """Start a queue, or go on with the one that there is; returns whether there is any."""
    from ddd_lab.implementation.queue import read_queue, resume_queue, start_queue

    queue = read_queue(project.root)
    if queue.state in ("running", "paused"):
        why = f" ({plain(queue.why)})" if queue.why else ""
        print_out(
            f"Going on with the queue{why}: {plain(', '.join(one.flow for one in queue.items))}\n"
        )
        ask_before_claude(project.root)
        if queue.state == "paused":
            resume_queue(project.root)
        return True
    wanted = prompts()
    if wanted:
        ask_before_claude(project.root)
        start_queue(project.workbench.sync, wanted)
    return bool(wanted)


def _look(project: Project) -> Queue:
    from ddd_lab.implementation.config import read_config
    from ddd_lab.implementation.queue import advance
    from ddd_lab.implementation.runs.launch import launch

    begun: list[str] = []

    def begin(run: Run) -> None:
        begun.append(run.id)
        print_out(f"--- {plain(', '.join(run.flows))}\n")
        launch(run)

    project.refresh()
    queue = advance(project.workbench.sync, read_config(project.root), begin)
    # What was begun here has ended by now: how it stands is another question.
    return _look(project) if begun else queue


def _due(project: Project, id: str) -> bool:
    """Whether the person has something to say to a run: its program has ended, its turn done."""
    from ddd_lab.implementation.runs import find_run

    run = find_run(project.root, id)
    return run.confirmed or (run.state == "done" and not run.alive)


def _settle(project: Project, id: str, flow: str, *, yes: bool) -> Status:
    from ddd_lab.implementation.config import read_config
    from ddd_lab.implementation.runs import find_run
    from ddd_lab.implementation.runs.outcome import run_flow_tests

    run = find_run(project.root, id)
    if not run.confirmed:
        return finish(project, run, yes=yes)
    result = run_flow_tests(project.workbench.sync, flow, read_config(project.root), run)
    print_out(f"{plain(str(result))}\n")
    return Status.FINE if result.passed else Status.ERRORS


def _over(queue: Queue) -> Status:
    left = sum(item.state in ("waiting", "running", "failed") for item in queue.items)
    if not left:
        print_out("The queue is done.\n")
        return Status.FINE
    why = f": {plain(queue.why)}" if queue.why else ""
    print_out(
        f"The queue pauses{why}\n{left} left. Go on with ddd-lab implement --queue, without this "
        "flow with --queue --skip, or forget the queue with --queue --clear\n"
    )
    return Status.ERRORS
