"""In a browser there are no programs, sockets and threads: nothing may need them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "notebooks/fernhill"

NO_GIT = "There is no Git in a browser: download the files and commit them on your computer"

BLOCKED = """
import importlib.abc, os, socket, subprocess, sys, sysconfig, threading, zoneinfo

# What the browser has besides the standard library is there by then.
import IPython, anywidget, ipywidgets, pydantic, ruamel.yaml, wcwidth

sysconfig.get_config_vars()
ABSENT = {
    *("anthropic", "filelock", "git", "httpx2", "ipycytoscape", "jupyter_core", "jupyter_server"),
    *("jupyterlab", "openai", "psutil", "tornado", "watchfiles"),
    *("fcntl", "grp", "pty", "pwd", "resource", "termios"),
}

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ABSENT or name == "yaml._yaml":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in [*sys.modules]:
    if name.split(".")[0] in ABSENT or name == "yaml._yaml":
        del sys.modules[name]
sys.meta_path.insert(0, Absent())

def refused(*_, **__):
    raise OSError(138, "Not supported")

def no_thread(self):
    raise RuntimeError("can't start new thread")

subprocess.Popen.__init__ = socket.socket.__init__ = os.fork = os.posix_spawn = refused
threading.Thread.start = no_thread
sys.platform = "emscripten"
"""


def in_browser(code: str, folder: Path) -> str:
    """What a program says that can do as little as one in a browser."""
    done = subprocess.run(
        [sys.executable, "-c", f"{BLOCKED}\nimport ddd_lab as ddd\n{code}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "fernhill")
    return tmp_path


def test_the_sample_is_opened_edited_saved_checked_and_shown(folder: Path) -> None:
    told = in_browser(
        """
project = ddd.open("fernhill")
flow = project.flows["lending/borrow-item"]
flow.nodes["find_copy"].label = "Find it in the browser"
print(project.save(), [problem.rule for problem in project.problems])
flow.disconnect("find_copy", "failure")
print([problem.rule for problem in project.problems])
print(project.undo(), len(project.svg("lending")) > 1000, len(project.html()) > 1000)
print(project.canvas("lending"), project.memory.status["overview"]["total_flows"])
again = ddd.sample("fernhill", "again")
print(again.root.name, len(again.flows))
""",
        folder,
    )

    assert told.splitlines() == [
        "['specs/domains/lending/flows/borrow-item.yaml'] []",
        "['wiring.unhandled']",
        "disconnect find_copy failure True True",
        "Canvas(at='lending') 20",
        "Fernhill Libraries is copied to again: change what you like.",
        "again 20",
    ]
    flow = folder / "fernhill/specs/domains/lending/flows/borrow-item.yaml"
    assert "label: Find it in the browser" in flow.read_text("utf-8")


def test_what_cannot_be_done_says_why_and_the_canvas_is_told_to_grey_it(folder: Path) -> None:
    told = in_browser(
        f"""
sys.path.append({str(ROOT)!r})
from ddd_lab.capabilities import capabilities
from tests.canvas.screen import Screen

project = ddd.open("fernhill")
lacks = capabilities()
for name, act in {{
    "git": lambda: project.git.commit("Try"),
    "implementing": lambda: project.implement("lending/borrow-item"),
    "models": lambda: project.assist.ask("Why?"),
}}.items():
    try:
        act()
    except Exception as error:
        print(name, lacks[name] in str(error))
print({{row.health.words for row in project.assist.models.rows}} == {{lacks["models"]}})
screen = Screen(project, "lending/borrow-item")
print(screen.board["lacks"] == lacks, all(lacks.values()))
print(screen.ask("since_commit")["message"])
null = object()  # what Python in a browser makes of the null of JavaScript
screen.post({{"id": len(screen.replies) + 1, "op": "problems", "args": {{}}, "at": null}})
print(screen.replies[-1]["ok"])
""",
        folder,
    )

    assert told.splitlines() == [
        "git True",
        "implementing True",
        "models True",
        "True",
        "True True",
        f"The last commit cannot be read. {NO_GIT}.",
        "True",
    ]
