"""Which Jupyter server opens the terminal of a run, and what is said where none does."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import ssl
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import trustme

import ddd_lab as ddd
from ddd_lab.implementation.runs import runs
from ddd_lab.lab.queue_handle import LiveQueue
from ddd_lab.lab.run_handle import start
from ddd_lab.lab.terminal_commands import TerminalError
from ddd_lab.lab.terminals import TerminalLink
from ddd_lab.project import Project
from tests.lab.conftest import FERNHILL, FLOW, Design, wait_for
from tests.patience import PATIENCE
from tests.trusting import trusting

TOKEN = "a-secret-of-the-server"


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which servers say that they run; none does."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The sample design, with some program in Claude Code's place that never begins."""
    root = Path(shutil.copytree(FERNHILL, tmp_path / "shop/fernhill"))
    (root / ".ddd").mkdir()
    settings = {"claude_code": {"command": sys.executable}}
    (root / ".ddd/config.yaml").write_text(json.dumps(settings))
    trusting(root)
    return ddd.open(root, watch=False)


@pytest.fixture
def refusing() -> Iterator[str]:
    """The address of a server that lets nobody in."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def untrusted() -> Iterator[str]:
    """The address of a server whose certificate nobody here knows the signer of."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def says(runtime: Path, name: str, url: str, root: Path) -> None:
    """Have a server say that it runs."""
    about = {"url": url, "pid": os.getpid(), "root_dir": str(root), "token": TOKEN}
    (runtime / f"jpserver-{name}.json").write_text(json.dumps(about))


def assert_refused(project: Project, words: str) -> None:
    with pytest.raises(TerminalError, match=words) as caught:
        start(project.workbench.sync, project.prompt(FLOW))
    (run,) = runs(project.root)
    assert f"ddd-lab implement --resume {run.id} --project {project.root}" in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert run.status == ("failed", str(caught.value)), "the panel says the same"


def test_without_a_server_it_says_what_to_type_in_a_shell(runtime: Path, project: Project) -> None:
    assert_refused(project, "No running Jupyter server was found")


def test_the_queue_takes_a_spec_as_it_is_on_the_disk(runtime: Path, project: Project) -> None:
    prompt = project.prompt(FLOW)
    spec = project.root / f"specs/domains/{FLOW.replace('/', '/flows/')}.yaml"
    spec.write_text(spec.read_text().replace("POST", "PUT", 1))
    queue = LiveQueue(project.workbench.sync).start([prompt])
    wait_for(lambda: queue.now.state == "paused")
    (run,) = runs(project.root)
    assert run.spec(FLOW) == spec.read_bytes()


def test_a_server_that_shows_another_folder_is_not_asked(
    runtime: Path, project: Project, refusing: str, tmp_path: Path
) -> None:
    says(runtime, "other", refusing, tmp_path / "elsewhere")
    assert_refused(project, "No running Jupyter server was found")


def test_a_server_that_refuses_is_named(
    runtime: Path, project: Project, refusing: str, tmp_path: Path
) -> None:
    says(runtime, "1", refusing, tmp_path)
    assert_refused(project, f"{refusing} does not let this kernel in")


def test_a_server_with_a_certificate_of_its_own_is_told_from_one_that_is_gone(
    runtime: Path, project: Project, tmp_path: Path
) -> None:
    with untrusted() as url:
        says(runtime, "1", url, tmp_path)
        assert_refused(project, f"{url} has a certificate that this machine does not trust")


def test_a_server_that_is_gone_is_named(runtime: Path, project: Project, tmp_path: Path) -> None:
    says(runtime, "1", "http://127.0.0.1:9/", tmp_path)
    assert_refused(project, "http://127.0.0.1:9/ does not answer")


def test_the_link_to_a_terminal_is_text_whatever_the_record_says() -> None:
    link = TerminalLink(name="<b>one</b>", url="/'onclick='alert(1)")
    assert link._repr_html_() == (
        "<a href='/&#x27;onclick=&#x27;alert(1)' target='_blank'>"
        "Terminal &lt;b&gt;one&lt;/b&gt;</a>"
    )


def test_the_server_that_shows_the_project_opens_it_and_keeps_its_token_to_itself(
    design: Design, runtime: Path, refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(design.server.runtime, "above", refusing, design.server.root.parent)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(design.server.runtime))
    project = ddd.open(design.root, watch=False)
    run = start(project.workbench.sync, project.prompt(FLOW))
    assert run.wait(PATIENCE) == "done"
    assert run.terminal is not None
    assert run.terminal.name in [one["name"] for one in design.server.api("terminals")]
    for path in (design.root / ".ddd").rglob("*"):
        assert not path.is_file() or design.server.token.encode() not in path.read_bytes()
    run.stop()
    (design.server.runtime / "jpserver-above.json").unlink()
