"""Terminals from a kernel: through the REST API of the Jupyter server that it belongs to."""

from __future__ import annotations

import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.record import number
from ddd_lab.implementation.trust import CLAUDE, require_trust
from ddd_lab.lab.addresses import link_address
from ddd_lab.lab.terminal_commands import (
    RECORD,
    TerminalError,
    launch_words,
    not_opened,
    record_terminal,
    terminal_names,
    terminal_of,
)
from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

__all__ = ["TerminalError", "TerminalLink", "link_of", "open_terminal"]

_PATIENCE = 15.0
"""Seconds that a server has for an answer."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""The server is on this machine: no proxy has to do with it."""


class TerminalLink(Frozen):
    """The terminal of a run.

    Attributes:
        name: of the terminal on its server.
        url: its page in Jupyter Notebook 7, from the server's root on.
        opened: when, in seconds of the epoch; 0 where nobody noted it.
    """

    name: str
    url: str
    opened: float = 0.0

    def __str__(self) -> str:
        return visible(self.url)

    def _repr_html_(self) -> str:
        label = f"Terminal {escape(visible(self.name))}"
        address = link_address(self.url)
        return f"<a href='{escape(address)}' target='_blank'>{label}</a>" if address else label


class _Server:
    """A Jupyter server that runs on this machine, as its own file about itself says."""

    def __init__(self, info: dict[str, Any]) -> None:
        self.url = str(info.get("url", ""))
        self.pid = info.get("pid")
        self.root = Path(str(info.get("root_dir", "")))
        # Behind JupyterHub the server's own token is empty; what the hub gave is good for it.
        self._token = str(info.get("token") or os.environ.get("JUPYTERHUB_API_TOKEN", ""))

    def ask(self, path: str, body: object = None) -> Any:
        """Call the API."""
        request = urllib.request.Request(
            f"{self.url}{path}", None if body is None else json.dumps(body).encode()
        )
        request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", f"token {self._token}")
        try:
            with _DIRECT.open(request, timeout=_PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                why = _refused(error)
            raise TerminalError(f"The Jupyter server at {self.url} {why}") from None
        except (OSError, ValueError) as error:
            if isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError):
                raise TerminalError(
                    f"The Jupyter server at {self.url} has a certificate that this machine does "
                    "not trust (SSL_CERT_FILE names the file of one to trust)"
                ) from None
            raise TerminalError(
                f"The Jupyter server at {self.url} does not answer: {error}"
            ) from None


def _refused(error: urllib.error.HTTPError) -> str:
    if error.code in (401, 403):
        return "does not let this kernel in (it asks for a password, not a token)"
    if error.code == 404:
        return "opens no terminals (ServerApp.terminals_enabled, terminado)"
    return f"opens no terminal (status {error.code})"


def open_terminal(run: Run, *, resume: bool = False) -> TerminalLink:
    """Open a terminal in which a run that was prepared begins, or goes on.

    Args:
        run: that was prepared, or, to resume, whose program is gone.
    """
    require_trust(run.root, CLAUDE)
    try:
        server = _own_server(run.root)
        names = {str(terminal.get("name")) for terminal in server.ask("api/terminals")}
        name = next(name for name in terminal_names(run) if name not in names)
        words = launch_words(run, resume=resume)
        server.ask("api/terminals", {"name": name, "shell_command": words, "cwd": str(run.root)})
    except TerminalError as error:
        raise not_opened(run, str(error)) from None
    record_terminal(run, name, server.url)
    link = link_of(run)
    assert link is not None
    return link


def link_of(run: Run) -> TerminalLink | None:
    """The terminal that was opened for a run last; None if none ever was."""
    name = terminal_of(run)
    if not name:
        return None
    record = run.read(RECORD)
    opened = number(record.get("at")) or 0.0
    return TerminalLink(name=name, url=f"{_base(record)}terminals/{name}", opened=opened)


def _base(record: dict[str, Any]) -> str:
    """Where the pages of a server begin, on that server; whatever else is recorded is no base."""
    try:
        base = urlsplit(str(record.get("server", ""))).path
    except ValueError:
        base = ""
    return base if base.endswith("/") and link_address(base) else "/"


def _own_server(root: Path) -> _Server:
    """The server that this kernel belongs to, or else the one that shows the project."""
    servers = list(_running())
    parent = os.environ.get("JPY_PARENT_PID", "")
    kernel = _kernel_id()
    for server in servers:
        if str(server.pid) == parent or (kernel and _has_kernel(server, kernel)):
            return server
    showing = [server for server in servers if root.is_relative_to(server.root)]
    if not showing:
        raise TerminalError("No running Jupyter server was found that could open a terminal")
    return max(showing, key=lambda server: len(server.root.parts))


def _running() -> Iterator[_Server]:
    from jupyter_server.serverapp import list_running_servers

    for info in list_running_servers():
        # A server behind a socket of the file system cannot be reached by an address.
        if not info.get("sock"):
            yield _Server(info)


def _kernel_id() -> str:
    """The id of this kernel; empty where this is none."""
    from ipykernel.connect import get_connection_file

    try:
        return Path(get_connection_file()).stem.removeprefix("kernel-")
    except RuntimeError:
        return ""


def _has_kernel(server: _Server, id: str) -> bool:
    try:
        return bool(server.ask(f"api/kernels/{id}"))
    except TerminalError:
        return False
