"""What the panels ask the server for: prompts, runs, tests, what is stale; and what is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from ddd_lab import __version__
from ddd_lab.lab.server.endpoints import ENDPOINTS
from ddd_lab.lab.server.project_discovery import ProjectFinder
from tests.browser.server import JupyterServer
from tests.lab.conftest import CODE, FLOW, TEST, Design, call, wait_for

SPEC = "specs/domains/members/flows/join-library.yaml"
GIT = (
    *("stage", "unstage", "discard", "put-back", "commit", "pull", "push"),
    *("init", "abort", "restore"),
)
PROMPT = {"kind": "implement", "mode": "new", "flows": [FLOW], "text": "Do it."}


@pytest.mark.parametrize(
    ("path", "method"),
    [(path, endpoint.method) for path, endpoint in ENDPOINTS.items()],
)
@pytest.mark.parametrize("token", ["", "wrong"])
def test_nobody_gets_in_without_the_token(
    server: JupyterServer, path: str, method: str, token: str
) -> None:
    answer = call(server, path, body={} if method == "POST" else None, token=token, method=method)
    assert answer.status == 403
    assert set(answer.body) == {"message", "trust"}


def test_who_may_start_programs_here_is_who_may_open_terminals() -> None:
    found = {path for path, endpoint in ENDPOINTS.items() if endpoint.rights == "terminals"}
    runs = {"run/start", "run/stop", "run/resume", "run/confirm"}
    git = {f"git/{name}" for name in GIT}
    assert found == {*runs, *git, "tests", "queue", "trust", "trust/revoke"}


@pytest.mark.covers("S08.9", "S08.11", "T29.1", "T29.2", "T32.2")
def test_a_flow_goes_from_prompt_to_code_that_is_tested_and_then_stale(design: Design) -> None:
    assert design.flow()["state"] == "pending"
    wait_for(design.is_told)
    prompt = design.post("prompt", flows=[FLOW]).body
    assert SPEC in prompt["files"]
    assert all((design.root / path).is_file() for path in prompt["files"])

    started = design.start(text=prompt["text"] + "\nBe quick.").body["brief"]
    names = [terminal["name"] for terminal in design.server.api("terminals")]
    assert started["terminal"] in names
    ended = design.run_until(started["id"], "done")
    assert ended["prompt"].endswith("\nBe quick.")
    assert ended["notes"]["additions"] == ["a log line"]
    assert [file["path"] for file in ended["files"]] == [CODE, TEST]
    assert design.flow()["state"] == "pending", "nothing is recorded before a person has confirmed"

    confirmed = design.post("run/confirm", id=started["id"], files={FLOW: [CODE, TEST]}).body
    assert confirmed["brief"]["confirmed"]
    (report,) = confirmed["tests"]
    assert [(test["name"], test["status"]) for test in report["tests"]] == [
        ("tests.test_join_library::test_the_limit", "passed")
    ]
    line = design.flow()
    assert (line["state"], line["files"]) == ("in_sync", [CODE, TEST])
    assert line["tests"] == {"passed": 1, "failed": 0, "skipped": 0, "problem": ""}

    spec = design.root / SPEC
    spec.write_text(spec.read_text().replace("POST", "PUT", 1))
    line = design.flow()
    assert (line["state"], line["stale"]) == ("spec_ahead", True)
    drift = design.get("drift", flow=FLOW).body
    assert drift["words"] == line["words"] != []
    assert "\n+  method: PUT" in drift["diff"]
    spec.write_text(spec.read_text().replace("PUT", "PATCH", 1))
    refused = design.post("accept", flow=FLOW, reason="a slip of the pen", seen=drift["seen"])
    assert (refused.status, "has changed since you looked" in refused.body["message"]) == (
        409,
        True,
    )
    seen = design.get("drift", flow=FLOW).body["seen"]
    accepted = design.post("accept", flow=FLOW, reason="a slip of the pen", seen=seen).body
    assert accepted["flows"][0]["state"] == "in_sync"
    said = [event["what"] for event in design.get("events").body["events"]]
    assert said == [
        *("drift_accepted", "tests_run"),
        *("reconciliation_wanted", "implemented", "run_started"),
    ]

    (design.root / "specs/schemas/member.yaml").unlink()
    assert "\n-  name: Member\n" in design.get("drift", flow="Member").body["diff"]


def test_two_starts_of_a_flow_at_once_are_one_run(design: Design) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: design.start(), range(2)))
    assert sorted(answer.status for answer in answers) == [200, 409]
    (run,) = design.get("project").body["runs"]
    refused = next(answer for answer in answers if answer.status == 409)
    assert run["id"] in refused.body["message"]


@pytest.mark.parametrize(
    ("root", "status", "words"),
    [
        ("", 400, "absolute path"),
        ("here", 400, "absolute path"),
        ("/no/such/folder", 403, "outside the folder"),
        (os.sep, 403, "outside the folder"),
        ("{shown}/no-such-folder", 404, "no folder"),
        ("{shown}", 400, "holds no design"),
    ],
)
def test_what_is_no_project_is_refused_in_words(
    server: JupyterServer, root: str, status: int, words: str
) -> None:
    root = root.format(shown=server.root)
    for answer in (
        call(server, "project", query={"root": root}),
        call(server, "run/start", body={"root": root, **PROMPT}),
    ):
        assert answer.status == status
        assert words in answer.body["message"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("run/start", {}, 400, "kind"),
        ("run/start", PROMPT | {"flows": ["no/such"]}, 404, "no/such"),
        ("run/start", PROMPT | {"flows": ["../../etc/passwd"]}, 404, "there is no flow"),
        ("run/start", PROMPT | {"flows": []}, 400, "at least one flow"),
        ("run/start", PROMPT | {"text": " "}, 400, "no prompt"),
        ("run/start", PROMPT | {"mode": "nonsense"}, 400, "mode"),
        ("run/start", PROMPT | {"more": 1}, 400, "more"),
        ("run/stop", {"id": "20260101-000000-none-0000"}, 404, "no run"),
        ("run/stop", {"id": "../.."}, 404, "is not a run"),
        ("prompt", {"flows": ["no/such"]}, 404, "no/such"),
        ("tests", {"flow": "no/such"}, 404, "no/such"),
        ("tests", {"flow": FLOW, "run": "20260101-000000-none-0000"}, 404, "no run"),
        ("accept", {"flow": FLOW, "reason": "why not", "seen": ""}, 409, "no drift"),
        ("claude-md", {"root": "/a\0b"}, 400, "absolute path"),
        ("queue", {"action": "resume"}, 409, "no queue"),
        ("queue", {"action": "start"}, 409, "one prompt per flow"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    design: Design, path: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = design.post(path, **body)
    assert answer.status == status
    assert words in answer.body["message"]
    assert design.get("project").body["runs"] == []


@pytest.mark.parametrize("body", [[1], "text", 5])
def test_a_body_that_is_no_object_is_refused_in_words(server: JupyterServer, body: object) -> None:
    answer = call(server, "new", body=body)
    assert answer.status == 400
    assert answer.body["message"].startswith("the body must be a JSON object")


def test_projects_are_found_below_the_folder_of_the_server(server: JupyterServer) -> None:
    root = server.root / "deep/below/shop"
    (root / "specs").mkdir(parents=True)
    (root / "specs/system.yaml").write_text("system: {name: Shop}\n")
    hidden = server.root / "node_modules/other/specs"
    hidden.mkdir(parents=True)
    (hidden / "system.yaml").touch()
    projects = call(server, "projects").body["projects"]
    assert {"name": "Shop", "path": "deep/below/shop", "root": str(root)} in projects
    assert not any("node_modules" in project["path"] for project in projects)


def test_folders_that_nobody_may_look_into_hide_no_other_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lost+found", "locked", "shop"):
        (tmp_path / name / "specs").mkdir(parents=True)
        (tmp_path / name / "specs/system.yaml").write_text("system: {name: Shop}\n")
    look, listed = os.stat, os.scandir

    def stat(path: Any, **options: Any) -> os.stat_result:
        if "lost+found/" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return look(path, **options)

    def scandir(path: Any) -> Any:
        if "locked" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "scandir", scandir)
    assert "shop" in [found.path for found in ProjectFinder(tmp_path).projects().projects]


def test_a_project_that_is_the_servers_folder_has_an_empty_path(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/system.yaml").write_text("system: {name: Shop}\n")
    (found,) = ProjectFinder(tmp_path).projects().projects
    assert (found.path, found.root) == ("", str(tmp_path))


def test_what_the_tests_say_is_kept_with_the_run_that_asked(design: Design) -> None:
    ids = []
    for _ in range(2):
        run = design.start().body["brief"]["id"]
        design.run_until(run, "done")
        design.post("run/confirm", id=run, files={FLOW: [CODE, TEST]})
        ids.append(run)
    (design.root / TEST).write_text("def test_the_limit(): assert False\n")
    assert not design.post("tests", flow=FLOW, run=ids[0]).body["passed"]
    kept = [design.get("run", id=id).body["tests"][0]["passed"] for id in ids]
    assert kept == [False, True]


def test_a_request_that_takes_over_a_second_is_in_the_log_of_the_server(design: Design) -> None:
    (design.root / "tests").mkdir()
    (design.root / TEST).write_text("import time\n\ntime.sleep(1)\n")

    design.post("tests", flow=FLOW)

    took = re.compile(r"Request /ddd-lab/tests took \d+\.\d s")
    wait_for(lambda: took.search(design.server.log.read_text()))


def test_a_panel_that_waits_is_told_of_a_change_as_soon_as_there_is_one(design: Design) -> None:
    design.script({"tell": "UserPromptSubmit"})
    run = design.start().body["brief"]["id"]
    design.run_until(run, "running")
    changes: tuple[Callable[[], Any], ...] = (
        lambda: (design.root / SPEC).write_text("flow: [\n"),
        lambda: design.post("run/stop", id=run),
    )
    for change in changes:
        known = design.get("project").body["rev"]
        with ThreadPoolExecutor(1) as pool:
            news = pool.submit(lambda: design.get("project", rev=known, wait="true"))  # noqa: B023
            change()
            found = news.result()
        assert found.status == 200
        assert found.body["rev"] != known


def test_a_page_that_leaves_while_it_waits_is_no_error(design: Design) -> None:
    known = design.get("project").body["rev"]
    query = urlencode({"root": design.root, "rev": known, "wait": "true"})
    address = urlsplit(design.server.url)
    page = HTTPConnection(address.hostname or "", address.port)
    headers = {"Authorization": f"token {design.server.token}"}
    page.request("GET", f"/ddd-lab/project?{query}", headers=headers)
    page.close()

    (design.root / SPEC).write_text("flow: [\n")
    assert wait_for(lambda: design.get("project", rev=known).status == 200)

    assert "StreamClosedError" not in design.server.log.read_text()


def test_a_panel_of_another_version_is_told_so_and_nothing_is_done(design: Design) -> None:
    assert design.get("projects").body["version"] == __version__

    body = {"root": str(design.root), "flow": FLOW, "reason": "fine"}
    answer = call(design.server, "accept", query={"version": "0.0.1"}, body=body)

    assert answer.status == 409
    assert answer.body["message"].startswith(
        f"The panel in this page is of DDD Lab 0.0.1, the Jupyter server runs {__version__}."
    )


def test_the_map_of_all_flows_is_told_with_how_they_stand_and_where_one_leads(
    design: Design,
) -> None:
    graph = design.get("flow-map").body
    flow = next(flow for flow in graph["flows"] if flow["id"] == "lending/return-item")
    frame = next(domain for domain in graph["domains"] if domain["id"] == "lending")
    assert (len(graph["flows"]), frame["flows"], flow["sort"]) == (20, 3, "flow")
    assert frame["x"] < flow["x"] < frame["x"] + frame["width"]
    kinds = {link["kind"] for link in graph["links"]}
    assert kinds == {"event", "call", "schema", "agent", "orchestrator", "handoff"}
    assert design.get("flow-map").body == graph, "it lies the same each time"

    followed = design.get("flow-map/trace", flow="lending/return-item", depth="1").body
    assert followed["flows"] == {"lending/return-item": 0, "reservations/allocate-copy": 1}
    assert [step["end"] for step in followed["steps"]] == ["depth"]
    refused = design.get("flow-map/trace", flow="lending/return")
    assert (refused.status, "did you mean" in refused.body["message"]) == (404, True)

    assert design.get("flow-map/marks", by="staleness").body["marks"] == {}
    spec = design.root / "specs/domains/lending/flows/return-item.yaml"
    spec.write_text(spec.read_text().replace("connections:", "connection:", 1))
    marks = design.get("flow-map/marks", by="problems").body["marks"]
    assert marks["lending/return-item"]["tone"] in ("warn", "bad")
