"""Git as a shell has it, for the walkthroughs: the same text on every computer."""

from __future__ import annotations

import subprocess

from ddd_lab import Project

_PLAIN = ("-c", "color.ui=false", "-c", "core.pager=cat", "-c", "commit.gpgsign=false")


def git(project: Project, *words: str) -> None:
    """Call Git in a project's folder and print what it says."""
    plain = ["--no-ext-diff"] if words[:1] == ("diff",) else []
    command = ["git", *_PLAIN, words[0], *plain, *words[1:]]
    done = subprocess.run(
        command, cwd=project.root, check=True, capture_output=True, encoding="utf-8"
    )
    if done.stdout:
        print(done.stdout)
