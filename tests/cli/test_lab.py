"""`ddd-lab lab`: JupyterLab on a design."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from ddd_lab.lab.kernel_folder import IMPORTED, shadowing
from ddd_lab.lab.notebook import CODE, NOTEBOOK
from tests.cli.program import COMMAND, environment, started
from tests.files.projects import small_project
from tests.patience import PATIENCE

FAKE = """\
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
sys.exit(7)
"""


@pytest.fixture
def fake(tmp_path: Path) -> dict[str, str]:
    """An environment in which JupyterLab only tells how it was called."""
    package = tmp_path / "fake" / "jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(FAKE)
    found = environment()
    return {**found, "PYTHONPATH": f"{package.parent}{os.pathsep}{found['PYTHONPATH']}"}


def test_jupyterlab_opens_the_design_in_a_tab_and_nothing_is_written(
    tmp_path: Path, fake: dict[str, str]
) -> None:
    project = small_project(tmp_path / "shop")
    before = sorted(project.rglob("*"))

    done = started("lab", "shop", "--", "--no-browser", "--port", "9999", cwd=tmp_path, env=fake)

    call = json.loads(done.stdout)
    assert call["folder"] == str(project)
    assert f"--ServerApp.root_dir={project}" in call["arguments"]
    last = [f"--DDDLab.design={project}", "--no-browser", "--port", "9999"]
    assert call["arguments"][-4:] == last
    assert (done.stderr, done.returncode) == ("", 7)
    assert sorted(project.rglob("*")) == before


def test_a_notebook_that_is_there_is_opened_and_left_alone(
    tmp_path: Path, fake: dict[str, str]
) -> None:
    project = small_project(tmp_path / "shop")
    (project / "ddd-lab.ipynb").write_text("mine")
    before = sorted(project.rglob("*"))

    done = started("lab", env=fake, cwd=project)

    assert (project / "ddd-lab.ipynb").read_text() == "mine"
    assert done.stderr == ""
    assert json.loads(done.stdout)["arguments"][-1] == str(project / "ddd-lab.ipynb")
    assert sorted(project.rglob("*")) == before


def test_nothing_in_the_folder_is_taken_for_a_part_of_jupyterlab(
    tmp_path: Path, fake: dict[str, str]
) -> None:
    project = small_project(tmp_path / "shop")
    for name in ("jupyterlab", "tornado", "jupyter_server_config", "sitecustomize"):
        (project / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")

    done = started("lab", project, cwd=tmp_path, env=fake)

    assert done.returncode == 7, done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "path",
    [
        *("ipykernel_launcher.py", "pathlib.pyc", "fnmatch/__init__.py"),
        *("ddd_lab/__init__.py", "yaml.py", "git.py"),
    ],
)
def test_no_kernel_is_started_where_it_would_run_what_lies_there(
    tmp_path: Path, fake: dict[str, str], path: str
) -> None:
    project = small_project(tmp_path / "shop")
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_text("")
    (project / NOTEBOOK).write_text("")

    done = started("lab", project, cwd=tmp_path, env=fake)

    # The tab says why, and starts no kernel either.
    assert json.loads(done.stdout)["arguments"][-1] == f"--DDDLab.design={project}"
    assert shadowing(project) == path.partition("/")[0]


def test_what_a_design_that_is_opened_imports_is_known(tmp_path: Path) -> None:
    project = small_project(tmp_path / "shop")
    cells = ["from ddd_lab.project.tabs import serve\nserve('.')", *CODE]
    cells += ["project.save()", "project.stale()"]
    code = f"""
import json, sys
import ipykernel.ipkernel, ipykernel.kernelapp
before = set(sys.modules)
for cell in {cells!r}:
    exec(cell)
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})))
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=project,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    imported = set(json.loads(done.stdout.splitlines()[-1])) - sys.stdlib_module_names
    compiled = {
        name for name in imported if name.startswith(("__", "_cython_")) or name.endswith("__mypyc")
    }
    assert imported - compiled <= IMPORTED
    assert "yaml" in imported, "or this shows nothing"


@pytest.mark.parametrize("path", ["app.py", "test/__init__.py", "code/README.md", "json.yaml"])
def test_other_files_keep_no_notebook_from_being_opened(
    tmp_path: Path, fake: dict[str, str], path: str
) -> None:
    project = small_project(tmp_path / "shop")
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_text("")
    (project / NOTEBOOK).write_text("")

    done = started("lab", project, cwd=tmp_path, env=fake)

    assert json.loads(done.stdout)["arguments"][-1].endswith("ddd-lab.ipynb")


def test_arguments_without_a_path_go_to_jupyterlab_all_the_same(
    tmp_path: Path, fake: dict[str, str]
) -> None:
    done = started("lab", "--", "--no-browser", env=fake, cwd=small_project(tmp_path / "shop"))

    assert "--no-browser" in json.loads(done.stdout)["arguments"]


@pytest.mark.parametrize("what", ["missing", "file"])
def test_there_must_be_a_folder(tmp_path: Path, fake: dict[str, str], what: str) -> None:
    (tmp_path / "file").write_text("")

    done = started("lab", tmp_path / what, env=fake)

    assert (done.returncode, done.stdout) == (2, "")
    assert "give the folder that holds specs/" in done.stderr


def test_without_jupyterlab_one_line_says_what_to_do(tmp_path: Path) -> None:
    # Python without its installed packages, as far as JupyterLab is concerned.
    hide = tmp_path / "hide"
    hide.mkdir()
    (hide / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'jupyterlab' else find(name, *more)\n"
    )
    env = environment()
    env["PYTHONPATH"] = f"{hide}{os.pathsep}{env['PYTHONPATH']}"
    project = small_project(tmp_path / "shop")

    done = started("lab", project, env=env)

    assert done.returncode == 2
    assert done.stderr == "ddd-lab lab: JupyterLab is not installed here: pip install jupyterlab\n"


def test_the_real_jupyterlab_answers_and_ends(tmp_path: Path) -> None:
    project = small_project(tmp_path / "shop")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ("--no-browser", f"--port={port}", "--ServerApp.port_retries=0")
    process = subprocess.Popen(
        [*COMMAND, "lab", str(project), "--", *options, f"--IdentityProvider.token={token}"],
        env=environment(**own),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        contents = wait_for(f"http://127.0.0.1:{port}/api/contents?token={token}", process)
    finally:
        process.terminate()
        gone, alive = psutil.wait_procs([psutil.Process(process.pid)], timeout=PATIENCE)
        for one in alive:
            one.kill()
        process.wait()
    assert {item["name"] for item in contents["content"]} == {"specs"}
    assert gone


def wait_for(url: str, process: subprocess.Popen[bytes]) -> dict[str, list[dict[str, str]]]:
    """What a server answers, once it does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                found: dict[str, list[dict[str, str]]] = json.load(answer)
                return found
        except OSError:
            assert process.poll() is None, "JupyterLab ended"
            assert time.monotonic() < deadline, "JupyterLab did not answer"
            time.sleep(0.1)
