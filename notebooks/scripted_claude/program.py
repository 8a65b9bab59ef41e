"""Finds the Claude Code that tests drive; installs it from npm where it is not there.

Usage: python -m notebooks.scripted_claude.program [--install]    prints its path
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "2.1.330"
PACKAGE = "@anthropic-ai/claude-code"
FOLDER = Path(sys.prefix) / "share" / "claude-code"
ADVICE = (
    f"The tests of runs need Claude Code {VERSION}: make it reachable for npm (install {PACKAGE}), "
    "or set DDD_LAB_CLAUDE to the program's path."
)


def find_claude() -> Path | None:
    """The program: ``DDD_LAB_CLAUDE``, or the one installed beside this environment.

    One that happens to be on the PATH is somebody's own, with settings and keys of theirs.
    """
    named = os.environ.get("DDD_LAB_CLAUDE")
    program = Path(named) if named else FOLDER / "node_modules" / ".bin" / "claude"
    return program if program.exists() else None


def install_claude() -> None:
    """Install it with the environment's own npm; do nothing where that fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    npm = shutil.which("npm", path=path)
    if npm is None:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--no-save", f"{PACKAGE}@{VERSION}"],
        cwd=FOLDER,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def main(arguments: list[str]) -> int:
    """Print its path, or one line of advice; return the exit status."""
    program = find_claude()
    if program is None and "--install" in arguments:
        install_claude()
        program = find_claude()
    if program is None:
        sys.stderr.write(f"{ADVICE}\n")
        return 1
    sys.stdout.write(f"{program}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
