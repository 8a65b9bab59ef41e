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
    design = Unicode(
        help="The folder of a design that JupyterLab shows in a tab when it opens.",
    ).tag(config=True)
    show = Unicode(
        help="A notebook of `ddd-lab lab` below ServerApp.root_dir whose first cell is run when "
        "JupyterLab opens. It is only run where all its code is what `ddd-lab lab` has written.",
    ).tag(config=True)
    patience = Float(
        10.0,
        min=0.1,
        help="Seconds that a request about a project may take before the panel says that the "
        "project does not answer. The work continues, and the next request waits for it.",
    ).tag(config=True)
