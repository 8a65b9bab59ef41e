"""From letting go of a card on the canvas to the changed sheet back in the browser."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.canvas import KEY, canvas_pages, open_domain
from benchmarks.harness import Benchmark, Clock, Row, told
from tests.browser.canvas_page import CanvasPage

DROPS, WARM_UP = 24, 3
PAUSE = 1000
"""Milliseconds between drops: the checks, which follow when edits pause, have run by then."""
GOALS = {100: 0.050, 1000: 0.100}
CARDS = ("check_request", "step_1")

# What Undo would take back names the card, so it changes with every drop of the other card.
DROP = """
(undo) => new Promise((done) => {
  const before = undo.title;
  const watch = new MutationObserver(() => {
    if (undo.title === before) return;
    watch.disconnect();
    const { arrived, released } = clocks;
    const applied = performance.now();
    requestAnimationFrame(() => setTimeout(() => done({
      arrived: (arrived - released) / 1000,
      applied: (applied - released) / 1000,
      painted: (performance.now() - released) / 1000,
    })));
  });
  watch.observe(undo, { attributes: true });
})
"""


def run() -> Iterator[Row]:
    with canvas_pages() as canvas:
        for size, goal in GOALS.items():
            clocks = drops(open_domain(canvas, size))
            worst = clocks["applied"].percentile(95)
            yield Row(
                f"Drop a card on a sheet of {size:,} nodes, the changed sheet is back (p50, p95)",
                _both(clocks["applied"]),
                against=f"{_both(clocks['arrived'])} until the patch arrives, "
                f"{_both(clocks['painted'])} until it is painted",
                goal=f"p95 ≤ {told(goal)}",
                met=worst <= goal,
            )


def drops(canvas: CanvasPage) -> dict[str, Clock]:
    """Times until the patch is in the browser, is in the page, and is on the screen."""
    canvas.lab.kernel_eval(f"canvas.at = {KEY!r}")
    canvas.card(CARDS[1]).wait_for()
    undo = canvas.button("Undo").element_handle()
    clocks = {name: Clock() for name in ("arrived", "applied", "painted")}
    for number in range(WARM_UP + DROPS):
        canvas.page.wait_for_timeout(PAUSE)
        # Started without waiting, since the drop is what ends it.
        canvas.page.evaluate(f"undo => {{ window.drop = ({DROP})(undo); }}", undo)
        step = 24 if number % 4 < 2 else -24
        canvas.drag(CARDS[number % 2], 0, step)
        times = canvas.page.evaluate("() => window.drop")
        if number >= WARM_UP:
            for name, clock in clocks.items():
                clock.times.append(times[name])
    return clocks


def _both(clock: Clock) -> str:
    return f"{told(clock.median)}, {told(clock.percentile(95))}"


BENCHMARK = Benchmark("dropping", "Editing on the canvas", run)
