"""The real Claude Code in a terminal of a Jupyter server: answered there, killed, gone on with."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
import websocket

from notebooks.scripted_claude.home import command
from notebooks.scripted_claude.provider import Say, Use, provider
from notebooks.scripted_claude.terminal import COLUMNS, LINES
from tests.browser.server import JupyterServer
from tests.lab.conftest import CODE, FLOW, NOTES, TEST, Design, wait_for


class JupyterTerminal:
    """A terminal of a server, as JupyterLab shows it and types into it."""

    def __init__(self, server: JupyterServer, name: str) -> None:
        self._screen = pyte.HistoryScreen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._lock = threading.Lock()
        self._socket = websocket.create_connection(
            f"{server.url.replace('http', 'ws', 1)}/terminals/websocket/{name}",
            header={"Authorization": f"token {server.token}"},
        )
        self._socket.send(json.dumps(["set_size", LINES, COLUMNS, 0, 0]))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while raw := self._socket.recv():
                kind, *rest = json.loads(raw)
                if kind == "stdout":
                    with self._lock:
                        self._stream.feed(rest[0])
        except (OSError, websocket.WebSocketException):
            return

    @property
    def text(self) -> str:
        """What stands on the screen, spaces and line breaks as one space each."""
        with self._lock:
            return " ".join(" ".join(self._screen.display).split())

    def wait_for(self, words: str) -> None:
        """Wait until some words stand on the screen."""
        wait_for(lambda: words in self.text)

    def type(self, keys: str) -> None:
        """Type something."""
        self._socket.send(json.dumps(["stdin", keys]))

    def close(self) -> None:
        """Leave it, also where the server has left it before."""
        self._socket.close()
        self._socket.shutdown()  # type: ignore[no-untyped-call]  # websocket-client does not say


@pytest.fixture
def terminals() -> Iterator[list[JupyterTerminal]]:
    """Terminals that are left in the end."""
    opened: list[JupyterTerminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.covers("S08.7")
def test_a_session_is_answered_in_its_terminal_and_goes_on_in_another_when_that_is_gone(
    design: Design, claude: Path, terminals: list[JupyterTerminal]
) -> None:
    code = Use("Write", {"file_path": str(design.root / CODE), "content": "LIMIT = 3\n"})
    test = Use("Write", {"file_path": str(design.root / TEST), "content": "def test_it(): pass\n"})
    with provider(code, test, Say(NOTES), Say("You are welcome.")) as script:
        words = command(claude, design.root.parent / "home", design.root, script.url)
        design.settings(claude_code={"command": words})
        run = design.start().body["brief"]
        terminals.append(JupyterTerminal(design.server, run["terminal"]))
        terminals[0].wait_for("Do you want to create join_library.py?")
        design.run_until(run["id"], "waiting")
        assert not (design.root / CODE).exists(), "nothing is written before the person agrees"
        terminals[0].type("\r")
        terminals[0].wait_for("Do you want to create test_join_library.py?")
        terminals[0].type("\r")
        ended = design.run_until(run["id"], "done")
        assert ended["notes"]["additions"] == ["a log line"]

        design.server.api(f"terminals/{run['terminal']}", "DELETE")
        design.run_until(run["id"], "failed", "stopped")
        # The server lets go of a terminal when it reads its end: a moment after the program's.
        wait_for(lambda: design.get("run", id=run["id"]).body["brief"]["terminal"] == "")
        resumed = design.post("run/resume", id=run["id"]).body["brief"]
        terminals.append(JupyterTerminal(design.server, resumed["terminal"]))
        terminals[1].wait_for("a log line")
        terminals[1].type("Thank you.")
        terminals[1].wait_for("Thank you.")
        terminals[1].type("\r")
        terminals[1].wait_for("You are welcome.")
        wait_for(lambda: design.get("run", id=run["id"]).body["brief"]["turns"] == 2)
        assert "Thank you." in script.heard

        confirmed = design.post("run/confirm", id=run["id"], files={FLOW: [CODE, TEST]}).body
        assert [report["passed"] for report in confirmed["tests"]] == [True]
        assert design.flow()["state"] == "in_sync"
        terminals[1].type("/exit\r")
        terminals[1].wait_for("this is your shell")
        over = design.run_until(run["id"], "done")["brief"]
        assert not over["alive"]
        assert over["terminal"] == resumed["terminal"], "what was said stays there to be read"
