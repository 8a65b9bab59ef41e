"""What lies in the folders of a project: links, pipes, what cannot be read, odd names."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.files.workspace.saving import SaveError
from tests.files.projects import DOMAIN, FLOW_PATH, GUIDE_FLOW, KEY, SYSTEM, flow_of, small_project

UNREADABLE_BY_ANYBODY = """
import sys, json
import ddd_lab as ddd
from ddd_lab.files.workspace.snapshot import folder_snapshot
project = ddd.open(sys.argv[1], watch=False)
print(json.dumps([[p.path, p.message] for p in project.problems if p.rule == "file.unreadable"]))
try:
    folder_snapshot(project.root)
except OSError as error:
    print(error.filename, error.strerror)
"""


def unreadable(project: ddd.Project) -> dict[str, str]:
    return {p.path: p.message for p in project.problems if p.rule == "file.unreadable"}


def moved_inside(root: Path) -> Path:
    """Put the folder of a domain elsewhere in the project, and a link in its place."""
    real = root / "modules/payments-design"
    real.parent.mkdir()
    (root / "specs/domains/payments").rename(real)
    (root / "specs/domains/payments").symlink_to("../../modules/payments-design")
    return real


def test_a_domain_whose_folder_is_a_link_inside_the_project_works(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    real = moved_inside(root)
    with ddd.open(root, watch=False) as project:
        assert project.flows[KEY].nodes["charge"].spec.timeout == 30
        assert list(project.domains) == ["payments"]
        assert unreadable(project) == {}
        project.flows[KEY].nodes["charge"].spec.timeout = 45
        assert project.save() == [FLOW_PATH]
    assert (root / "specs/domains/payments").is_symlink()
    assert "timeout: 45   # seconds" in (real / "flows/charge-card.yaml").read_text()


def test_specs_may_be_a_link_inside_the_project(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "design").mkdir()
    (root / "specs").rename(root / "design/specs")
    (root / "specs").symlink_to("design/specs")
    project = ddd.open(root, watch=False)
    assert list(project.flows) == [KEY]
    assert unreadable(project) == {}


def test_links_that_go_round_end_and_hide_nothing(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for name, target in {
        "specs/domains/payments/again": "..",
        "specs/domains/payments/flows/top": "../../../..",
        "specs/domains/payments/flows/self": ".",
        "specs/one": "two",
        "specs/two": "one",
    }.items():
        (root / name).symlink_to(target)
    for one in range(12):
        (root / f"specs/domains/d{one}").mkdir()
        for other in range(12):
            (root / f"specs/domains/d{one}/l{other}").symlink_to(f"../d{other}")
    project = ddd.open(root, watch=False)
    assert list(project.flows) == [KEY]
    assert set(unreadable(project)) == {"specs/one", "specs/two"}
    assert len(project.workbench.documents) < 10


def test_links_that_multiply_folders_beyond_number_are_cut_off_with_words(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for one in range(40):
        (root / f"specs/domains/x{one}").mkdir()
        for other in range(40):
            (root / f"specs/domains/x{one}/l{other}").symlink_to(f"../x{other}")
    project = ddd.open(root, watch=False)
    assert list(project.flows) == [KEY]
    [words] = unreadable(project).values()
    assert "more than 20,000 folders and links" in words


@pytest.mark.parametrize("place", ["specs", "specs/domains", "specs/domains/payments"])
def test_a_folder_that_leads_outside_is_named_and_not_looked_into(
    tmp_path: Path, place: str
) -> None:
    root = small_project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (root / place).rename(tmp_path / "outside/there")
    (root / place).symlink_to(tmp_path / "outside/there")
    project = ddd.open(root, watch=False)
    assert "leads outside the project" in unreadable(project)[place]
    assert "put the file or folder itself in its place" in unreadable(project)[place]
    assert list(project.flows) == []


def test_what_is_no_regular_file_is_named_and_all_else_works(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    flows = root / "specs/domains/payments/flows"
    os.mkfifo(flows / "pipe.yaml")
    (flows / "nowhere.yaml").symlink_to("gone.yaml")
    (flows / "large.yaml").write_bytes(b"#" * 20_000_001)
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as end:
        os.chdir(flows)
        try:
            end.bind("socket.yaml")
        finally:
            os.chdir(here)
        project = ddd.open(root, watch=False)
        found = unreadable(project)
    names = {Path(path).stem: message for path, message in found.items()}
    assert set(names) == {"pipe", "socket", "nowhere", "large"}
    assert "not a regular file: replace it by one, or remove it" in names["pipe"]
    assert "replace it by a regular file, or remove it" in names["socket"]
    assert all(message[0].isupper() for message in names.values())
    assert "leads nowhere" in names["nowhere"]
    assert "more than the 20,000,000 that are read: split it" in names["large"]
    project.flows[KEY].nodes["charge"].spec.timeout = 45
    assert project.save() == [FLOW_PATH]


def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    shut = root / "specs/domains/shut"
    shut.mkdir()
    shut.chmod(0)
    try:
        run = [sys.executable, "-c", UNREADABLE_BY_ANYBODY, str(root)]
        if os.getuid() == 0:  # root may read all, unless it lets go of that
            run = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *run]
        said = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path.cwd())
    finally:
        shut.chmod(0o755)
    assert '"specs/domains/shut", "The folder cannot be read: Permission denied' in said.stdout
    assert "specs/domains/shut the folder cannot be read" in said.stdout.splitlines()[1]


def test_names_that_are_not_utf_8_are_named_with_escapes(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    domains = os.fsencode(root / "specs/domains")
    Path(os.fsdecode(domains + b"/caf\xe9")).mkdir()
    Path(os.fsdecode(domains + b"/payments/flows/b\xff.yaml")).write_text(GUIDE_FLOW)
    project = ddd.open(root, watch=False)
    assert set(unreadable(project)) == {
        "specs/domains/caf\\xe9",
        "specs/domains/payments/flows/b\\xff.yaml",
    }
    assert list(project.flows) == [KEY]
    repr(project.problems).encode()
    for more in ((), ("--format", "sarif"), ("--format", "json")):
        done = subprocess.run(
            [sys.executable, "-m", "ddd_lab", "check", str(root), *more],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert b"rename it" in done.stdout


def test_a_file_that_fails_to_be_read_later_is_a_problem_and_its_old_version_stays(
    tmp_path: Path,
) -> None:
    root = small_project(tmp_path)
    workspace = DesignWorkspace(root)
    flow = flow_of(workspace)
    assert flow.nodes["charge"].spec.timeout == 30
    (root / FLOW_PATH).unlink()
    os.mkfifo(root / FLOW_PATH)
    assert workspace.reload() == {FLOW_PATH}
    assert workspace.reload() == set()
    project = ddd.open(root, watch=False)
    assert FLOW_PATH in unreadable(project)

    flow.nodes["charge"].spec.timeout = 45
    with pytest.raises(SaveError, match="not a regular file"):
        workspace.save()
    assert flow.nodes["charge"].spec.timeout == 45
    (root / FLOW_PATH).unlink()
    (root / FLOW_PATH).write_text(GUIDE_FLOW)
    assert workspace.reload() == {FLOW_PATH}
    assert workspace.save() == [FLOW_PATH]
    assert "timeout: 45   # seconds" in (root / FLOW_PATH).read_text()


def test_a_file_that_was_unreadable_and_goes_is_gone(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    pipe = root / "specs/domains/payments/flows/pipe.yaml"
    os.mkfifo(pipe)
    project = ddd.open(root, watch=False)
    assert len(unreadable(project)) == 1
    pipe.unlink()
    project.refresh()
    assert unreadable(project) == {}


def test_a_folder_that_a_file_replaces_takes_its_flows_along(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    project = ddd.open(root, watch=False)
    assert project.flows[KEY].id == "charge-card"
    (root / FLOW_PATH).unlink()
    (root / FLOW_PATH).parent.rmdir()
    (root / FLOW_PATH).parent.write_text("")
    project.refresh()
    assert list(project.flows) == []


def test_the_own_folder_of_the_lab_is_never_read_through_a_link(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/mapping.yaml").write_text("flows: {secret: {}}\n")
    (root / ".ddd").symlink_to(tmp_path / "outside")
    project = ddd.open(root, watch=False)
    assert "Links below .ddd are not followed" in unreadable(project)[".ddd/mapping.yaml"]
    assert (
        (root / "specs/system.yaml").read_text(),
        (root / "specs/domains/payments/domain.yaml").read_text(),
    ) == (SYSTEM, DOMAIN)


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("specs/domains/payments/flows/refund.YAML", "refund.yaml"),
        ("specs/domains/payments/flows/refund.Yml", "refund.yml"),
        ("specs/domains/payments/flows/refund.json", "refund.yaml"),
        ("specs/schemas/order.JSON", "order.yaml"),
        ("specs/schemas/events/paid.json", "paid.yaml"),
        ("specs/system.YML", "system.yml"),
    ],
)
def test_a_spec_with_another_ending_is_told_how_it_must_be_called(
    tmp_path: Path, path: str, right: str
) -> None:
    root = small_project(tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("{}")
    project = ddd.open(root, watch=False)
    [problem] = [p for p in project.problems if p.path == path]
    assert (problem.rule, problem.severity) == ("file.ending", "warning")
    assert problem.message.startswith("It ends in .")
    assert f"rename it to '{right}'" in problem.message
    (root / path).unlink()
    project.workbench.reload()
    assert path not in [p.path for p in project.problems]


def test_json_that_is_no_spec_is_nobodys_problem(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "specs/examples").mkdir()
    (root / "specs/examples/order.json").write_text("{}")
    (root / "specs/domains/payments/flows/.refund.YAML").write_text("{}")
    project = ddd.open(root, watch=False)
    assert [p for p in project.problems if p.rule == "file.ending"] == []
