"""How Jupyter hosts it all: the server extension, terminals, magics, a run shown in a notebook."""

from __future__ import annotations


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Where the Jupyter server finds the extension."""
    return [{"module": "ddd_lab.lab.server"}]
