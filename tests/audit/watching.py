"""Notes what a Python program opens in a folder, and which programs it starts.

Python tells of both by itself, before they happen (:pep:`578`), so that nothing is missed that is
done in Python. The folder is meant however a path leads there.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

_FILES = {
    *("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir"),
    *("os.truncate", "os.chmod", "os.link", "os.symlink", "os.utime"),
}
_PROGRAMS = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork"}
_note: Callable[[str], object] | None = None
_folder = ""
_hooked = False


@contextlib.contextmanager
def noted(folder: str) -> Iterator[list[str]]:
    """What this program opens in a folder and which programs it starts, while this goes on."""
    found: list[str] = []
    begin(folder, found.append)
    try:
        yield found
    finally:
        begin("", None)


def into_file(path: str, folder: str) -> None:
    """Note it in a file, for as long as this program lives."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    begin(folder, lambda line: os.write(file, f"{line}\n".encode("utf-8", "backslashreplace")))


def begin(folder: str, note: Callable[[str], object] | None) -> None:
    """Note from now on; None to note nothing more."""
    global _folder, _note, _hooked  # noqa: PLW0603 - a hook of Python's stays for good
    _folder, _note = os.path.realpath(folder), note
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked = True


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _note is None:
        return
    if event in _PROGRAMS:
        words = arguments[1] if len(arguments) > 1 else arguments[:1]
        if event != "os.fork":
            _note(f"started {event}: {words!r}")
    elif event in _FILES:
        for path in arguments[:2]:
            if isinstance(path, (str, bytes)) and _is_within(os.fsdecode(path)):
                _note(f"touched {event}: {os.fsdecode(path)!r}")


def _is_within(path: str) -> bool:
    real = os.path.realpath(path)
    return real == _folder or real.startswith(_folder + os.sep)
