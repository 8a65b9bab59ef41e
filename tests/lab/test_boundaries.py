"""What the server opens, and what it does where a project is hostile, broken or does not answer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from ddd_lab.files.disk import locks
from ddd_lab.lab.server.endpoints import ENDPOINTS
from tests.browser.server import JupyterServer, jupyter_server
from tests.lab.conftest import FERNHILL, FLOW, TEST, Answer, Design, call, design_below, wait_for

QUERY = {"flow": FLOW, "id": "x", "by": "tests"}
BODY: dict[str, dict[str, Any]] = {
    "queue": {"action": "clear"},
    "prompt": {"flows": [FLOW]},
    "tests": {"flow": ""},
    "accept": {"flow": FLOW, "reason": "why not", "seen": ""},
    "run/start": {"kind": "implement", "mode": "new", "flows": [FLOW], "text": "Do it."},
    "run/stop": {"id": "20260101-000000-none-0000"},
    "run/resume": {"id": "20260101-000000-none-0000"},
    "run/confirm": {"id": "20260101-000000-none-0000", "files": {}},
    "claude-md": {},
    **{f"git/{what}": {"paths": ["specs/system.yaml"]} for what in ("stage", "unstage", "discard")},
    **{f"git/{what}": {} for what in ("pull", "push", "init", "abort")},
    "git/put-back": {"discarded": [{"path": "specs/system.yaml", "hash": "", "left": ""}]},
    "git/commit": {"message": "Mine", "unsaved": []},
    "git/restore": {"flow": FLOW, "commit": "HEAD"},
    "new": {"kit": "empty"},
    "trust": {"fingerprint": "x"},
    "trust/revoke": {},
}


@pytest.fixture
def outside(server: JupyterServer, tmp_path: Path) -> Iterator[Path]:
    """A design that lies beside the server's folder, and a link in there that leads to it."""
    elsewhere = Path(shutil.copytree(FERNHILL, tmp_path / "elsewhere"))
    link = server.root / "linked"
    link.symlink_to(elsewhere)
    yield elsewhere
    link.unlink()


@pytest.mark.parametrize("way", ["as it is", "by a link", "by ..", "by /proc"])
def test_a_project_outside_of_the_servers_folder_is_refused_whatever_leads_there(
    server: JupyterServer, outside: Path, way: str
) -> None:
    root = {
        "as it is": str(outside),
        "by a link": str(server.root / "linked"),
        "by ..": f"{server.root}/{os.path.relpath(outside, server.root)}",
        "by /proc": f"/proc/self/root{outside}",
    }[way]
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    for path, endpoint in ENDPOINTS.items():
        if "root" not in endpoint.arguments.model_fields:
            continue  # it is about no project
        body = None if endpoint.method == "GET" else {"root": root, **BODY[path]}
        answer = call(server, path, query={"root": root, **QUERY}, body=body)
        if path.startswith("new"):  # a form, which shows what is wrong beside its field
            assert answer.body["problems"]
            continue
        assert (path, answer.status) == (path, 403)
        assert "DDDLab.extra_roots" in answer.body["message"]
    assert before == {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}


def test_the_owner_of_a_server_may_have_it_open_projects_elsewhere(tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(FERNHILL, tmp_path / "elsewhere/fernhill"))
    wish = f"--DDDLab.extra_roots={elsewhere.parent}"
    with jupyter_server(tmp_path / "server", wish) as server:
        answer = call(server, "project", query={"root": str(elsewhere)})
        assert (answer.status, answer.body["root"]) == (200, str(elsewhere))
        assert call(server, "project", query={"root": str(tmp_path)}).status == 403


@pytest.mark.parametrize("name", [b"a\x1b[2J\nb\tc", b"caf\xe9 \xff"])
def test_a_folder_is_opened_whatever_characters_its_name_has(
    server: JupyterServer, name: bytes
) -> None:
    folder = server.root / os.fsdecode(name)
    shutil.copytree(FERNHILL, folder)
    found = call(server, "project", query={"root": str(folder)})
    assert (found.status, found.body["root"]) == (200, str(folder))
    made = call(server, "claude-md", body={"root": str(folder)})
    assert (made.status, made.body.get("root")) == (200, str(folder)), made.body
    assert (folder / "CLAUDE.md").is_file()


def test_where_runs_cannot_be_read_the_rest_is_shown_and_what_is_wrong(
    design: Design, tmp_path: Path
) -> None:
    (design.root / ".ddd/runs").symlink_to(tmp_path)
    answer = design.get("project")
    assert answer.status == 200
    assert len(answer.body["flows"]) > 1
    assert any(".ddd/runs is a link" in words for words in answer.body["problems"])
    refused = design.start()
    assert refused.status == 409
    assert ".ddd/runs" in refused.body["message"]
    assert list(tmp_path.iterdir()) == []


def test_without_terminals_no_tests_are_run_for_anybody(tmp_path: Path) -> None:
    with jupyter_server(tmp_path / "server", "--ServerApp.terminals_enabled=False") as server:
        design = design_below(server)
        ran = design.root / "ran"
        design.settings(testing={"command": f"touch {ran}"})
        (design.root / "tests").mkdir()
        (design.root / TEST).touch()
        refused = design.post("tests", flow=FLOW)
        assert refused.status == 409
        assert "terminals_enabled" in refused.body["message"]
        assert not ran.exists()


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """A server that soon gives up waiting for a project."""
    with jupyter_server(tmp_path_factory.mktemp("impatient"), "--DDDLab.patience=0.5") as running:
        yield running


def test_a_project_that_does_not_answer_says_so_and_holds_up_no_other(
    impatient: JupyterServer,
) -> None:
    stuck, other = design_below(impatient), design_below(impatient)
    assert wait_for(lambda: stuck.get("project").status == 200)
    assert wait_for(lambda: other.get("project").status == 200)
    (about,) = impatient.runtime.glob("jpserver-*.json")
    process = psutil.Process(int(about.stem.rpartition("-")[2]))
    with ThreadPoolExecutor(1) as pool:
        # Another program is about to start a run, and what waits for that holds the project.
        with locks.locked(stuck.root, "runs"):
            deed = pool.submit(stuck.start)
            answer = wait_for(lambda: found if (found := stuck.get("project")).status != 200 else 0)
            assert answer.status == 503
            assert "has not answered" in answer.body["message"]
            threads = process.num_threads()
            for _ in range(3):
                assert stuck.get("project").status == 503
            assert process.num_threads() <= threads
            assert other.get("project").status == 200
            assert other.post("prompt", flows=[FLOW]).status == 200
        assert deed.result().status == 200
    assert wait_for(lambda: stuck.get("project").status == 200)


def _telling_of(design: Design, paths: list[str]) -> Answer | None:
    """How a project stands, once it has a problem for each path."""
    answer = design.get("project")
    assert answer.status in (200, 503)
    said = "\n".join(answer.body.get("problems", ()))
    return answer if all(path in said for path in paths) else None


RUN = "20260101-120000-join-library-ab12"
SPEC = "specs/domains/members/flows/join-library.yaml"


@pytest.mark.parametrize("how", ["a pipe", "a link that leads out", "JSON without end"])
def test_what_cannot_be_read_of_a_project_is_a_problem_and_holds_nothing_up(
    impatient: JupyterServer, tmp_path: Path, how: str
) -> None:
    design = design_below(impatient)
    assert wait_for(lambda: design.get("project").status == 200)
    told = [SPEC, ".ddd/mapping.yaml", ".ddd/config.yaml", ".ddd/runs/queue.json"]
    names = ("run.json", "hooks.jsonl", "exit.json", "process.json", "terminal.json", "prompt.md")
    others = [".ddd/events.jsonl", *(f".ddd/runs/{RUN}/{name}" for name in names)]
    outside = tmp_path / "outside"
    outside.write_text("SECRET")
    for path in told + others:
        file = design.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        if how == "a pipe":
            os.mkfifo(file)
        elif how == "a link that leads out":
            file.symlink_to(outside)
        else:
            file.write_text("[" * 100_000)
    state = wait_for(lambda: _telling_of(design, told))
    for look in (design.get("run", id=RUN), design.get("events"), design.get("drift", flow=FLOW)):
        assert look.status in (200, 404, 409), look.body
        assert "SECRET" not in str(look.body)
    assert "SECRET" not in str(state.body)
    assert outside.read_text() == "SECRET"
