"""What the owner of a server may set, in ``jupyter_server_config`` or on its command line."""

from __future__ import annotations

from traitlets import Float, List, Unicode
from traitlets.config import Configurable


class DDDLab(Configurable):
    """The part of DDD Lab that runs in the Jupyter server."""

    extra_roots = List(
        Unicode(),
        help="Folders besides ServerApp.root_dir below which projects may be opened. A project "
        "that lies elsewhere is refused, also where a link or '..' leads to it.",
    ).tag(config=True)
    patience = Float(
        10.0,
        min=0.1,
        help="Seconds that a look at a project may take before the panel is told that the project "
        "does not answer. It is still worked at, and the next look waits for it.",
    ).tag(config=True)
