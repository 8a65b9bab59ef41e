"""Finds the Chromium that the browser tests drive; installs it where that is possible.

Usage: python -m tests.browser.chromium [--install]    prints its path

Exit status: 0 when there is one, 1 with one line saying what to install when there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# No sandbox, since CI runs as root; nothing that talks to the outside.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADVICE = (
    "The browser tests need Chromium: install it (`apt-get install chromium`), or set"
    " DDD_LAB_CHROMIUM to the program's path."
)


def find_chromium() -> Path | None:
    """Return the program: `DDD_LAB_CHROMIUM`, one on the PATH, else Playwright's own.

    Raises:
        FileNotFoundError: `DDD_LAB_CHROMIUM` names a program that is not there.
    """
    if named := os.environ.get("DDD_LAB_CHROMIUM"):
        program = shutil.which(named)
        if program is None:
            raise FileNotFoundError(f"DDD_LAB_CHROMIUM={named} is not a program. {ADVICE}")
        return Path(program)
    search = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin"])
    for name in NAMES:
        if program := shutil.which(name, path=search):
            return Path(program)
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.is_file() else None


def install_chromium() -> None:
    """Install Debian's Chromium, if this is a Debian and we are root; else do nothing."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run(
            [apt, *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def main(arguments: list[str]) -> int:
    """Print Chromium's path, or one line of advice; return the exit status."""
    try:
        program = find_chromium()
        if program is None and "--install" in arguments:
            install_chromium()
            program = find_chromium()
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if program is None:
        sys.stderr.write(f"{ADVICE}\n")
        return 1
    sys.stdout.write(f"{program}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
