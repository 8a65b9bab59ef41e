"""A shop on a canvas, and a scripted server of language models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from ddd_lab.assist.scripted import ScriptedServer
from tests.browser.assistant.asking import AT, HERE, toggle
from tests.browser.bare import BareCanvas, bare_canvas
from tests.canvas.shop import write_shop


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer) -> Path:
    root = write_shop(tmp_path_factory.mktemp("assistant") / "shop")
    settings = root / ".ddd/config.yaml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(server.config())
    return root


@pytest.fixture(scope="module")
def opened(browser: Browser, shop: Path) -> Iterator[BareCanvas]:
    with bare_canvas(browser, shop, AT) as canvas:
        yield canvas


@pytest.fixture
def canvas(opened: BareCanvas, server: ScriptedServer) -> Iterator[BareCanvas]:
    server.replace()
    opened.go(AT, *HERE)
    yield opened
    opened.lab.kernel_eval("while project.undo(): pass")


@pytest.fixture
def panel(canvas: BareCanvas) -> Locator:
    """The assistant with a new conversation, ready for a question."""
    panel = canvas.root.get_by_role("region", name="Assistant")
    if not panel.is_visible():
        toggle(canvas).click()
    panel.get_by_role("button", name="New conversation").click()
    expect(panel.get_by_text("Ask about this design")).to_be_visible()
    return panel
