"""A home for Claude Code in which it has been used before, and an environment with nothing else."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir

KEY = "sk-ant-dummy-0123456789abcdefghij"


def environment(
    home: Path, project: Path, url: str, settings: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The environment for a program that starts Claude Code.

    Args:
        home: an empty folder; what asks questions at a first start is answered in it.
        project: the folder that is trusted.
        url: of the provider.
        settings: the person's own, of Claude Code.
    """
    home.mkdir(parents=True, exist_ok=True)
    known = {
        "hasCompletedOnboarding": True,
        "theme": "dark",
        "customApiKeyResponses": {"approved": [KEY[-20:]], "rejected": []},
        "projects": {
            str(project): {
                "hasTrustDialogAccepted": True,
                "hasCompletedProjectOnboarding": True,
            }
        },
    }
    (home / ".claude.json").write_text(json.dumps(known))
    (home / ".claude").mkdir(exist_ok=True)
    (home / ".claude/settings.json").write_text(json.dumps(settings or {}))
    return {
        "HOME": str(home),
        # Whom the person trusts is theirs, whatever Claude Code's home is.
        "JUPYTER_DATA_DIR": jupyter_data_dir(),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ANTHROPIC_BASE_URL": url,
        "ANTHROPIC_API_KEY": KEY,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "CLAUDE_CODE_MAX_RETRIES": "0",
        "DISABLE_AUTOUPDATER": "1",
    }


def command(program: Path, home: Path, project: Path, url: str) -> str:
    """The words for ``claude_code.command`` that start the program in that environment alone.

    For programs whose own environment belongs to somebody else: a server, a kernel.
    """
    variables = (f"{key}={value}" for key, value in environment(home, project, url).items())
    return executable(home / "claude", ["env", "-i", *variables, program])


def executable(path: Path, words: Iterable[str | Path]) -> str:
    """Make a program that runs some words; returns how a command names it.

    Args:
        path: of the program.
        words: that it runs; what it is called with follows them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, words))} "$@"\n')
    path.chmod(0o755)
    return shlex.quote(str(path))
