"""What a repository is set up to have Git start for a design: its merge driver and its diff.

Git hands each command to a shell. What it starts may be gone, crash or be killed: what Git would
have done by itself is then done by the rest of the command.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping
from typing import Final

CLEAN: Final = 0
CONFLICTS: Final = 65
"""Exit status of the merge driver where the file has conflict markers."""
BY_LINES: Final = 66
"""Its exit status where a merge by lines is to serve, as it is after any other status."""
MERGE_KEY: Final = "merge.ddd.driver"
DIFF_KEY: Final = "diff.ddd.command"
FOLD_KEY: Final = "diff.ddd.textconv"
HEADINGS: Final = r"^[ ]*((- )?(id|name|event): .*)$"
"""Lines that name a part of a design: headings of a diff's hunks."""
ATTRIBUTES: Final = (
    "specs/**/*.yaml diff=ddd merge=ddd",
    "specs/**/*.yml diff=ddd merge=ddd",
    ".ddd/mapping.yaml merge=ddd",
)
"""Lines of ``.gitattributes``; where the drivers are not set up they mean nothing to Git."""
_MERGE_BY_LINES: Final = (
    "git merge-file -q -L current -L base -L incoming --marker-size=%L %A %O %B"
)
_PROGRAM: Final = re.compile(r"('(?:[^']|'\"'\"')*'|[^\s']+) -P -m ddd_lab\.git\.drivers\.")


def git_settings(python: str = sys.executable, *, fold: bool = False) -> dict[str, str]:
    """The settings by their keys; with ``fold``, ``git log -p`` leaves layout out."""
    settings = {
        "merge.ddd.name": "DDD Lab merges designs by what they say",
        MERGE_KEY: merge_command(python),
        "diff.ddd.xfuncname": HEADINGS,
        DIFF_KEY: _diff_command(python),
    }
    return {**settings, FOLD_KEY: _fold_command(python)} if fold else settings


def merge_command(python: str = sys.executable) -> str:
    """The value of ``merge.ddd.driver``."""
    run = f"{_run(python, 'merge')} %O %A %B %L %P"
    return f"{run}; case $? in {CLEAN}) exit 0;; {CONFLICTS}) exit 1;; esac; {_MERGE_BY_LINES}"


def program_of(command: str) -> str:
    """The Python that a command of ours starts; empty where it is none of ours."""
    match = _PROGRAM.search(command)
    return shlex.split(match[1])[0] if match else ""


def own_lines() -> Mapping[str, frozenset[str]]:
    """Lines of a repository's settings by section that start this very program, and nothing else.

    As Git writes them.
    """
    lines: dict[str, set[str]] = {}
    for key, value in git_settings(fold=True).items():
        section, _, name = key.split(".")
        lines.setdefault(f'[{section} "ddd"]', set()).add(f"{name} = {_as_written(value)}")
    return {section: frozenset(own) for section, own in lines.items()}


def _run(python: str, program: str) -> str:
    return f"{shlex.quote(python)} -P -m ddd_lab.git.drivers.{program}"


def _diff_command(python: str) -> str:
    plain = 'diff -u -L "a/$1" -L "b/$1" "$2" "$5"'
    return f'f() {{ {_run(python, "diff")} "$@" || {plain} || :; }}; f'


def _fold_command(python: str) -> str:
    return f'f() {{ {_run(python, "fold")} "$1" || cat "$1"; }}; f'


def _as_written(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if re.search(r"[;#]|^ | $", value) else escaped
