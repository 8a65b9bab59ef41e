"""The kernel's side of a design tab: a canvas over a comm, without a widget and its notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.workspace.rename_tracker import nearest_place
from ddd_lab.lab.unsaved_edits import news_of
from ddd_lab.workbench import Workbench

TARGET = "ddd-lab:canvas"
"""What JupyterLab's tabs open a comm to."""

_sessions: dict[str, CanvasSession] = {}
"""The canvases of tabs, by the tabs' ids: a page that was reloaded has left its own behind."""


def listen(find: Callable[[str], Workbench]) -> None:
    """Give every tab a canvas that opens a comm from now on.

    Args:
        find: the design in a folder.
    """
    from comm import get_comm_manager

    def opened(comm: Any, message: dict[str, Any]) -> None:
        wanted = message["content"]["data"]
        _open(comm, find(wanted["root"]), wanted["at"], wanted["tab"])

    get_comm_manager().register_target(TARGET, opened)


def _open(comm: Any, workbench: Workbench, at: str, tab: str) -> None:
    if tab in _sessions:
        _sessions.pop(tab).close()
    # The place may be gone since the tab has shown it.
    session = CanvasSession(workbench, nearest_place(workbench.design, at), comm.send)
    _sessions[tab] = session
    comm.send({"name": workbench.name})
    if news := news_of(workbench):
        session.notice(news)

    def receive(message: dict[str, Any]) -> None:
        reply = dispatch(session, message["content"]["data"])
        if reply is not None:
            session.tell("reply", reply)

    def close(_: object) -> None:
        session.close()
        if _sessions.get(tab) is session:
            del _sessions[tab]

    comm.on_msg(receive)
    comm.on_close(close)
