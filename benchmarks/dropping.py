"""From letting go of a card on the canvas to the changed sheet back on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.canvas import KEY, SIZES, canvas_pages, open_domain
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
    requestAnimationFrame(() => setTimeout(() => done({
      arrived: (clocks.arrived - clocks.released) / 1000,
      shown: (performance.now() - clocks.released) / 1000,
    })));
  });
  watch.observe(undo, { attributes: true });
})
"""


def run() -> Iterator[Row]:
    with canvas_pages() as canvas:
        for size in SIZES:
            arrived, shown = drops(open_domain(canvas, size))
            goal = GOALS[size]
            worst = shown.percentile(95)
            yield Row(
                f"Drop a card on a sheet of {size:,} nodes, see it kept (p50, p95)",
                f"{told(shown.median)}, {told(worst)}",
                against=f"{told(arrived.median)}, {told(arrived.percentile(95))} of it until the "
                "patch is in the browser",
                goal=f"p95 ≤ {told(goal)}",
                met=worst <= goal,
            )


def drops(canvas: CanvasPage) -> tuple[Clock, Clock]:
    """Times until the patch was in the browser, and until it was on the screen."""
    canvas.lab.kernel_eval(f"canvas.at = {KEY!r}")
    canvas.card(CARDS[1]).wait_for()
    undo = canvas.button("Undo").element_handle()
    arrived, shown = Clock(), Clock()
    for number in range(WARM_UP + DROPS):
        canvas.page.wait_for_timeout(PAUSE)
        # Started without waiting, since the drop is what ends it.
        canvas.page.evaluate(f"undo => {{ window.drop = ({DROP})(undo); }}", undo)
        step = 24 if number % 4 < 2 else -24
        canvas.drag(CARDS[number % 2], 0, step)
        times = canvas.page.evaluate("() => window.drop")
        if number >= WARM_UP:
            arrived.times.append(times["arrived"])
            shown.times.append(times["shown"])
    return arrived, shown


BENCHMARK = Benchmark("dropping", "Editing on the canvas", run)
