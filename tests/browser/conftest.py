"""One JupyterLab server and one Chromium for all browser tests of a worker."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.alone import Alone, alone_on, build, served
from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.browser.lab import VIEWPORT, Lab
from tests.browser.server import JupyterServer, jupyter_server
from tests.browser.slow import slow_down
from tests.browser.timeouts import Timeouts, ms

expect.set_options(timeout=ms(Timeouts.EFFECT))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave a picture of the page where a test failed."""
    report = yield
    if report.failed:
        for fixture in item.funcargs.values():
            value = getattr(fixture, "lab", fixture)  # the page itself, or hands that work on it
            if isinstance(value, Lab) and not value.page.is_closed():
                picture = value.screenshot("failed-" + re.sub(r"\W+", "-", item.name))
                report.sections.append(("picture of the page", str(picture)))
    return report


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """The server that all browser tests share."""
    with jupyter_server(tmp_path_factory.mktemp("lab") / "server") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that all browser tests share."""
    program = find_chromium()
    if program is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


OpenLab = Callable[[], contextlib.AbstractContextManager[Lab]]


@pytest.fixture(scope="session")
def open_lab(lab_server: JupyterServer, browser: Browser) -> OpenLab:
    """A function that opens a JupyterLab page, as a context.

    For a fixture of a wider scope, where several tests look at one notebook. A page that nobody
    needs any more is emptied and given to the next.
    """
    spare: list[Page] = []

    @contextlib.contextmanager
    def opened() -> Iterator[Lab]:
        page = spare.pop() if spare else None
        if page is None:
            page = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce").new_page()
            slow_down(page)
        lab = Lab(page, lab_server)
        try:
            yield lab
        finally:
            if lab.close() and not spare:
                spare.append(page)
            else:
                page.context.close()

    return opened


@pytest.fixture
def lab(open_lab: OpenLab) -> Iterator[Lab]:
    """A JupyterLab page with nothing open, and no kernel running."""
    with open_lab() as opened:
        yield opened


@pytest.fixture(scope="session")
def alone_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The canvas on made-up boards, built and served once."""
    folder = tmp_path_factory.mktemp("alone")
    build(folder)
    with served(folder) as found:
        yield found


@pytest.fixture(scope="session")
def alone_page(browser: Browser) -> Iterator[Page]:
    """The page in which one test after the other opens the canvas on made-up boards."""
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        slow_down(page)
        yield page


@pytest.fixture
def alone(alone_page: Page, alone_address: str) -> Iterator[Alone]:
    """The canvas on made-up boards, as just loaded; it must not report errors."""
    with alone_on(alone_page, alone_address) as shown:
        yield shown
