"""A program in a terminal of its own, as a person sees it and types into it."""

from __future__ import annotations

import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path

import pyte

LINES, COLUMNS = 60, 160
PATIENCE = 60.0
"""Seconds that something may take to appear."""


class Terminal:
    """A program that runs in a terminal.

    Args:
        words: the program and its arguments.
        folder: where it runs.
        env: its whole environment.
    """

    def __init__(self, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        self._screen = pyte.HistoryScreen(COLUMNS, LINES, history=2000)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._process = subprocess.Popen(
            words,
            cwd=folder,
            env=dict(env),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - before threads
        )
        os.close(slave)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                raw = os.read(self._master, 65536)
            except OSError:
                return
            if not raw:
                return
            with self._lock:
                self._stream.feed(raw)

    @property
    def text(self) -> str:
        """What stands on the screen, spaces and line breaks as one space each."""
        with self._lock:
            return " ".join(" ".join(self._screen.display).split())

    def wait_for(self, words: str) -> None:
        """Wait until some words stand on the screen.

        Raises:
            AssertionError: they never did.
        """
        deadline = time.monotonic() + PATIENCE
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} never appeared:\n{self.text}"
            time.sleep(0.05)

    def type(self, keys: str) -> None:
        """Type something."""
        os.write(self._master, keys.encode())

    def wait(self) -> int:
        """Wait until the program has ended; returns its exit status."""
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it does not end:\n{self.text}") from None

    def close(self) -> None:
        """End the program with its session."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._master)
