"""The JupyterLite site that ``make lite`` builds: what it is built from fits together."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import nbformat
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def test_the_browser_gets_every_dependency_that_is_not_left_out_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    lock = (ROOT / "requirements/lite-browser.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    there = {"sys_platform": "emscripten"}

    for one in wanted:
        if one.marker is None or one.marker.evaluate(there):
            name = canonicalize_name(one.name)
            # PyPI has no PyYAML for browsers: it is packed from what is installed.
            assert name == "pyyaml" or one.specifier.contains(locked[name]), name


def test_the_notebook_is_whole_and_the_runtime_is_locked_by_its_checksum() -> None:
    notebook = json.loads((ROOT / "lite/files/start.ipynb").read_text("utf-8"))
    lock = json.loads((ROOT / "lite/package-lock.json").read_text("utf-8"))

    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    assert lock["packages"]["node_modules/pyodide"]["integrity"].startswith("sha512-")
