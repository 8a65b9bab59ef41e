"""The kernel's side of tabs: one project for each folder, whoever has opened it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm

import ddd_lab as ddd
from ddd_lab.lab.tab_canvas import TARGET
from ddd_lab.project import tabs
from ddd_lab.project.project import SHOWN
from tests.files.projects import KEY, small_project


class Tab(BaseComm):
    """A tab's end of its comm with the kernel."""

    def __init__(self, root: Path, at: str = "", id: str = "one") -> None:
        self.sent: list[Any] = []
        super().__init__(target_name=TARGET, primary=False)
        opened = {"root": str(root), "at": at, "tab": id}
        manager = comm.get_comm_manager()  # the kernel's own, once that is imported
        manager.register_comm(self)
        manager.targets[TARGET](self, {"content": {"data": opened}})

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        self.sent.append(data or msg_type)

    def ask(self, op: str, **args: object) -> Any:
        """Have a command carried out, and return the reply, which comes last."""
        content = {"id": -1, "op": op, "args": args, "at": None}
        self.handle_msg({"content": {"data": content}})
        return self.sent[-1]["reply"]


@pytest.fixture(autouse=True)
def variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The variables of the cells of a kernel that shows nothing yet."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    found: dict[str, Any] = {}
    monkeypatch.setattr(tabs, "get_ipython", lambda: SimpleNamespace(user_ns=found))
    yield found
    shown = list(SHOWN.values())
    SHOWN.clear()
    for project in shown:
        project.close()


def test_a_cell_that_opens_the_folder_has_the_project_of_the_tab(
    tmp_path: Path, variables: dict[str, Any]
) -> None:
    root = small_project(tmp_path / "shop")

    tabs.serve(str(root))

    assert ddd.open(root) is ddd.open(root / "specs") is variables["project"]
    with ddd.open(root) as project:
        pass
    assert project.workbench.watcher is not None, "the tab needs it still"


def test_a_tab_shows_the_project_that_a_cell_has_opened_before(
    tmp_path: Path, variables: dict[str, Any]
) -> None:
    root = small_project(tmp_path / "shop")
    variables["project"] = "taken"
    variables["design"] = ddd.open(root, watch=False)

    tabs.serve(str(root))
    tabs.serve(str(small_project(tmp_path / "other")))

    assert Tab(root).sent[0]["cell"] == f'design = ddd.open("{root}")'
    assert variables["project_2"].root == tmp_path / "other"
    assert SHOWN[root] is variables["design"]


def test_a_tab_shows_the_project_of_a_canvas_that_no_variable_holds(
    tmp_path: Path, variables: dict[str, Any]
) -> None:
    root = small_project(tmp_path / "shop")
    canvas = ddd.open(root, watch=False).canvas(KEY)

    tabs.serve(str(root))
    variables["project"].flows[KEY].nodes["charge"].label = "Take the money"

    assert canvas._session is not None
    assert "Take the money" in str(canvas._session.board)
    canvas.close()


def test_a_tab_that_is_opened_again_lets_go_of_its_canvas_of_before(tmp_path: Path) -> None:
    root = small_project(tmp_path / "shop")
    tabs.serve(str(root))
    left, other = Tab(root, KEY), Tab(root, KEY, "other")
    assert left.ask("hello", version=ddd.__version__, size=None)["ok"]

    again = Tab(root, "payments/gone")
    reply = again.ask("hello", version=ddd.__version__, size=None)

    assert reply["ok"]
    assert again.sent[0]["name"] == SHOWN[root].name
    board = next(message["board"] for message in again.sent if "board" in message)
    assert board["at"] == "payments", "the nearest place that is there"
    assert left.sent[-1] == "comm_close", "the page there is told"
    before = len(left.sent)
    SHOWN[root].flows[KEY].nodes["charge"].label = "Take the money"
    assert len(left.sent) == before
    assert other.ask("hello", version=ddd.__version__, size=None)["ok"]
