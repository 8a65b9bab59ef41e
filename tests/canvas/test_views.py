"""Several views, several canvases, a notebook: one design."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab.bundle
from ddd_lab.bundle import BundleError
from ddd_lab.canvas.widget import Canvas
from ddd_lab.project import Project
from tests.canvas.screen import Screen, fresh
from tests.canvas.shop import PLACE_ORDER_FILE, write_shop
from tests.patience import PATIENCE

Look = Callable[..., Screen]
AT = "orders/place-order"


def test_two_canvases_of_a_project_agree(look: Look) -> None:
    one, other = look(AT), look(AT)
    one.ask("move", moves=[{"id": "placed", "x": 5, "y": 6}])
    other.ask("set", id="placed", path=["label"], value="Sent")
    other.ask("remove", cards=["charge"])

    assert one.cards == other.cards
    assert one.links == other.links
    assert fresh(one)["cards"] == fresh(other)["cards"]


def test_patches_lead_to_the_board_that_a_new_view_gets(look: Look, shop: Project) -> None:
    screen = look(AT)
    screen.ask("add", type="decision", x=1, y=2, connect_from="start")
    screen.ask("rename", id="refused", to="no")
    screen.ask("undo")
    shop.flows[AT].connect("charge", "refused", output="success")
    screen.ask("remove", cards=["basket"], links=[screen.link("charge", "failure")])
    screen.ask("problems")
    patched = {"cards": screen.cards, "links": screen.links, "status": screen.board["status"]}

    fresh(screen)

    assert patched == {
        "cards": screen.cards,
        "links": screen.links,
        "status": screen.board["status"],
    }


def test_a_canvas_that_nobody_looks_at_sends_nothing(shop: Project) -> None:
    screen = Screen(shop, AT, greet=False)
    shop.flows[AT].nodes["placed"].label = "Sent"
    assert screen.sizes == []


def test_a_closed_canvas_follows_the_project_no_more(look: Look, shop: Project) -> None:
    screen = look(AT)
    screen.canvas.close()
    before = len(screen.sizes)
    shop.flows[AT].nodes["placed"].label = "Sent"
    assert len(screen.sizes) == before


def test_a_step_of_several_edits_arrives_as_one_board(look: Look, shop: Project) -> None:
    screen = look(AT)
    with shop.step("tidy up"):
        shop.flows[AT].nodes["placed"].label = "Sent"
        shop.flows[AT].nodes["refused"].label = "No"
    assert screen.cards["refused"]["title"] == "No"
    assert screen.board["status"]["undo"] == "tidy up"


def test_canvases_keep_no_project_alive(tmp_path: Path) -> None:
    project = Project(write_shop(tmp_path))
    screen = Screen(project, AT)
    screen.canvas.close()
    project.close()
    gone = weakref.ref(project)
    del screen, project
    gc.collect()
    assert gone() is None


def test_the_canvas_says_what_it_is(shop: Project) -> None:
    canvas = shop.canvas(AT, height=480)
    assert repr(canvas) == f"Canvas(at='{AT}')"
    assert canvas.height == 480
    assert canvas._esm.startswith("/* DDD Lab canvas")
    canvas.close()


def test_without_a_bundle_the_error_says_how_to_build_it(
    shop: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ddd_lab.bundle, "files", lambda _: tmp_path)
    with pytest.raises(BundleError, match="make setup"):
        shop.canvas()


def test_in_a_notebook_checks_follow_the_edit(tmp_path: Path) -> None:
    """With an event loop, as in a kernel, a gesture is answered before any rule runs."""

    async def session() -> None:
        project = Project(write_shop(tmp_path), watch=False)
        screen = Screen(project, AT)
        await _until(lambda: screen.board["problems"]["warnings"] > 0)
        screen.ask("add", type="process", x=0, y=0)
        assert sum(screen.cards["process"]["problems"].values()) == 0
        await _until(lambda: sum(screen.cards["process"]["problems"].values()) > 0)
        screen.canvas.close()

    asyncio.run(session())


def test_in_a_notebook_a_file_that_changes_appears_without_a_cell(tmp_path: Path) -> None:
    async def session() -> None:
        with Project(write_shop(tmp_path)) as project:
            screen = Screen(project, AT)
            path = Path(project.root, PLACE_ORDER_FILE)
            text = path.read_text("utf-8")
            path.write_text(text.replace("label: Order placed", "label: Sent off"), "utf-8")
            await _until(lambda: screen.cards["placed"]["title"] == "Sent off")
            screen.canvas.close()

    asyncio.run(session())


def test_a_cell_of_many_edits_does_not_draw_each_of_them(tmp_path: Path) -> None:
    async def session() -> None:
        project = Project(write_shop(tmp_path), watch=False)
        screen = Screen(project, AT)
        before = len(screen.patches)
        for number in range(200):
            project.flows[AT].add_node("process", id=f"extra_{number}", position=(number, 0))
        assert len(screen.patches) - before < 200
        await _until(lambda: "extra_199" in screen.cards)
        screen.canvas.close()

    asyncio.run(session())


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not done():
            await asyncio.sleep(0.02)


def test_an_edit_from_another_thread_appears(tmp_path: Path) -> None:
    async def session() -> None:
        project = Project(write_shop(tmp_path), watch=False)
        screen = Screen(project, AT)

        def edit() -> None:
            project.flows[AT].nodes["placed"].label = "Sent"

        await asyncio.to_thread(edit)
        await _until(lambda: screen.cards["placed"]["title"] == "Sent")
        screen.canvas.close()

    asyncio.run(session())


def test_a_canvas_is_an_anywidget(shop: Project) -> None:
    canvas = Canvas(shop.workbench)
    assert {"_esm", "_css", "height"} <= set(canvas.get_state())
    assert "at" not in canvas.get_state()
    canvas.close()
