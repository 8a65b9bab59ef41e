"""How readable boards are when they open, measured on the real canvas.

Usage: python -m benchmarks.legibility

Prints tables and writes them to benchmarks/RESULTS.md, into a section of its own. What can be
counted on cards and routes is counted for every board; Chromium shows the made-up ones, the sample
and some of each real project, light and dark. Crossings are held against those of Graphviz's
``dot`` where that program is there.
"""

from __future__ import annotations

import datetime
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
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
from ddd_lab.workbench import Workbench
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
EVERY = 15
"""Of the boards of a real project, each so many-th one is opened in the browser."""
THEMES = ("light", "dark")
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
    """A board to look at.

    Attributes:
        name: what it is called.
        root: its project.
        at: its place there.
        opened: whether it is opened in the browser, too.
        group: what it is summed up under.
    """

    name: str
    root: Path
    at: str
    opened: bool = True
    group: str = "made up"


class Opening(NamedTuple):
    """A board as it opens at one width: smallest text in pixels, shares of cards and of area."""

    text: float
    seen: float
    used: float


class Line(NamedTuple):
    """What was counted of a board.

    Attributes:
        tidied: the same after Tidy; ``dot`` lays out the graph anew, too.
    """

    place: Place
    cards: int
    lines: int
    reading: Reading
    tidied: Reading
    dot: int | None


Openings = dict[tuple[str, str], Opening]
"""How a board opens, by theme and name of the width."""


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
    sample = ROOT / "notebooks/fernhill"
    for root in (sample, *real_projects()):
        with ddd.open(root) as project:
            design = project.workbench.design
            boards = ["", *design.domains, *design.flow_keys]
        for number, at in enumerate(boards):
            name = f"{root.name}: {at}" if at else root.name
            opened = root == sample or number % EVERY == 0
            yield Place(name, root, at, opened, root.name)


def counted(every: Iterable[Place]) -> Iterator[Line]:
    """What can be counted on cards and routes, of each board that holds anything."""
    for root, found in groupby(every, key=lambda place: place.root):
        with ddd.open(root) as project:
            for place in found:
                board = _board(project.workbench, place.at)
                if board.cards:
                    yield Line(
                        place,
                        len(board.cards),
                        len(board.links),
                        read(board),
                        read(_board(project.workbench, place.at, tidied=True)),
                        dot_crossings(board),
                    )


def measure(browser: Browser, line: Line) -> Openings:
    """Open a board at every width in both themes."""
    found: Openings = {}
    place = line.place
    for height in sorted({HEIGHTS.get(name, HEIGHT) for name in WIDTHS}):
        widths = {
            name: wide for name, wide in WIDTHS.items() if HEIGHTS.get(name, HEIGHT) == height
        }
        with (
            tempfile.TemporaryDirectory() as folder,
            bare_lab(browser, Path(folder), place.root, place.at, height) as lab,
        ):
            for name, width in widths.items():
                for theme in THEMES:
                    found[theme, name] = _opening(lab, line, width, height, theme)
    return found


def _opening(lab: BareLab, line: Line, width: int, height: int, theme: str) -> Opening:
    light = "true" if theme == "light" else "false"
    if theme == THEMES[0]:
        lab.page.set_viewport_size({"width": width + MARGINS, "height": height + 2 * MARGINS})
        lab.show(f"project.canvas({line.place.at!r}, height={height})")
    lab.page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    lab.page.wait_for_selector(".react-flow__node")
    lab.page.wait_for_timeout(SETTLED)
    found = lab.page.evaluate(MEASURE)
    return Opening(found["text"], min(1.0, found["inside"] / line.cards), found["used"])


def shown(place: Place, *, tidied: bool = False) -> Board:
    """The board of a place, as a canvas is given it, or after Tidy."""
    with ddd.open(place.root) as project:
        return _board(project.workbench, place.at, tidied=tidied)


def _board(workbench: Workbench, at: str, *, tidied: bool = False) -> Board:
    boards: list[Board] = []
    session = CanvasSession(workbench, at, lambda message: _keep(message, boards))
    session.show()
    if tidied:
        dispatch(session, {"id": 1, "op": "tidy", "args": {}, "at": at})
        session.show()
    session.close()
    return boards[-1]


def _keep(message: dict[str, object], boards: list[Board]) -> None:
    if "board" in message:
        boards.append(Board.model_validate(message["board"]))


COUNTS = {
    "under cards": "lines_under_cards",
    "labels on cards": "labels_over_cards",
    "labels on lines": "labels_over_lines",
    "lines on lines": "lines_on_lines",
    "overlaps": "overlaps",
}


def table(lines: Sequence[Line], openings: Mapping[str, Openings]) -> str:
    """What was measured of the boards that were opened, as a Markdown table."""
    head = [
        *("board", "cards", "lines"),
        *(f"text px, seen at {name}" for name in WIDTHS),
        *("area", "crossings", "tidied", "dot", *COUNTS),
    ]
    rows = [head]
    for line in lines:
        found = openings.get(line.place.name)
        if found:
            light = {name: found["light", name] for name in WIDTHS}
            rows.append(
                [
                    *(line.place.name, str(line.cards), str(line.lines)),
                    *(f"{light[name].text:.1f}, {light[name].seen:.0%}" for name in WIDTHS),
                    *(f"{light['1053'].used:.0%}", *_sums([line])),
                ]
            )
    return _markdown(rows)


def by_project(lines: Sequence[Line]) -> str:
    """What was counted of all boards, a row for each project, as a Markdown table."""
    rows = [
        ["project", "boards", "lines", "crossings", "tidied", "dot", *COUNTS, "more than dot's"]
    ]
    for group, members in groupby(lines, key=lambda line: line.place.group):
        found = list(members)
        edges = sum(line.lines for line in found)
        more = ", ".join(line.place.name.partition(": ")[2] or group for line in _above(found))
        rows.append([group, str(len(found)), str(edges), *_sums(found), more or "none"])
    return _markdown(rows)


def _above(lines: Iterable[Line]) -> list[Line]:
    """The boards with more crossings after Tidy than dot makes."""
    return [line for line in lines if line.dot is not None and line.tidied.crossings > line.dot]


def _sums(lines: Sequence[Line]) -> list[str]:
    known = [line.dot for line in lines if line.dot is not None]
    return [
        str(sum(line.reading.crossings for line in lines)),
        str(sum(line.tidied.crossings for line in lines)),
        str(sum(known)) if known else "",
        *(str(sum(getattr(line.reading, field) for line in lines)) for field in COUNTS.values()),
    ]


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    text = [
        "| " + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (wide + 2) for wide in widths) + "|"
    return "\n".join([text[0], rule, *text[1:]])


def summary(lines: Sequence[Line], openings: Mapping[str, Openings]) -> list[str]:
    """The goals, and whether they are met; the last line says it for all of them."""
    texts = [one.text for found in openings.values() for one in found.values()]
    small = sum(text < LEAST_TEXT - 0.05 for text in texts)
    chain = openings["chain of 17"]["light", "1053"].seen
    readings = [reading for line in lines for reading in (line.reading, line.tidied)]
    counts = {
        "lines under cards": sum(reading.lines_under_cards for reading in readings),
        "labels over cards": sum(reading.labels_over_cards for reading in readings),
        "overlaps of cards": sum(reading.overlaps for reading in readings),
    }
    changes = direction_changes()
    goals = [
        (
            f"Smallest text {min(texts):.1f} px; {small} of {len(texts)} openings below 11",
            not small,
        ),
        (f"Of a chain of 17, {chain:.0%} in view at 1053", chain >= 0.5),
        *((f"{what.capitalize()}: {count}", not count) for what, count in counts.items()),
        (f"Direction changes while 30 cards are drawn: {changes}", not changes),
    ]
    theirs = [line.dot for line in lines if line.dot is not None]
    if theirs:
        ours = sum(line.tidied.crossings for line in lines)
        above = len(_above(lines))
        text = f"Crossings after Tidy on {len(lines)} boards: {ours}, dot {sum(theirs)}"
        goals.append((f"{text}; more than dot's on {above}", not above))
    missed = sum(not met for _, met in goals)
    return [
        *(f"- {text}: {'met' if met else '**missed**'}." for text, met in goals),
        f"- All goals: {f'**{missed} missed**' if missed else 'met'}.",
    ]


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
        lines = list(counted(list(places(Path(folder)))))
        openings: dict[str, Openings] = {}
        for line in lines:
            if line.place.opened:
                print(line.place.name, file=sys.stderr)
                openings[line.place.name] = measure(browser, line)
        browser.close()
    today = datetime.datetime.now(datetime.UTC).date()
    text = "\n".join(
        [
            f"{TITLE}\n",
            f"Measured by itself on {today}, `make legibility`. Every board was counted. Those of",
            "the second table were also opened in canvases of four widths, light and dark: text is",
            "the smallest in view, seen are the cards wholly in view. `dot` is Graphviz's on the",
            "same graphs; what is counted is as the board opens, except after Tidy.\n",
            *summary(lines, openings),
            "",
            by_project(lines),
            "",
            table(lines, openings),
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
