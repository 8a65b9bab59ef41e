"""Colours for light and dark: text 7:1 on what it stands on, borders and wires 3:1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ddd_lab.spec.no_such import meant

Name = Literal["light", "dark"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Theme:
    """Colours of one theme.

    Attributes:
        background: behind everything. card: of cards. text, quiet: of titles and other lines.
        border: of cards and ports. line: of edges. chip: behind chips.
        edges: the coloured edge and icon of a card, by category.
    """

    background: str
    card: str
    chip: str
    text: str
    quiet: str
    border: str
    line: str
    edges: Mapping[str, str]

    def edge(self, category: str) -> str:
        """Colour of a category; that of unknown things for a category nobody knows."""
        return self.edges.get(category, self.edges["unknown"])


_CATEGORIES = {
    "flow": ("#4b5563", "#a9b4c2"),
    "logic": ("#8a5a00", "#e3b04b"),
    "data": ("#0b6b4b", "#5cc9a0"),
    "integration": ("#0a62a6", "#6bb6f0"),
    "agent": ("#7a3bb0", "#c79af0"),
    "orchestration": ("#3c44b5", "#9aa4ff"),
    "unknown": ("#8c1d40", "#f08fab"),
    "domain": ("#1f4e79", "#7fb4e6"),
    "agent-flow": ("#7a3bb0", "#c79af0"),
    "portal": ("#59616c", "#a4adb8"),
    "event": ("#8a5a00", "#e3b04b"),
    "schema": ("#0b6b4b", "#5cc9a0"),
    "missing": ("#b3261e", "#ff9a92"),
}
"""Colours of every category on light and on dark."""

LIGHT = Theme(
    background="#ffffff",
    card="#fbfcfd",
    chip="#eef1f4",
    text="#16191d",
    quiet="#434a54",
    border="#7a828d",
    line="#59616c",
    edges={category: light for category, (light, _) in _CATEGORIES.items()},
)

DARK = Theme(
    background="#14171b",
    card="#1d2127",
    chip="#2a3038",
    text="#f3f5f7",
    quiet="#c6ccd4",
    border="#87909c",
    line="#a4adb8",
    edges={category: dark for category, (_, dark) in _CATEGORIES.items()},
)

PAGE = Theme(
    background="var(--background)",
    card="var(--card)",
    chip="var(--chip)",
    text="var(--text)",
    quiet="var(--quiet)",
    border="var(--border)",
    line="var(--line)",
    edges={category: f"var(--{category}-edge)" for category in _CATEGORIES},
)
"""Names of colours in place of colours, for a page that is light or dark as people choose."""


def page_colours() -> dict[str, str]:
    """What the names in :data:`PAGE` stand for, as CSS values for light and dark."""
    return {
        name[6:-1]: f"light-dark({light}, {dark})"
        for name, light, dark in zip(_all(PAGE), _all(LIGHT), _all(DARK), strict=True)
    }


def _all(theme: Theme) -> list[str]:
    own = [theme.background, theme.card, theme.chip, theme.text, theme.quiet, theme.border]
    return [*own, theme.line, *theme.edges.values()]


THEMES: Mapping[Name, Theme] = {"light": LIGHT, "dark": DARK}


_PAGE = "page"
"""The theme of whatever page shows a picture inline."""


def _variables(theme: Theme) -> dict[str, str]:
    """The colours of a theme, by the names that a page may set them with."""
    plain = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    named = plain | {f"edge-{category}": colour for category, colour in theme.edges.items()}
    return {f"--ddd-map-{name}": colour for name, colour in named.items()}


def _of_page() -> Theme:
    """Colours that the page decides; light where it does not."""
    colours = {name: f"var({name},{colour})" for name, colour in _variables(LIGHT).items()}
    edges = {category: colours[f"--ddd-map-edge-{category}"] for category in LIGHT.edges}
    plain = {name: colours[f"--ddd-map-{name}"] for name in vars(LIGHT) if name != "edges"}
    return Theme(**plain, edges=edges)


def in_page(draw: Callable[..., str]) -> str:
    """A picture as HTML that is light or dark as JupyterLab or VS Code is.

    One that is wider than its cell is scrolled: made to fit, nobody could read it.

    Args:
        draw: gives SVG text, for the name of a theme as ``theme``.
    """
    dark = ";".join(f"{name}:{colour}" for name, colour in _variables(DARK).items())
    pages = '[data-jp-theme-light="false"] .ddd-lab-map,.vscode-dark .ddd-lab-map'
    size = ".ddd-lab-map{overflow-x:auto}.ddd-lab-map>svg{max-width:none!important}"
    frame = "<div class='ddd-lab-map' role='group' aria-label='Picture' tabindex='0'>"
    return f"<style>{size}{pages}{{{dark}}}</style>{frame}{draw(theme=_PAGE)}</div>"


def theme_of(name: str) -> Theme:
    """The theme of that name.

    Raises:
        ValueError: there is no such theme.
    """
    if name == "light":
        return LIGHT
    if name == "dark":
        return DARK
    if name == _PAGE:
        return _of_page()
    hint = meant(name, THEMES, "; use “light” or “dark”.")
    raise ValueError(f"There is no theme {name!r}{hint}")
