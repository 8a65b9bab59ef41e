"""The tests' own program in a terminal: what it says is read, what a person answers is typed."""

from __future__ import annotations

import os
import pty
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from tests.patience import PATIENCE

_MARK = b"\0all of it\0"


class OwnTerminal:
    """A terminal that this program can be in; see :func:`own_terminal`."""

    def __init__(self, master: int, slave: int) -> None:
        self._master = master
        self._slave = slave
        self._raw = bytearray()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while raw := os.read(self._master, 65536):
                self._raw += raw
        except OSError:  # nobody has it open any more
            os.close(self._master)

    def type(self, keys: str) -> None:
        """Type something, also ahead of the question."""
        os.write(self._master, keys.encode())

    def take(self) -> str:
        """What was said since this was asked last."""
        os.write(self._slave, _MARK)
        deadline = time.monotonic() + PATIENCE
        while not self._raw.endswith(_MARK):
            assert time.monotonic() < deadline, "the terminal swallows what is written"
            time.sleep(0.005)
        said = bytes(self._raw).replace(_MARK, b"").decode()
        self._raw.clear()
        return said.replace("\r\n", "\n")

    @contextmanager
    def here(self) -> Iterator[None]:
        """Have this program, and what it starts, read from the terminal and write to it."""
        with ExitStack() as ending:
            for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w")):
                before = os.dup(number)
                ending.callback(os.close, before)
                os.dup2(self._slave, number)
                ending.callback(os.dup2, before, number)
                stream = os.fdopen(os.dup(self._slave), mode, encoding="utf-8")
                ending.enter_context(stream)
                ending.enter_context(patch.object(sys, name, stream))
            yield


@contextmanager
def own_terminal() -> Iterator[OwnTerminal]:
    """A terminal, for as long as it is needed."""
    master, slave = pty.openpty()
    modes = termios.tcgetattr(slave)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, modes)
    try:
        yield OwnTerminal(master, slave)
    finally:
        os.close(slave)
