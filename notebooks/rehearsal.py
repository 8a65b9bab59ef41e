"""A rehearsal for the walkthrough "From design to code": who plays the model, and where.

Claude Code is the real program, in a terminal. Only the model is a script: a server on this machine
gives it the answers below, so that the walkthrough needs no key and says the same every time. Where
nobody sits in JupyterLab to answer Claude Code's questions, the person is a script as well.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.lab.run_handle import LiveRun
from ddd_lab.project import Project
from scripted_claude.home import command, environment
from scripted_claude.program import find_claude
from scripted_claude.provider import Say, Use, provider

CODE = "src/domains/members/join_library.py"
TESTS = "tests/unit/domains/members/test_join_library.py"

_CODE = '''"""Join the library: who may have a card, and what is said to those who may not."""

from __future__ import annotations

import re
from dataclasses import dataclass

POSTCODE = re.compile(r"F[HL][0-9]{1,2} ?[0-9][A-Z]{2}")


@dataclass(frozen=True)
class Application:
    full_name: str
    email: str
    postcode: str


def problems(application: Application) -> list[str]:
    """What is wrong with an application, in the words of the spec."""
    found = []
    if not 2 <= len(application.full_name) <= 120:
        found.append("Please tell us your full name")
    if "@" not in application.email:
        found.append("Please give an email address that we can write to")
    if not POSTCODE.fullmatch(application.postcode):
        found.append("Please give a postcode in Fernhill county")
    return found
'''

_TESTS = '''import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[4] / "src/domains/members"))
from join_library import Application, problems

ANNA = Application("Anna Fern", "anna@example.org", "FH1 2AB")


def test_who_lives_in_the_county_gets_a_card():
    assert problems(ANNA) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"full_name": "A"}, "Please tell us your full name"),
        ({"email": "anna"}, "Please give an email address that we can write to"),
        ({"postcode": "N1 1AA"}, "Please give a postcode in Fernhill county"),
    ],
)
def test_each_rule_has_its_message(change, message):
    assert problems(Application(**{**vars(ANNA), **change})) == [message]
'''

_NOTES = """The form is checked as the flow draws it, and every rule has a test.

## Implementation Notes

1. **Deviations**
   - the rules for the birth date and the phone are left for later
2. **Ambiguities resolved**
   - a postcode may be written with or without the blank
"""


class Rehearsal:
    """Claude Code for one project, with a script for a model.

    Args:
        project: whose ``.ddd/config.yaml`` is written: there stands which program Claude Code is,
            and how tests are run.
    """

    def __init__(self, project: Project) -> None:
        self.program = find_claude()
        self._project = project
        self._ending = ExitStack()
        if self.program is None:
            return
        self._home = Path(tempfile.mkdtemp())
        root = project.root
        script = self._ending.enter_context(
            provider(
                Use("Write", {"file_path": str(root / CODE), "content": _CODE}),
                Use("Write", {"file_path": str(root / TESTS), "content": _TESTS}),
                Say(_NOTES),
            )
        )
        self._url = script.url
        words = command(self.program, self._home, root, self._url)
        config = root / ".ddd/config.yaml"
        config.parent.mkdir(exist_ok=True)
        config.write_text(
            f"claude_code:\n  command: {words!r}\n"
            f"testing:\n  command: {sys.executable} -m pytest\n"
            '  args: ["-q", "-p", "no:cacheprovider"]\n'
        )

    def __repr__(self) -> str:
        if self.program is None:
            return (
                "There is no Claude Code for the rehearsal here: read the cells that need it, and "
                "go on.\nOne of your own on the PATH is left alone, with its settings and keys. "
                "To get one, in this folder:\n  python -m scripted_claude.program --install\n"
                "or set DDD_LAB_CLAUDE to the path of a program."
            )
        return "Claude Code is here; a script plays the model."

    def implement(self, flow: str) -> LiveRun | None:
        """Have a flow implemented: in a Jupyter terminal, or where there is none, unseen."""
        if self.program is None:
            return None
        if "JPY_SESSION_NAME" in os.environ:
            return self._project.implement(flow)
        run = prepared(self._project.workbench.sync, self._project.prompt(flow))
        self._play(run.id)
        return LiveRun(self._project.workbench.sync, run)

    def _play(self, run: str) -> None:
        """Run it in a terminal that nobody sees, and answer Claude Code's questions with yes."""
        from scripted_claude.terminal import Terminal

        root = self._project.root
        words = [sys.executable, "-m", "ddd_lab.implementation.runs.launch", str(root), run]
        terminal = Terminal(words, root, environment(self._home, root, self._url))
        self._ending.callback(terminal.close)

        def answer() -> None:
            for path in (CODE, TESTS):
                terminal.wait_for(f"Do you want to create {Path(path).name}?")
                terminal.type("\r")

        threading.Thread(target=answer, daemon=True).start()

    def end(self) -> None:
        """Close the terminal and the script's server."""
        self._ending.close()
