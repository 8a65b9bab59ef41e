"""``ddd-lab lab``: open a design in JupyterLab."""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from ddd_lab.cli._errors import CallError, Commands, add_path, command
from ddd_lab.lab.kernel_folder import shadowing
from ddd_lab.lab.notebook import NOTEBOOK

_EXAMPLES = """\
  ddd-lab lab                            the design in this folder
  ddd-lab lab ~/design -- --no-browser --port 9999

What follows -- goes to JupyterLab. The design is shown in a tab; nothing is written. A notebook
ddd-lab.ipynb that an earlier version has put into the folder is opened instead, as before.
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "lab",
        "open a design in JupyterLab",
        "Open a design in JupyterLab, in a tab that shows it on a canvas.",
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
    notebook = folder / NOTEBOOK
    shown = notebook.exists() and not _shadow(folder)
    # -P: a module in the design's folder must not be taken for one of Python's or Jupyter's.
    arguments = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In containers root is the only user there is, and JupyterLab would refuse.
        arguments.append("--allow-root")
    arguments.append(f"--DDDLab.show={NOTEBOOK}" if shown else f"--DDDLab.design={folder}")
    arguments += [*args.rest, *([str(notebook)] if shown else [])]
    if os.name == "posix":
        os.chdir(folder)
        os.execv(sys.executable, arguments)
    return subprocess.run(arguments, cwd=folder, check=False).returncode


def _shadow(folder: Path) -> str:
    """What keeps a kernel from being started in a folder; the tab of its design says so."""
    try:
        return shadowing(folder)
    except OSError as error:
        raise CallError(f"{folder} cannot be read: {error.strerror or error}") from error
