"""The merge driver in a running process: Git's command only asks it, which takes no start-up."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ddd_lab.git.drivers.merge import merge_files

FAILED = 129
"""What Git takes for a driver that could not do its work."""


@contextmanager
def driver_server() -> Iterator[str]:
    """The command of a merge driver that asks this process, through two named pipes."""
    with tempfile.TemporaryDirectory() as name:
        asked, answered = Path(name, "asked"), Path(name, "answered")
        os.mkfifo(asked)
        os.mkfifo(answered)
        thread = threading.Thread(target=_serve, args=(asked, answered), daemon=True)
        thread.start()
        yield (
            f'echo "$PWD|%O|%A|%B|%L" >{asked}; read -r s <{answered}; '
            f"case $s in 0) exit 0;; 65) exit 1;; esac; exit {FAILED}"
        )
        asked.write_text("\n")
        thread.join()


def _serve(asked: Path, answered: Path) -> None:
    while line := asked.read_text().rstrip("\n"):
        folder, base, ours, theirs, size = line.split("|")
        status = FAILED
        try:
            status = merge_files(Path(folder), base, ours, theirs, int(size))
        finally:
            answered.write_text(f"{status}\n")
