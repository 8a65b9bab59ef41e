"""Try the wheel beside what people have: several JupyterLabs, their extensions, and Notebook 7.

Each row gets a virtual environment of its own with the wheel in it, and the browser tests of
``WALKS`` are run there by Chromium. What came of it is written into ``docs/matrix.md``.

    python -m scripts.test_matrix                   all rows
    python -m scripts.test_matrix "JupyterLab 4.4"  one of them; the file is not written then
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

PROJECT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = PROJECT / "build" / "matrix"
RESULT: Final = PROJECT / "docs" / "matrix.md"
UV: Final = Path(sys.executable).with_name("uv")
WALKS: Final = (
    "tests/browser/test_canvas_story.py",
    "tests/browser/assistant/test_assistant_in_lab.py",
    "tests/browser/test_design_tabs.py",
)
"""The browser tests that are run in every JupyterLab."""
OUR_PANEL: Final = "tests/browser/test_home_story.py"
"""It commits in our own Git panel, which makes room for jupyterlab-git's."""
GIT_WALK: Final = "tests/browser/jupyterlab_git_walk.py"
NOTEBOOK_WALK: Final = "tests/browser/notebook_walk.py"
SHOWN: Final = ("jupyterlab", "notebook", "jupyterlab-git", "jupyter-ai", "jupyter-server")
"""The packages whose versions are told."""
SUMMARY: Final = re.compile(r"\d+ (?:passed|failed|errors?|skipped)")
INTRODUCTION: Final = """\
# Where it was tried

`make test-matrix` installs the wheel into new virtual environments and walks through it in
Chromium. This is the last result; `make test` runs the newest JupyterLab.

| beside | versions | tests |
|---|---|---|
"""


class Row(NamedTuple):
    """What the wheel is tried with: what is installed beside it, and the tests that are run."""

    requirements: tuple[str, ...]
    walks: tuple[str, ...] = (*WALKS, OUR_PANEL)


ROWS: Final = {
    "JupyterLab 4.4": Row(("jupyterlab==4.4.*",)),
    "JupyterLab 4.5": Row(("jupyterlab==4.5.*",)),
    "JupyterLab 4.6": Row(("jupyterlab==4.6.*",)),
    "jupyterlab-git": Row(("jupyterlab-git",), (*WALKS, GIT_WALK)),
    "jupyter-ai 3": Row(("jupyter-ai>=3,<4",)),
    "Notebook 7": Row(("notebook>=7,<8",), (NOTEBOOK_WALK,)),
}


def main(names: list[str]) -> int:
    """Try the named rows, or all of them; returns the exit status."""
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        print(f"There is no row {unknown[0]!r}; the rows are: {', '.join(ROWS)}", file=sys.stderr)
        return 2
    shutil.rmtree(FOLDER, ignore_errors=True)
    wheel, tree = _wheel(), _tree()
    lines, failures = [], 0
    for name in names or ROWS:
        print(f"--- {name}", flush=True)
        versions, summary, status = _try(name, ROWS[name], wheel, tree)
        lines.append(f"| {name} | {versions} | {summary} |\n")
        print(lines[-1], end="", flush=True)
        failures += bool(status)
    if not names:
        RESULT.write_text(INTRODUCTION + "".join(lines), "utf-8")
    return 1 if failures else 0


def _wheel() -> Path:
    """Build what people install."""
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(FOLDER), str(PROJECT)]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return next(FOLDER.glob("*.whl"))


def _tree() -> Path:
    """The tests without the package, so that they meet the one that is installed."""
    tree = FOLDER / "tree"
    caches = shutil.ignore_patterns("__pycache__", ".screenshots")
    for folder in ("tests", "notebooks"):
        shutil.copytree(PROJECT / folder, tree / folder, ignore=caches)
    shutil.copyfile(PROJECT / "pyproject.toml", tree / "pyproject.toml")
    axe = Path("labextension/node_modules/axe-core/axe.min.js")
    (tree / axe).parent.mkdir(parents=True)
    shutil.copyfile(PROJECT / axe, tree / axe)
    return tree


def _try(name: str, row: Row, wheel: Path, tree: Path) -> tuple[str, str, int]:
    """Install a row and walk through it; returns its versions, what came of it, and the status."""
    environment = FOLDER / re.sub(r"\W+", "-", name.lower())
    python = environment / "bin" / "python"
    _uv("venv", "--python", sys.executable, str(environment))
    package = f"ddd-lab[test] @ {wheel.as_uri()}"
    _uv("pip", "install", "--python", str(python), package, *row.requirements)
    listed = _uv("pip", "list", "--python", str(python), "--format", "json")
    installed = {one["name"]: one["version"] for one in json.loads(listed)}
    versions = ", ".join(f"{one} {installed[one]}" for one in SHOWN if one in installed)
    done = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:nbval", "-p", "no:cacheprovider", *row.walks],
        cwd=tree,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
    )
    last = done.stdout.rstrip().rpartition("\n")[2]
    if done.returncode:
        print(done.stdout)
    return versions, ", ".join(SUMMARY.findall(last)) or "did not run", done.returncode


def _uv(*arguments: str) -> str:
    done = subprocess.run([UV, "--quiet", *arguments], check=True, text=True, stdout=-1)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
