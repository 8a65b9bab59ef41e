"""The canvas bundle as it is shipped: small enough for notebooks, free of leftovers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bundle

ROOT = Path(__file__).parents[2]
STATIC = bundle.STATIC


def lockfile() -> dict[str, Any]:
    lock: dict[str, Any] = json.loads((ROOT / "labextension" / "package-lock.json").read_text())
    return lock


@pytest.mark.parametrize("kind", ["raw", "gzip"])
def test_what_a_notebook_stores_for_each_canvas_keeps_its_budget(kind: str) -> None:
    assert 0 < bundle.sizes()[kind] <= bundle.GOALS[kind]


def test_the_bundle_is_built_for_production_without_a_source_map() -> None:
    script = (STATIC / "canvas.js").read_text("utf-8")

    assert "sourceMappingURL" not in script
    assert "development" not in script
    assert {path.name for path in STATIC.iterdir()} == {
        "canvas.js",
        "canvas.css",
        "editor.js",
        "assistant.js",
        "conflicts.js",
        "flow-map.js",
        "flow-map.css",
    }


def test_the_bundle_fetches_nothing_from_elsewhere() -> None:
    style = (STATIC / "canvas.css").read_text("utf-8")

    assert "@import" not in style
    assert "url(http" not in style


def test_the_lock_file_names_versions_and_checksums_but_no_registry() -> None:
    packages = {path: entry for path, entry in lockfile()["packages"].items() if path}
    fetched = [entry for entry in packages.values() if not entry.get("link") and "version" in entry]

    assert not [path for path, entry in packages.items() if "://" in entry.get("resolved", "")]
    assert [entry for entry in fetched if "integrity" in entry]


def test_the_plugins_work_with_the_oldest_jupyterlab_that_pip_may_install() -> None:
    """JupyterLab 4.4 brings apputils 4.5, coreutils 6.4, services 7.4 and the rest as 4.4."""
    major, minor = oldest_jupyterlab()
    oldest = {
        "@jupyterlab/apputils": f"^{major}.{minor + 1}.0",
        "@jupyterlab/coreutils": f"^{major + 2}.{minor}.0",
        "@jupyterlab/services": f"^{major + 3}.{minor}.0",
    }
    built = json.loads((ROOT / "ddd_lab" / "lab" / "labextension" / "package.json").read_text())
    asked = {
        name: version
        for name, version in built["dependencies"].items()
        if name.startswith("@jupyterlab/")
    }
    shared = built["jupyterlab"]["sharedPackages"]

    assert asked == {name: oldest.get(name, f"^{major}.{minor}.0") for name in asked}
    # What the page compares when it loads the plugins.
    assert asked == {name: package["requiredVersion"] for name, package in shared.items()}


def test_jupyterlab_calls_the_plugins_compatible() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "jupyterlab.labextensions", "list"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.search(r"ddd-lab v\S+ .*enabled.* .*OK", listed.stderr + listed.stdout)


def oldest_jupyterlab() -> tuple[int, int]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (bound,) = (asked for asked in project["dependencies"] if asked.startswith("jupyterlab>="))
    major, minor = bound.partition(";")[0].removeprefix("jupyterlab>=").split(".")
    return int(major), int(minor)


def shortcuts(folder: Path, selector: str = "") -> list[tuple[str, ...]]:
    """The keys that the settings of some plugins bind by default, or those for one selector."""
    schemas = [json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")]
    entries = [entry for one in schemas for entry in one.get("jupyter.lab.shortcuts", ())]
    return [
        tuple(key.casefold().split())
        for entry in entries
        if not selector or entry["selector"] == selector
        for key in entry["keys"]
    ]


def test_keys_of_ours_that_work_everywhere_are_none_of_jupyterlabs_own() -> None:
    ours = shortcuts(ROOT / "labextension/lab/schema", "body")
    theirs = set(shortcuts(Path(sys.prefix) / "share/jupyter/lab/schemas"))
    assert ("accel", "b") in theirs
    assert len(set(ours)) == len(ours) >= 5
    assert not theirs.intersection(ours)
