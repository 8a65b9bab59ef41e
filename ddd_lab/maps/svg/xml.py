"""SVG elements as text: everything escaped, numbers short, what XML forbids shown as an escape."""

from __future__ import annotations

from html import escape

from ddd_lab.visible import visible

LONGEST = 1000
"""Characters of one text in a picture; whoever wants the rest of it opens the form."""


def text(value: str) -> str:
    """A text that may stand between tags, cut where nobody would read on."""
    return _escaped(short(value))


def short(value: str) -> str:
    """A text as it is, or its beginning."""
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


def _escaped(value: str) -> str:
    return escape(visible(value, lines=True), quote=True)


def num(value: float) -> str:
    """A number with at most one decimal, as short as it can be."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def tag(name: str, content: str | None = None, /, **attributes: str | float | None) -> str:
    """One element; ``stroke_width`` becomes ``stroke-width``, None is left out.

    Args:
        content: what stands inside, as XML; None for an empty element.
    """
    listed = "".join(
        f' {key.replace("_", "-")}="{_escaped(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{listed}/>" if content is None else f"<{name}{listed}>{content}</{name}>"
