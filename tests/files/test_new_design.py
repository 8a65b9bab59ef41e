"""A new design: from a kit, whole or not at all, and never over anything."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.disk import storage
from ddd_lab.files.edit.kits import STACK, begun, kits, stacks
from ddd_lab.files.edit.new_design import NewDesignError
from ddd_lab.maps import flow_map, svg, system_map
from ddd_lab.workbench import Workbench
from tests.cli.program import ddd_lab

STARTERS = [kit.id for kit in kits().values() if not kit.is_sample]


def everything_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("stack", stacks())
@pytest.mark.parametrize("kit", STARTERS)
def test_every_kit_is_without_a_problem_on_every_stack(
    tmp_path: Path, kit: str, stack: str
) -> None:
    with ddd.new(tmp_path / "own", "My own name", kit, stack, git=False) as project:
        assert project.name == "My own name"
        assert project.problems == []
        said = project.design.system.tech_stack
        assert said["language"] == stacks()[stack].data["tech_stack"]["language"]
        dependencies = project.design.architecture.model_dump()["dependencies"]
        assert dependencies[said["language"]] == said["language_version"]
        assert dependencies["production"]
        assert project.is_trusted


@pytest.mark.parametrize("kit", [kit for kit in STARTERS if kit != "empty"])
def test_every_kit_is_a_design_of_some_domains_whose_flows_are_reached(kit: str) -> None:
    design = begun(kit).design
    assert 2 <= len(design.domains) <= 4
    assert 4 <= len(design.flows) <= 8
    links = flow_map(design)["links"]
    called = {link["target"] for link in links}
    for key, flow in design.flows.items():
        trigger = flow.trigger.spec if flow.trigger else {}
        assert trigger["type"] in ("http", "webhook", "cron") or key in called, key
    assert system_map(design)["event_arrows"]
    # Nothing stands alone: every domain has to do with another one.
    ends = {link[end] for link in links for end in ("source", "target")}
    assert set(design.domains) == {end.partition("/")[0] for end in ends & design.flows.keys()}


@pytest.mark.parametrize("kit", STARTERS)
def test_every_map_and_sheet_of_a_kit_opens_laid_out(kit: str) -> None:
    design = begun(kit).design
    for key, flow in design.flows.items():
        assert all(node.position is not None for node in flow.all_nodes()), key
    for at in ("", *design.domains, *design.flows):
        assert "<svg" in svg(design, at)


def test_without_a_name_a_design_is_called_like_its_folder(tmp_path: Path) -> None:
    with ddd.new(tmp_path / "some/where/shop", git=False) as project:
        assert project.name == "shop"
        assert project.root == (tmp_path / "some/where/shop").resolve()


def test_a_new_design_begins_a_repository_unless_it_lies_in_one(tmp_path: Path) -> None:
    with ddd.new(tmp_path / "one", kit="web-service") as project:
        assert names(project.root) == [".git", ".gitignore", "specs"]
        status = ["git", "-C", str(project.root), "status", "--short"]
        assert subprocess.check_output(status, encoding="utf-8") == "?? .gitignore\n?? specs/\n"
    with ddd.new(tmp_path / "one/inside") as inside:
        assert names(inside.root) == ["specs"]
    with ddd.new(tmp_path / "two", git=False) as without:
        assert names(without.root) == ["specs"]


def test_a_folder_with_other_files_gets_the_specs_beside_them(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine")
    (tmp_path / "specs").mkdir()
    with ddd.new(tmp_path, "Shop", git=False) as project:
        assert project.name == "Shop"
        assert (tmp_path / "README.md").read_text() == "Mine"


def test_code_of_somebody_else_is_not_trusted_with_a_new_design(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("import os")
    with ddd.new(tmp_path, git=False) as project:
        assert not project.is_trusted


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A folder with a design, and files beside it that stand in the way."""
    (tmp_path / "shop/specs").mkdir(parents=True)
    (tmp_path / "shop/specs/system.yaml").write_text("system: {name: shop}\n")
    (tmp_path / "later").mkdir()
    (tmp_path / "later/ddd-project.json").write_text("{}")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/specs").write_text("notes")
    (tmp_path / "file").write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("shop", "holds a design already"),
        ("later", "holds a design already"),
        ("odd", "holds a design already"),
        ("shop/specs", "name that one"),
        ("file", "is a file, not a folder"),
        ("file/below", "is a file, not a folder"),
        ("nul\0", "cannot be used"),
        (".git/hooks", "Git's own folder"),
        ("shop/specs/domains/new", "lies in the specs of the design"),
    ],
)
def test_nothing_is_written_over_what_is_there(taken: Path, folder: str, words: str) -> None:
    before = everything_in(taken)
    with pytest.raises(NewDesignError, match=words) as refused:
        ddd.new(taken / folder, "Shop", "web-service")
    assert refused.value.field == "folder"
    assert everything_in(taken) == before


@pytest.mark.parametrize("name", [" ", "a\nb", "x" * 81, "\x1b[31m"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NewDesignError, match="name") as refused:
        ddd.new(tmp_path / "shop", name)
    assert refused.value.field == "name"
    assert not list(tmp_path.iterdir())


def test_unknown_kits_stacks_and_samples_are_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="did you mean 'web-service'"):
        ddd.new(tmp_path / "x", kit="webservice")
    with pytest.raises(KeyError, match="did you mean 'python-fastapi'"):
        ddd.new(tmp_path / "x", stack="python")
    with pytest.raises(KeyError, match="did you mean 'fernhill'"):
        ddd.sample("fernhil")
    with pytest.raises(ddd.EditError, match="a stack of its own"):
        ddd.new(tmp_path / "x", kit="fernhill", stack=STACK)
    assert not list(tmp_path.iterdir())


@pytest.fixture(params=[1, 4, 9])
def full_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full after some files."""
    write, left = storage.write, [request.param]

    def full(*arguments: object, **more: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(*arguments, **more)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(storage, "write", full)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine")
    for folder in (tmp_path, tmp_path / "a/new/one"):
        with pytest.raises(NewDesignError, match="nothing is left of the new design"):
            ddd.new(folder, "Shop", "web-service")
        assert names(tmp_path) == ["README.md"]


def test_without_git_on_this_computer_it_says_so_before_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NewDesignError, match="begin without it") as refused:
        ddd.new(tmp_path / "shop")
    assert refused.value.field == "git"
    assert not list(tmp_path.iterdir())


def test_a_sample_is_a_copy_under_git_that_says_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ddd.sample() == ["fernhill"]
    with ddd.sample("fernhill", tmp_path / "play") as project:
        assert project.root == tmp_path / "play"
        assert str(tmp_path / "play") in capsys.readouterr().out
        log = ["git", "-C", str(project.root), "log", "--format=%s"]
        assert subprocess.check_output(log, encoding="utf-8") == "Start\n"
    with ddd.sample("fernhill") as another:
        assert another.root != project.root
        assert len(another.flows) == 20


def test_an_empty_design_can_be_drawn_on_at_once(tmp_path: Path) -> None:
    with ddd.new(tmp_path / "shop", git=False) as project:
        assert project.add_domain("Orders") == "orders"
        project.new_flow("Place an order", "orders")
        project.save()
        assert "<svg" in project.svg()


def test_the_command_begins_a_design_and_lists_what_there_is(tmp_path: Path) -> None:
    listed = ddd_lab("new", "--list").stdout
    assert all(name in listed for name in (*kits(), *stacks()))
    words = ("--kit", "web-service", "--name", "Room desk", "--stack", "go-chi", "--no-git")
    done = ddd_lab("new", tmp_path / "desk", *words)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"ddd-lab lab {tmp_path / 'desk'}" in done.stderr
    assert Workbench(tmp_path / "desk", watch=False).name == "Room desk"
    again = ddd_lab("new", tmp_path / "desk")
    assert again.returncode == 2
    assert "holds a design already" in again.stderr
    assert "did you mean 'web-service'" in ddd_lab("new", tmp_path / "x", "--kit", "web").stderr
    assert "name the folder" in ddd_lab("new").stderr
