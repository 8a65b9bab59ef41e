"""The queue in a shell: each flow is begun here, confirmed here, and the next one follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ddd_lab.cli._confirm import finish, test
from ddd_lab.cli._errors import Status
from ddd_lab.cli._output import plain, print_out
from ddd_lab.cli._trust import ask_before_claude

if TYPE_CHECKING:
    from ddd_lab.implementation.prompts.prompt import Prompt
    from ddd_lab.implementation.queue import Queue
    from ddd_lab.implementation.runs import Run
    from ddd_lab.implementation.staleness import Sync
    from ddd_lab.project import Project


def go_through(project: Project, prompts: Callable[[], list[Prompt]], *, yes: bool) -> Status:
    """Implement flows one after another, or go on with the queue that there is.

    Args:
        yes: confirm the files that changed without asking.
    """
    from ddd_lab.implementation.queue import pause_queue, read_queue
    from ddd_lab.implementation.queue_driver import QueueDriver
    from ddd_lab.implementation.runs.launch import launch

    if not _begin(project, prompts):
        return Status.FINE
    launched: list[Run] = []

    def start(run: Run) -> None:
        print_out(f"--- {plain(', '.join(run.flows))}\n")
        launched.append(run)
        launch(run)

    driver = QueueDriver(project.root, partial(_fresh, project), start)
    shown = ""
    for queue in driver.follow():
        item = queue.current
        if launched or item is None or queue.state != "running":
            # What was launched here has ended by now: how it stands is another question.
            launched.clear()
        elif not _due(project, item.run):
            if (line := f"{item.flow}: {item.why}") != shown:
                shown = line
                print_out(f"{plain(line)}\n")
        elif _confirm_run(project, item.run, yes=yes) is not Status.FINE:
            if driver.look().state == "running":
                pause_queue(project.root, f"{item.flow}: its files are not confirmed")
            break
    return _report_end(read_queue(project.root))


@contextmanager
def _fresh(project: Project) -> Iterator[Sync]:
    project.refresh()
    yield project.workbench.sync


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
    new_prompts = prompts()
    if new_prompts:
        ask_before_claude(project.root)
        start_queue(project.workbench.sync, new_prompts)
    return bool(new_prompts)


def _due(project: Project, id: str) -> bool:
    """Whether the person has something to say to a run: its program has ended, its turn done."""
    from ddd_lab.implementation.runs import find_run

    run = find_run(project.root, id)
    return run.confirmed or (run.state == "done" and not run.alive)


def _confirm_run(project: Project, id: str, *, yes: bool) -> Status:
    from ddd_lab.implementation.runs import find_run

    run = find_run(project.root, id)
    return test(project, run) if run.confirmed else finish(project, run, yes=yes)


def _report_end(queue: Queue) -> Status:
    left = sum(item.state in ("waiting", "running", "failed") for item in queue.items)
    if not left:
        print_out("The queue is done.\n")
        return Status.FINE
    why = f": {plain(queue.why)}" if queue.why else ""
    print_out(
        f"The queue is paused{why}\n{left} left. Go on with ddd-lab implement --queue, leave this "
        "flow out with --queue --skip, or clear the queue with --queue --clear\n"
    )
    return Status.ERRORS
