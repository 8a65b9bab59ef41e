"""What people install: everything that is needed is inside, and nothing has to be built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLE = {
    f"ddd_lab/canvas/static/{name}"
    for name in (
        "canvas.js",
        "canvas.css",
        "editor.js",
        "assistant.js",
        "flow-map.js",
        "flow-map.css",
    )
} | {f"ddd_lab/maps/html/static/page.{kind}" for kind in ("js", "css")}
# What pip puts below the environment's folder, where Jupyter looks.
DATA = "ddd_lab-0.1.0.data/data"
PLUGINS = f"{DATA}/share/jupyter/labextensions/ddd-lab"


def build(kind: str, source: Path, out: Path, *, path: str | None = None) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", out, source],
        env={**os.environ, **({"PATH": path} if path is not None else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build("wheel", ROOT, tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def test_the_wheel_carries_what_a_new_design_begins_with(wheel: zipfile.ZipFile) -> None:
    folders = [ROOT / "ddd_lab/kits", ROOT / "ddd_lab/stacks"]
    files = {path.relative_to(ROOT).as_posix() for one in folders for path in one.rglob("*.yaml")}
    assert len(files) > 60
    assert {*files, "ddd_lab/sample/specs/system.yaml"} <= set(wheel.namelist())


def test_the_wheel_carries_the_built_canvas_and_the_type_marker(wheel: zipfile.ZipFile) -> None:
    assert {*BUNDLE, "ddd_lab/py.typed"} <= set(wheel.namelist())


def test_the_wheel_brings_the_jupyterlab_plugins_and_switches_the_server_on(
    wheel: zipfile.ZipFile,
) -> None:
    plugins = json.loads(wheel.read(f"{PLUGINS}/package.json"))["jupyterlab"]["_build"]
    server = json.loads(wheel.read(f"{DATA}/etc/jupyter/jupyter_server_config.d/ddd_lab.json"))

    assert f"{PLUGINS}/{plugins['load']}" in wheel.namelist()
    assert server == {"ServerApp": {"jpserver_extensions": {"ddd_lab.lab": True}}}
    assert "ddd_lab/lab/labextension/package.json" not in wheel.namelist()


def test_the_wheel_carries_the_package_only(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert tops == {"ddd_lab", "ddd_lab-0.1.0.data", "ddd_lab-0.1.0.dist-info"}
    assert not [name for name in wheel.namelist() if "node_modules" in name or ".map" in name]


def test_the_wheel_says_its_licence_and_its_command(wheel: zipfile.ZipFile) -> None:
    metadata = message_from_bytes(wheel.read("ddd_lab-0.1.0.dist-info/METADATA"))
    commands = wheel.read("ddd_lab-0.1.0.dist-info/entry_points.txt").decode()

    assert metadata["License-Expression"] == "BSD-3-Clause"
    assert "ddd-lab = ddd_lab.cli:program" in commands


def test_installing_from_the_source_package_needs_no_node(sdist: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(sdist, tmp_path / "source")
    (source,) = (tmp_path / "source").iterdir()

    # An empty PATH has no npm; the bundle inside must do.
    built = build("wheel", source, tmp_path / "wheel", path="")

    assert set(zipfile.ZipFile(built).namelist()) >= {*BUNDLE, f"{PLUGINS}/package.json"}


def test_the_source_package_holds_sources_and_no_node_modules(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]

    assert {"labextension/canvas/src/index.tsx", "labextension/lab/src/index.ts"} <= set(names)
    assert not [name for name in names if "node_modules" in name]
