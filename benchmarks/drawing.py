"""Opening a sheet on the canvas, and moving about on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from benchmarks.canvas import FLOW, KEY, canvas_pages, open_domain, painted
from benchmarks.harness import Benchmark, Clock, Row, at_most, told
from tests.browser.canvas_page import CanvasPage

DRAWN = (300, 1000)
OPENINGS = 5
PAN_SECONDS = 2.0
DRAG_FRAMES = 50
FRAMES = {"as it opens": 50, "all of it in view": 40}
"""Frames a second; with a thousand cards in view a browser without a graphics card paints fewer."""

# Counts the frames that the browser paints until it is asked for them.
COUNT_FRAMES = """
() => {
  window.frames_ = { times: [], running: true };
  const tick = (now) => {
    frames_.times.push(now);
    if (frames_.running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
"""
STOP = "() => { frames_.running = false; return frames_.times; }"


def run() -> Iterator[Row]:
    with canvas_pages() as canvas:
        for size in DRAWN:
            page = open_domain(canvas, size)
            cold, warm = openings(page)
            yield Row(
                f"Double-click a flow of {size:,} nodes, see its sheet",
                told(warm.median),
                against=f"{told(cold)} the first time, which reads the file",
                **at_most(warm.median, 1.0),
            )
            frames, longest = drag(page)
            yield Row(
                f"Drag a card on the sheet of {size:,} nodes",
                f"{frames:.0f} frames a second",
                against=f"{told(longest)} the longest frame",
                goal=f"≥ {DRAG_FRAMES} frames a second",
                met=frames >= DRAG_FRAMES,
            )
            for what, goal in FRAMES.items():
                if what != "as it opens":
                    page.button("Fit").click()
                    painted(page.page)
                frames, longest = pan(page)
                yield Row(
                    f"Pan the sheet of {size:,} nodes, {what}",
                    f"{frames:.0f} frames a second",
                    against=f"{told(longest)} the longest frame",
                    goal=f"≥ {goal} frames a second",
                    met=frames >= goal,
                )


def openings(canvas: CanvasPage) -> tuple[float, Clock]:
    """Times from the double-click until the sheet is painted: the first, and those after it."""
    times = [opening(canvas) for _ in range(1 + OPENINGS)]
    return times[0], Clock(times[1:])


def opening(canvas: CanvasPage) -> float:
    """Open the flow from its domain's map, and go back there before the next time."""
    canvas.lab.kernel_eval("canvas.at = canvas.at.partition('/')[0]")
    # Waits until the card stands still, since the map moves into view first.
    canvas.card(f"flow:{FLOW}").dblclick()
    canvas.card("check_request").wait_for()
    shown = painted(canvas.page)
    released: float = canvas.page.evaluate("() => clocks.released")
    assert canvas.lab.kernel_eval("canvas.at") == repr(KEY)
    return (shown - released) / 1000


def pan(canvas: CanvasPage) -> tuple[float, float]:
    """Frames a second while a hand drags the sheet about, and the longest time for one."""
    pane = canvas.root.locator(".react-flow__pane").bounding_box()
    assert pane is not None
    # Just above the lower edge, where no card lies in either view.
    return _hold(canvas, pane["x"] + pane["width"] / 2, pane["y"] + pane["height"] - 6)


def drag(canvas: CanvasPage) -> tuple[float, float]:
    """Frames a second while a hand drags a card about, and the longest time for one."""
    card = canvas.card("check_request").bounding_box()
    assert card is not None
    return _hold(canvas, card["x"] + card["width"] / 2, card["y"] + card["height"] / 4)


def _hold(canvas: CanvasPage, x: float, y: float) -> tuple[float, float]:
    """Frames a second, and the longest time for one, while what lies at a point is moved about."""
    page = canvas.page
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    times: list[float] = []
    turn = 0
    while not times or times[-1] - times[0] < PAN_SECONDS * 1000:
        turn += 1
        reach = 200 if turn % 2 else -200
        page.mouse.move(x + reach, y - abs(reach) / 4, steps=25)
        times = page.evaluate("() => frames_.times")
    times = page.evaluate(STOP)
    page.mouse.up()
    gaps = [(b - a) / 1000 for a, b in itertools.pairwise(times)]
    return len(gaps) / sum(gaps), max(gaps)


BENCHMARK = Benchmark("drawing", "A large sheet on the canvas", run)
