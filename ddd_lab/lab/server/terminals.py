"""Terminals of the server that this runs in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLongError
from typing import TYPE_CHECKING

from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.trust import CLAUDE, require_trust
from ddd_lab.lab.terminal_commands import (
    TerminalError,
    launch_words,
    not_opened,
    record_terminal,
    terminal_names,
)

if TYPE_CHECKING:
    from jupyter_server_terminals.terminalmanager import TerminalManager

_PATIENCE = 30.0
"""Seconds that the server's event loop has for opening a terminal."""
OFF = "This Jupyter server opens no terminals (ServerApp.terminals_enabled, terminado)"
NO_PROGRAMS = f"{OFF}, so it cannot run tests. Run them in a shell: ddd-lab tests"


class ServerTerminals:
    """Opens terminals from any thread.

    Args:
        manager: tells the server's manager of terminals, None where there is none.
        loop: the server's event loop, to which terminals belong.
    """

    def __init__(
        self,
        url: Callable[[], str],
        manager: Callable[[], TerminalManager | None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._url = url
        self._manager = manager
        self._loop = loop

    def open(self, run: Run, *, resume: bool = False) -> None:
        """Open a terminal in which a run that was prepared begins, or goes on."""
        require_trust(run.root, CLAUDE)
        opening = asyncio.run_coroutine_threadsafe(self._create(run, resume=resume), self._loop)
        try:
            name = opening.result(_PATIENCE)
        except TerminalError as error:
            raise not_opened(run, str(error)) from error
        except (OSError, TooLongError) as error:
            raise not_opened(run, f"The terminal cannot be opened ({error})") from error
        record_terminal(run, name, self._url())

    async def _create(self, run: Run, *, resume: bool) -> str:
        manager = self._manager()
        if manager is None:
            raise TerminalError(OFF)
        name = next(name for name in terminal_names(run) if name not in manager.terminals)
        words = launch_words(run, resume=resume)
        manager.create(name=name, shell_command=words, cwd=str(run.root))
        return name

    def require(self) -> None:
        """Refuse to run programs where terminals are off: who may not do so, may not here."""
        if self._manager() is None:
            raise TerminalError(NO_PROGRAMS)

    def has(self, name: str) -> bool:
        """Whether there is such a terminal now."""
        manager = self._manager()
        return manager is not None and name in manager.terminals
