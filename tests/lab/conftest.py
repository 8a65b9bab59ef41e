"""A real Jupyter server with the extension, and designs below its folder."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from notebooks.scripted_claude.home import executable
from tests.browser.server import JupyterServer, jupyter_server
from tests.browser.timeouts import Timeouts
from tests.git.repository import commit_first
from tests.trusting import trusting

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
STAND_IN = Path(__file__).with_name("stand_in.py")
FLOW = "members/join-library"
FLOW_FILE = "specs/domains/members/flows/join-library.yaml"
OTHER = "members/check-standing"
CODE, TEST = "src/join_library.py", "tests/test_join_library.py"
_ANY_BYTES = "surrogateescape"
"""How a folder's name travels that is not UTF-8."""
NOTES = "Done.\n\n## Implementation Notes\n\n1. **Additions**\n   - a log line\n"
WORK: tuple[dict[str, Any], ...] = (
    {"tell": "UserPromptSubmit"},
    {"write": {CODE: "LIMIT = 3\n", TEST: "def test_the_limit(): pass\n"}},
    {"tell": "Stop", "last_assistant_message": NOTES},
)
"""What the program in Claude Code's place does, if a test says nothing else."""


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    body: Any


@dataclass(frozen=True)
class Design:
    """A design below the server's folder, and what a panel can do with it."""

    server: JupyterServer
    root: Path

    def get(self, path: str, **query: str) -> Answer:
        return call(self.server, path, query={"root": str(self.root), **query})

    def post(self, path: str, **body: Any) -> Answer:
        return call(self.server, path, body={"root": str(self.root), **body})

    def script(self, *steps: dict[str, Any]) -> None:
        """Say what the program in Claude Code's place does."""
        (self.root.parent / "script.json").write_text(json.dumps(steps))

    def settings(self, **changes: Any) -> None:
        """Change settings, and trust the design with them."""
        path = self.root / ".ddd/config.yaml"
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))
        trusting(self.root)

    def start(self, flow: str = FLOW, text: str = "Do it.") -> Answer:
        return self.post("run/start", kind="implement", mode="new", flows=[flow], text=text)

    def run_until(self, id: str, *states: str) -> dict[str, Any]:
        """The run as soon as it stands so."""

        def look() -> Any:
            view = self.get("run", id=id).body
            return view if view["brief"]["state"] in states else None

        found: dict[str, Any] = wait_for(look)
        return found

    def is_told(self) -> bool:
        """Whether there is no news just after a look; files that were written are noticed late."""
        known = self.get("project").body["rev"]
        return self.get("project", rev=known).status == 304

    def flow(self, key: str = FLOW) -> dict[str, Any]:
        flows: list[dict[str, Any]] = self.get("project").body["flows"]
        return next(line for line in flows if line["key"] == key)


def wait_for(look: Callable[[], Any]) -> Any:
    """What a look finds, as soon as it finds anything."""
    deadline = time.monotonic() + Timeouts.KERNEL
    while not (found := look()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
    return found


def call(
    server: JupyterServer,
    path: str,
    *,
    query: dict[str, str] | None = None,
    body: Any = None,
    token: str | None = None,
    method: str | None = None,
) -> Answer:
    """Call an endpoint of the extension; what it refuses is an answer too."""
    token = server.token if token is None else token
    request = urllib.request.Request(
        f"{server.url}/ddd-lab/{path}?{urllib.parse.urlencode(query or {}, errors=_ANY_BYTES)}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"token {token}"} if token else {},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=Timeouts.KERNEL) as answer:
            status, raw = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, raw = error.code, error.read()
    return Answer(status, json.loads(raw) if raw else None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """A server that the tests of this folder share."""
    with jupyter_server(tmp_path_factory.mktemp("jupyter") / "server") as running:
        yield running


_NUMBERS = itertools.count(1)


@pytest.fixture
def design(server: JupyterServer) -> Design:
    """A copy of the sample design, with a program in Claude Code's place."""
    return design_below(server)


@pytest.fixture
def repository(design: Design) -> Design:
    """The same, committed once."""
    commit_first(design.root, "The <first> commit")
    return design


def design_below(server: JupyterServer) -> Design:
    """A copy of the sample design in a folder of its own below a server's; it is trusted."""
    folder = server.root / f"test-{next(_NUMBERS)}"
    root = Path(shutil.copytree(FERNHILL, folder / "fernhill"))
    made = Design(server, root)
    made.script(*WORK)
    # Without the plugins of this environment pytest is there in half the time.
    runner = f"env PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 {sys.executable} -m pytest"
    claude = executable(folder / "claude", [sys.executable, STAND_IN, folder / "script.json"])
    settings = {
        "claude_code": {"command": claude},
        "testing": {"command": runner, "args": ["-q", "-p", "no:cacheprovider"]},
    }
    (root / ".ddd").mkdir()
    (root / ".ddd/config.yaml").write_text(json.dumps(settings))
    trusting(root)
    return made
