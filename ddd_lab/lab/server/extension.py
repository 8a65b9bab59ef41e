"""Adding the extension to a Jupyter server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.utils import url_path_join
from tornado.ioloop import PeriodicCallback

from ddd_lab.lab.notebook import CODE
from ddd_lab.lab.protocol.panel import Opening
from ddd_lab.lab.server.endpoints import ENDPOINTS, Server
from ddd_lab.lab.server.handlers import HANDLERS, Place
from ddd_lab.lab.server.project_cache import OpenProjects
from ddd_lab.lab.server.project_discovery import ProjectFinder
from ddd_lab.lab.server.queue_worker import STEP, QueueKeeper
from ddd_lab.lab.server.settings import DDDLab
from ddd_lab.lab.server.terminals import ServerTerminals
from ddd_lab.lab.server.threads import Lanes

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def load(serverapp: ServerApp) -> None:
    """Add the endpoints to a server, and look after its queues."""
    loop = serverapp.io_loop.asyncio_loop  # type: ignore[attr-defined]
    settings: dict[str, Any] = serverapp.web_app.settings
    # Asked when they are needed: both may be settled only after this.
    terminals = ServerTerminals(
        lambda: serverapp.connection_url, lambda: settings.get("terminal_manager"), loop
    )
    wishes = DDDLab(parent=serverapp)
    base_folder = Path(serverapp.root_dir).expanduser().resolve()
    projects = OpenProjects(terminals, [base_folder, *map(Path, wishes.extra_roots)])
    opening = [Opening(design=wishes.design, path=wishes.show, code=list(CODE))]
    server = Server(base_folder, ProjectFinder(base_folder), projects, opening)
    place = Place(server, Lanes(wishes.patience))
    base = url_path_join(serverapp.base_url, "ddd-lab")
    routes = [
        (
            url_path_join(base, path),
            HANDLERS[endpoint.method],
            {"place": place, "endpoint": endpoint},
        )
        for path, endpoint in ENDPOINTS.items()
    ]
    serverapp.web_app.add_handlers(".*$", routes)  # type: ignore[no-untyped-call]
    keeper = QueueKeeper(projects, serverapp.log)
    PeriodicCallback(keeper.look, STEP * 1000).start()
    serverapp.log.info("DDD Lab answers below %s", base)
