"""``ddd-lab lab``: open a design in JupyterLab."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from ddd_lab.cli._errors import CallError, Commands, add_path, command
from ddd_lab.cli._output import plain, print_err
from ddd_lab.lab.kernel_folder import shadowing
from ddd_lab.lab.notebook import NOTEBOOK, new_notebook

_EXAMPLES = """\
  ddd-lab lab                            the design in this folder
  ddd-lab lab ~/design -- --no-browser --port 9999

What follows -- goes to JupyterLab. The notebook ddd-lab.ipynb, which shows the design on a canvas,
is put into the folder if it is not there; nothing else is written.
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "lab",
        "open a design in JupyterLab",
        "Open a design in JupyterLab, with a notebook that shows it on a canvas.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.usage = "%(prog)s [-h] [PATH] [-- ARGUMENTS FOR JUPYTERLAB]"
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry it out; JupyterLab takes this process's place, or runs until it is ended."""
    folder = Path(args.path).expanduser()
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise CallError(f"{folder} {what}; give the folder that holds specs/")
    folder = folder.resolve()
    folder = folder.parent if folder.name == "specs" else folder
    if importlib.util.find_spec("jupyterlab") is None:
        raise CallError("JupyterLab is not installed here: pip install jupyterlab")
    try:
        shadow = plain(shadowing(folder))
    except OSError as error:
        raise CallError(f"{folder} cannot be read: {error.strerror or error}") from error
    if shadow:
        print_err(
            f"ddd-lab lab: opening without a notebook: a kernel in this folder would run {shadow} "
            "in the place of an installed module"
        )
    notebook = None if shadow else our_notebook(folder)
    # -P: a module in the design's folder must not be taken for one of Python's or Jupyter's.
    arguments = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In containers root is the only user there is, and JupyterLab would refuse.
        arguments.append("--allow-root")
    if notebook:
        arguments.append(f"--DDDLab.show={NOTEBOOK}")
    arguments += [*args.rest, *([str(notebook)] if notebook else [])]
    if os.name == "posix":
        os.chdir(folder)
        os.execv(sys.executable, arguments)
    return subprocess.run(arguments, cwd=folder, check=False).returncode


def our_notebook(folder: Path) -> Path | None:
    """The notebook to open, made if it is missing; None where it cannot be made."""
    path = folder / NOTEBOOK
    if path.exists():
        return path
    try:
        # Never over a file that appears in this moment.
        with path.open("x", encoding="utf-8") as file:
            file.write(json.dumps(new_notebook(), indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        print_err(f"ddd-lab lab: {path} cannot be made ({error.strerror}); opening without it")
        return None
    print_err(f"ddd-lab lab: made {path}, which shows the design; keep it or delete it")
    return path
