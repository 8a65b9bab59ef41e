"""A run from a notebook: its terminal is the server's, its cell shows it, no restart loses it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from tests.browser.server import JupyterServer
from tests.browser.timeouts import Timeouts
from tests.lab.conftest import CODE, FLOW, OTHER, TEST, WORK, Design, wait_for

WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass
class Cell:
    """What a cell has put out.

    Attributes:
        text: printed, or the text of its result.
        error: what went wrong, if anything did.
        result: the whole result, by MIME type.
        widgets: how often it shows a widget.
    """

    text: str = ""
    error: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    widgets: int = 0


class Kernel:
    """A kernel that a server has started, as a notebook uses it."""

    def __init__(self, server: JupyterServer) -> None:
        self._server = server
        self.id = server.api("kernels", method="POST")["id"]
        self._client = self._connected()

    def _connected(self) -> BlockingKernelClient:
        file = self._server.runtime / f"kernel-{self.id}.json"
        client = BlockingKernelClient(connection_file=str(file))
        client.load_connection_file()
        # Without the heartbeat, which on a busy machine takes a slow kernel for a dead one.
        client.start_channels(hb=False)
        client.wait_for_ready(Timeouts.KERNEL)
        return client

    def run(self, code: str) -> Cell:
        """Run a cell."""
        cell = Cell()

        def take(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                cell.text += content["text"]
            elif "data" in content and message["msg_type"] != "comm_open":
                cell.result = content["data"]
                cell.text += content["data"].get("text/plain", "")
                cell.widgets += WIDGET in content["data"]

        reply = self._client.execute_interactive(
            code, timeout=Timeouts.KERNEL, output_hook=take, allow_stdin=False
        )["content"]
        if reply["status"] == "error":
            cell.error = f"{reply['ename']}: {reply['evalue']}"
        return cell

    def view(self, cell: Cell) -> dict[str, Any]:
        """What the widget that a cell shows says now, as a page asks for it."""
        widget = cell.result[WIDGET]["model_id"]
        asked = {"comm_id": widget, "data": {"method": "request_state"}}
        self._client.shell_channel.send(self._client.session.msg("comm_msg", asked))
        while True:
            content = self._client.get_iopub_msg(timeout=Timeouts.KERNEL)["content"]
            if content.get("comm_id") == widget and "view" in content["data"].get("state", {}):
                view: dict[str, Any] = content["data"]["state"]["view"]
                return view

    def complete(self, code: str) -> list[str]:
        """What the Tab key offers behind some code."""
        reply = self._client.complete(code, reply=True, timeout=Timeouts.KERNEL)
        matches: list[str] = reply["content"]["matches"]
        return matches

    def restart(self) -> None:
        """Restart it, as a person does from the menu."""
        self._client.stop_channels()
        self._server.api(f"kernels/{self.id}/restart", method="POST")
        self._client = self._connected()

    def close(self) -> None:
        """End it."""
        self._client.stop_channels()
        self._server.api(f"kernels/{self.id}", method="DELETE")


@pytest.fixture(scope="module")
def kernel(server: JupyterServer) -> Iterator[Kernel]:
    """A kernel of the server's."""
    kernel = Kernel(server)
    yield kernel
    kernel.close()


def opened(design: Design) -> str:
    return f"import ddd_lab as ddd\nproject = ddd.open({str(design.root)!r}, watch=False)\n"


def test_a_cell_starts_a_run_waits_for_it_and_confirms_its_files(
    design: Design, kernel: Kernel
) -> None:
    design.script({"tell": "Notification"}, {"until": ".go"}, *WORK[1:])
    shown = kernel.run(f"{opened(design)}run = project.implement({FLOW!r})\nrun")
    assert not shown.error
    assert WIDGET in shown.result
    name = design.server.api("terminals")[-1]["name"]
    assert f"/terminals/{name}" in shown.text
    (seen,) = design.get("project").body["runs"]
    assert seen["terminal"] == name, "the panel shows the terminal that the kernel has opened"

    wait_for(lambda: kernel.run("print(run.state)").text == "waiting\n")
    assert "TimeoutError" in kernel.run("run.wait(0.2)").error
    (design.root / ".go").touch()
    assert kernel.run("print(run.wait(120))").text.endswith("done\n")
    said = kernel.run("print(run)").text
    assert f"files to confirm with .confirm(): {CODE}, {TEST}" in said
    assert "Addition: a log line" in said
    done = kernel.run(
        "run.confirm()\nprint(run)\nprint(project.flows[run.flows[0]].sync_status.state)"
    )
    assert not done.error
    assert "1 passed" in done.text
    assert done.text.endswith("in_sync\n")


def test_a_run_is_shown_by_the_cell_that_starts_it_whatever_the_cell_ends_with(
    design: Design, kernel: Kernel
) -> None:
    design.script({"tell": "Notification"}, {"until": ".go"}, *WORK[1:])
    started = f"run = project.implement({FLOW!r})"
    assert kernel.run(opened(design) + started).widgets == 1
    assert kernel.run("run.stop()").widgets == 0, "the next cell has no part in it"
    assert kernel.run(f"{started}\nrun").widgets == 1, "not twice"
    kernel.run("run.stop()")
    broken = kernel.run(f"{started}\nno_such_name")
    assert (broken.widgets, broken.error) == (1, "NameError: name 'no_such_name' is not defined")
    kernel.run("run.stop()")
    waited = kernel.run(
        f"{started}\ntry:\n    run.wait(1)\nexcept TimeoutError:\n    print('it goes on')"
    )
    assert waited.widgets == 1
    assert waited.text.index("terminal: ") < waited.text.index("it goes on"), "before the wait"
    kernel.run("again = next(one for one in project.runs if one.id == run.id)")
    again = kernel.run("try: again.wait(0.1)\nexcept TimeoutError: pass")
    assert again.widgets == 1, "one that is waited for is shown, whoever started it"
    (design.root / ".go").touch()
    assert kernel.run("print(again.wait(120))").text == "done\n"
    queued = kernel.run(f"queue = project.queue({OTHER!r})")
    assert f"{OTHER}: " in queued.text
    kernel.run("queue.clear()\nfor one in project.runs: one.stop()")


def test_a_run_that_was_stopped_is_shown_again_when_it_goes_on(
    design: Design, kernel: Kernel
) -> None:
    kernel.run(f"{opened(design)}run = project.implement({FLOW!r})\nrun.wait(120)\nrun.stop()")
    resumed = kernel.run("_ = run.resume()")
    assert resumed.widgets == 1
    assert "terminal: " in resumed.text
    kernel.run("run.stop()")


def test_a_cell_says_that_the_folder_of_its_run_is_gone(design: Design, kernel: Kernel) -> None:
    design.script({"tell": "UserPromptSubmit"}, {"until": ".go"})
    cell = kernel.run(f"{opened(design)}run = project.implement({FLOW!r})\nrun")
    (run,) = design.get("project").body["runs"]
    kernel.run("run.stop()")
    shutil.rmtree(design.root / ".ddd/runs" / run["id"])
    wait_for(lambda: "its folder is gone" in kernel.view(cell)["why"])
    assert "its folder is gone" in kernel.run("run.wait(1)").error


def test_a_run_and_the_queue_outlive_the_kernel_that_started_them(
    design: Design, kernel: Kernel
) -> None:
    design.script({"tell": "UserPromptSubmit"}, {"until": ".go"}, *WORK[1:])
    design.settings(testing={"auto_run": False})
    begun = kernel.run(f"{opened(design)}queue = project.queue({FLOW!r}, {OTHER!r})\nqueue")
    assert f"{OTHER}: waiting" in begun.text
    wait_for(lambda: "at work" in kernel.run("print(queue)").text)
    kernel.restart()
    kernel.run(opened(design))
    again = kernel.run("run = project.runs[0]\nprint(run.flows[0])")
    assert again.text == f"{FLOW}\n"
    assert "is not finished" in kernel.run(f"project.implement({FLOW!r})").error
    (design.root / ".go").touch()
    assert kernel.run("print(run.wait(120))").text.endswith("done\n")
    kernel.run("run.confirm()")
    wait_for(lambda: kernel.run("print(project.runs[0].flows[0])").text == f"{OTHER}\n")
    assert kernel.run("print(project.runs[0].wait(120))").text.endswith("done\n")
    assert "queue: paused (you paused it)" in kernel.run("print(project.queue().pause())").text
    kernel.run("project.runs[0].stop()")


def test_the_magics_do_the_same_in_short_words(design: Design, kernel: Kernel) -> None:
    kernel.restart()
    assert "no project is open" in kernel.run("%load_ext ddd_lab\n%ddd stale").error
    assert kernel.run(f"%ddd open '{design.root}'").result
    assert f"{FLOW}: pending" in kernel.run("%ddd status").text
    assert kernel.run("%ddd stale").text == "Nothing is stale."
    told = kernel.run(f"%ddd prompt {FLOW}").text
    assert told.strip() == design.post("prompt", flows=[FLOW]).body["text"].strip()
    assert "%ddd implement FLOW..." in kernel.run("%ddd help").text
    assert "Claude Sonnet (claude-sonnet, active)" in kernel.run("%ddd models").text
    assert "spent of $50.00" in kernel.run("%ddd usage").text

    started = kernel.run(f"%ddd implement {FLOW}")
    assert WIDGET in started.result
    (run,) = design.get("project").body["runs"]
    design.run_until(run["id"], "done")
    design.post("run/confirm", id=run["id"], files={FLOW: [CODE, TEST]})
    assert "1 passed" in kernel.run(f"%ddd tests {FLOW}").text
    assert "queue: empty" in kernel.run("%ddd queue").text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "there is: open, status, stale"),
        ("prompt", "takes a flow"),
        ("prompt no/such", "there is no flow 'no/such'"),
        ("open /no/such/folder", "/no/such/folder does not exist"),
        ("open 'half", "No closing quotation"),
        ("queue resume", "no queue is running"),
    ],
)
def test_a_magic_that_cannot_be_carried_out_says_why_in_one_line(
    design: Design, kernel: Kernel, line: str, words: str
) -> None:
    kernel.run(f"%reload_ext ddd_lab\n%ddd open '{design.root}'")
    cell = kernel.run(f"%ddd {line}")
    assert cell.error.startswith("UsageError: ")
    assert words in cell.text, "it is shown"
    assert cell.text.count("\n") == 1, "without a traceback"


def test_the_tab_key_knows_commands_and_flows(design: Design, kernel: Kernel) -> None:
    kernel.run(f"%reload_ext ddd_lab\n%ddd open '{design.root}'")
    kernel.run("%config IPCompleter.use_jedi = False")  # knows nothing of magics, and is slow
    assert "implement" in kernel.complete("%ddd im")
    assert kernel.complete("%ddd implement members/jo") == [FLOW]
    assert "pause" in kernel.complete("%ddd queue pa")
    assert "lending/return-item" in kernel.complete("%%ddd ask lending/ret")
    assert kernel.complete("%ddd explain lending/return-item#find_l") == ["find_loan"]
    assert kernel.complete("%ddd suggest lend") != []
