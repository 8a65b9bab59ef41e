"""SVG export: every map as a picture that opens anywhere and says what it shows."""

from __future__ import annotations

from ddd_lab.maps.data import FlowMap, Sheet
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.picture_at import picture_at
from ddd_lab.maps.svg.pictures import flows_picture, sheet_picture
from ddd_lab.maps.svg.theme import theme_of
from ddd_lab.spec.models.design import Design

__all__ = ["flows_svg", "sheet_svg", "svg"]


def svg(design: Design, at: str = "", *, theme: str = "light") -> str:
    """A map as SVG.

    Args:
        at: ``""`` for the system, ``domain``, ``domain/flow``, or ``@flows`` for all flows.
        theme: ``light`` or ``dark``.

    Returns:
        One SVG document with a title, a description and nothing from outside.

    Raises:
        KeyError: there is nothing at that place.
        ValueError: there is no such theme.
    """
    colours = theme_of(theme)
    return drawn(picture_at(design, at), colours)


def flows_svg(flows: FlowMap, *, theme: str = "light") -> str:
    """A map of flows (as :func:`ddd_lab.maps.flow_map` gives it) as SVG.

    Raises:
        ValueError: there is no such theme.
    """
    return drawn(flows_picture(flows), theme_of(theme))


def sheet_svg(sheet: Sheet, *, theme: str = "light") -> str:
    """A sheet (as :func:`ddd_lab.maps.sheet` gives it) as SVG.

    Raises:
        ValueError: there is no such theme.
    """
    return drawn(sheet_picture(sheet), theme_of(theme))
