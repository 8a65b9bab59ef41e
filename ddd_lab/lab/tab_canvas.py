"""The kernel's side of a design tab: a canvas over a comm, without a widget and its notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.disk.folder import project_folder
from ddd_lab.files.workspace.rename_tracker import nearest_place
from ddd_lab.lab.unsaved_edits import news_of
from ddd_lab.workbench import Workbench

TARGET = "ddd-lab:canvas"
"""What JupyterLab's tabs open a comm to."""

_canvases: dict[str, tuple[CanvasSession, Any]] = {}
"""The canvases of tabs with their comms, by the tabs' ids: a page that was loaded anew has left its
own behind, and a tab that is opened in another window is told so in the first."""


class _Served(NamedTuple):
    """A design that tabs may ask for, and how a cell opens it."""

    workbench: Workbench
    cell: str


_served: dict[Path, _Served] = {}


def listen(folder: Path, workbench: Workbench, cell: str) -> None:
    """Give every tab of a design a canvas that opens a comm from now on.

    Args:
        folder: of the design.
        workbench: of the project there.
        cell: the line by which a cell has the project.
    """
    from comm import get_comm_manager

    _served[folder] = _Served(workbench, cell)
    get_comm_manager().register_target(TARGET, _opened)


def _opened(comm: Any, message: dict[str, Any]) -> None:
    wanted = message["content"]["data"]
    workbench, cell = _served[project_folder(wanted["root"])]
    comm.send({"name": workbench.name, "cell": cell})
    _open(comm, workbench, wanted["at"], wanted["tab"])


def _open(comm: Any, workbench: Workbench, at: str, tab: str) -> None:
    if tab in _canvases:
        former, its_comm = _canvases.pop(tab)
        former.close()
        its_comm.close()
    # The place may be gone since the tab has shown it.
    session = CanvasSession(workbench, nearest_place(workbench.design, at), comm.send)
    _canvases[tab] = session, comm
    if news := news_of(workbench):
        session.notice(news)

    def receive(message: dict[str, Any]) -> None:
        reply = dispatch(session, message["content"]["data"])
        if reply is not None:
            session.tell("reply", reply)

    def close(_: object) -> None:
        session.close()
        if _canvases.get(tab) == (session, comm):
            del _canvases[tab]

    comm.on_msg(receive)
    comm.on_close(close)
