"""How readable boards are when they open, measured on the real canvas.

Usage: python -m benchmarks.legibility

Prints a table and writes it to benchmarks/RESULTS.md, into a section of its own. Chromium shows the
boards; crossings are held against those of Graphviz's ``dot`` where that program is there.
"""

from __future__ import annotations

import datetime
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

import ddd_lab as ddd
from benchmarks.designs import write_chain, write_domain, write_line, write_system
from benchmarks.dot import dot_crossings
from benchmarks.drawing_session import direction_changes
from benchmarks.readings import Reading, read
from ddd_lab.canvas.protocol.messages import Board
from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from tests.browser.bare import BareLab, bare_lab
from tests.browser.chromium import ADVICE, FLAGS, find_chromium
from tests.corpus import real_projects

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "RESULTS.md"
TITLE = "## Legibility"
WIDTHS = {"640": 640, "833": 833, "1053": 1053, "full": 1896}
"""Widths of the canvas in pixels, from beside a sidebar to a full window."""
HEIGHTS = {"full": 900}
HEIGHT = 640
LEAST_TEXT = 11.0
MARGINS = 24
EVERY = 40
"""Of the domains and flows of a project, each so many-th one is looked at."""
DARK = 2
"""Boards that are looked at in the dark theme too: sizes do not depend on it."""
SETTLED = 250
"""Milliseconds that a board gets to come to rest."""

MEASURE = """
() => {
  const pane = document.querySelector(".react-flow");
  const box = pane.getBoundingClientRect();
  const cards = [...document.querySelectorAll(".react-flow__node")].map(
    (card) => card.getBoundingClientRect());
  const inside = cards.filter((card) =>
    card.left >= box.left - 1 && card.right <= box.right + 1 &&
    card.top >= box.top - 1 && card.bottom <= box.bottom + 1);
  const zoom = new DOMMatrix(
    getComputedStyle(document.querySelector(".react-flow__viewport")).transform).a;
  const sizes = [];
  const walker = document.createTreeWalker(
    document.querySelector(".react-flow__viewport"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent.trim()) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const at = element.getBoundingClientRect();
    if (at.width < 1 || at.right < box.left || at.left > box.right) continue;
    if (at.bottom < box.top || at.top > box.bottom) continue;
    let size = parseFloat(getComputedStyle(element).fontSize) * zoom;
    for (let around = element; around && around !== pane; around = around.parentElement) {
      const { scale } = getComputedStyle(around);
      size *= scale === "none" ? 1 : Number(scale);
    }
    sizes.push(size);
  }
  const covered = inside.reduce((sum, card) => sum + card.width * card.height, 0);
  const used = covered / (box.width * box.height);
  return { text: Math.min(...sizes), inside: inside.length, used };
}
"""


class Place(NamedTuple):
    """A board to look at: what it is called, its project and its place there."""

    name: str
    root: Path
    at: str


class Opening(NamedTuple):
    """A board as it opens at one width: smallest text in pixels, shares of cards and of area."""

    text: float
    seen: float
    used: float


class Line(NamedTuple):
    """What was measured of a board.

    Attributes:
        tidied: crossings after Tidy; ``dot`` lays out the graph anew, too.
    """

    name: str
    cards: int
    lines: int
    openings: dict[str, Opening]
    reading: Reading
    tidied: int
    dot: int | None


def places(folder: Path) -> Iterator[Place]:
    """Every board, made-up ones first.

    Args:
        folder: for the made-up designs.
    """
    for count in (10, 17, 30):
        yield Place(f"chain of {count}", folder / "chains", write_line(folder / "chains", count))
    for count in (10, 17, 30):
        key = write_chain(folder / "chains", count)
        yield Place(f"chain of {count} with failures", folder / "chains", key)
    write_system(folder / "system", 15, 30)
    yield Place("15 domains, 30 events", folder / "system", "")
    yield Place("20 flows", folder / "domain", write_domain(folder / "domain", 20, 24))
    agents = write_domain(folder / "agents", 13, 12, agents=5)
    yield Place("13 flows with agents", folder / "agents", agents)
    for root in (ROOT / "notebooks/fernhill", *real_projects()):
        yield Place(root.name, root, "")
        with ddd.open(root) as project:
            design = project.workbench.design
            domains, flows = list(design.domains), list(design.flow_keys)
        yield from (Place(f"{root.name}: {domain}", root, domain) for domain in domains[::EVERY])
        for key in flows[::EVERY]:
            yield Place(f"{root.name}: {key}", root, key)


def measure(browser: Browser, place: Place, theme: str) -> Line | None:
    """Look at a board at every width; None where there is nothing on it."""
    board = shown(place)
    if not board.cards:
        return None
    openings: dict[str, Opening] = {}
    for height in sorted({HEIGHTS.get(name, HEIGHT) for name in WIDTHS}):
        widths = {
            name: wide for name, wide in WIDTHS.items() if HEIGHTS.get(name, HEIGHT) == height
        }
        with (
            tempfile.TemporaryDirectory() as folder,
            bare_lab(browser, Path(folder), place.root, place.at, height) as lab,
        ):
            for name, width in widths.items():
                openings[name] = _opening(lab, width, height, theme, len(board.cards))
    return Line(
        place.name,
        len(board.cards),
        len(board.links),
        openings,
        read(board),
        read(shown(place, tidied=True)).crossings,
        dot_crossings(board),
    )


def _opening(lab: BareLab, width: int, height: int, theme: str, cards: int) -> Opening:
    light = "true" if theme == "light" else "false"
    lab.page.set_viewport_size({"width": width + MARGINS, "height": height + 2 * MARGINS})
    lab.page.reload()
    lab.page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    lab.page.wait_for_selector(".react-flow__node")
    lab.page.wait_for_timeout(SETTLED)
    found = lab.page.evaluate(MEASURE)
    return Opening(found["text"], min(1.0, found["inside"] / cards), found["used"])


def shown(place: Place, *, tidied: bool = False) -> Board:
    """The board of a place, as a canvas is given it, or after Tidy."""
    with ddd.open(place.root) as project:
        boards: list[Board] = []
        session = CanvasSession(project.workbench, place.at, lambda message: _keep(message, boards))
        session.show()
        if tidied:
            dispatch(session, {"id": 1, "op": "tidy", "args": {}, "at": place.at})
            session.show()
        session.close()
    return boards[-1]


def _keep(message: dict[str, object], boards: list[Board]) -> None:
    if "board" in message:
        boards.append(Board.model_validate(message["board"]))


def table(lines: list[Line]) -> str:
    """What was measured as a Markdown table."""
    head = [
        *("board", "cards", "lines"),
        *(f"text px, seen at {name}" for name in WIDTHS),
        *(
            "area",
            "crossings",
            "tidied",
            "dot",
            "under cards",
            "labels on cards",
            "labels on lines",
        ),
        *("lines on lines", "overlaps"),
    ]
    rows = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    text = [
        "| " + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (wide + 2) for wide in widths) + "|"
    return "\n".join([text[0], rule, *text[1:]])


def _cells(line: Line) -> list[str]:
    reading = line.reading
    return [
        line.name,
        str(line.cards),
        str(line.lines),
        *(f"{line.openings[name].text:.1f}, {line.openings[name].seen:.0%}" for name in WIDTHS),
        f"{line.openings['1053'].used:.0%}",
        str(reading.crossings),
        str(line.tidied),
        "" if line.dot is None else str(line.dot),
        str(reading.lines_under_cards),
        str(reading.labels_over_cards),
        str(reading.labels_over_lines),
        str(reading.lines_on_lines),
        str(reading.overlaps),
    ]


def summary(lines: list[Line], dark: list[Line]) -> list[str]:
    """The goals, and whether they are met."""
    texts = [one.text for line in (*lines, *dark) for one in line.openings.values()]
    small = sum(text < LEAST_TEXT - 0.05 for text in texts)
    ours = sum(line.tidied for line in lines)
    theirs = [line.dot for line in lines if line.dot is not None]
    chain = next(line for line in lines if line.name == "chain of 17")
    counts = {
        "lines under cards": sum(line.reading.lines_under_cards for line in lines),
        "labels over cards": sum(line.reading.labels_over_cards for line in lines),
        "overlaps of cards": sum(line.reading.overlaps for line in lines),
    }
    changes = direction_changes()
    found = [
        _goal(
            f"Smallest text {min(texts):.1f} px; {small} of {len(texts)} openings below 11",
            not small,
        ),
        _goal(
            f"Of a chain of 17, {chain.openings['1053'].seen:.0%} in view at 1053",
            chain.openings["1053"].seen >= 0.5,
        ),
        *(_goal(f"{what.capitalize()}: {count}", not count) for what, count in counts.items()),
        _goal(f"Direction changes while 30 cards are drawn: {changes}", not changes),
    ]
    if theirs:
        found.append(_goal(f"Crossings after Tidy: {ours}, dot {sum(theirs)}", ours <= sum(theirs)))
    return found


def _goal(text: str, met: bool) -> str:
    return f"- {text}: {'met' if met else '**missed**'}."


def _measured(browser: Browser, every: list[Place], theme: str) -> Iterator[Line]:
    """The boards that hold anything, each named when it is measured."""
    for place in every:
        line = measure(browser, place, theme)
        if line is not None:
            print(f"{place.name}, {theme}", file=sys.stderr)
            yield line


def main() -> int:
    """Measure everything."""
    program = find_chromium()
    if program is None:
        print(ADVICE, file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="ddd-legibility-") as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        every = list(places(Path(folder)))
        light = list(_measured(browser, every, "light"))
        dark = list(_measured(browser, every[:DARK], "dark"))
        browser.close()
    today = datetime.datetime.now(datetime.UTC).date()
    text = "\n".join(
        [
            f"{TITLE}\n",
            f"Measured by itself on {today}, `make legibility`. Text is the smallest in view, seen",
            "are the cards wholly in view, when a board opens in a canvas of that width; the dark",
            "theme was measured on the first boards. `dot` is Graphviz's on the same graphs.\n",
            *summary(light, dark),
            "",
            table(light),
        ]
    )
    print(text)
    _write(text)
    return 0


def _write(section: str) -> None:
    """Replace the section in the results."""
    old = RESULTS.read_text("utf-8")
    pattern = re.compile(rf"^{re.escape(TITLE)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    made = pattern.sub("", old).rstrip()
    RESULTS.write_text(f"{made}\n\n{section}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
