"""The server extension: what JupyterLab's panels ask for, below ``ddd-lab/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _load_jupyter_server_extension(serverapp: ServerApp) -> None:
    """Add the endpoints to a server."""
    from ddd_lab.lab.server.extension import load

    load(serverapp)
