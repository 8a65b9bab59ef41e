"""SVG export: every map as a picture that opens anywhere and says what it shows."""

from __future__ import annotations

from ddd_lab.maps.data import Sheet
from ddd_lab.maps.domain import domain_map
from ddd_lab.maps.flows import flow_map
from ddd_lab.maps.location import placed_at
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.pictures import domain_picture, flows_picture, sheet_picture, system_picture
from ddd_lab.maps.svg.theme import theme_of
from ddd_lab.maps.system import system_map
from ddd_lab.spec.models.design import Design

__all__ = ["sheet_svg", "svg"]


def svg(design: Design, at: str = "", *, theme: str = "light") -> str:
    """A map as SVG.

    Args:
        design: any design.
        at: ``""`` for the system, ``domain``, ``domain/flow``, or ``@flows`` for all flows.
        theme: ``light`` or ``dark``.

    Returns:
        One SVG document with a title, a description and nothing from outside.

    Raises:
        KeyError: there is nothing at that place.
        ValueError: there is no such theme.
    """
    colours = theme_of(theme)
    place = placed_at(design, at)
    if place.level == "system":
        picture = system_picture(system_map(design))
    elif place.level == "flows":
        picture = flows_picture(flow_map(design))
    elif place.level == "domain":
        picture = domain_picture(domain_map(design, place.domain, everything=True))
    else:
        picture = sheet_picture(sheet(design.flows[place.key], place.key))
    return drawn(picture, colours)


def sheet_svg(sheet: Sheet, *, theme: str = "light") -> str:
    """A sheet (as :func:`ddd_lab.maps.sheet` gives it) as SVG.

    Raises:
        ValueError: there is no such theme.
    """
    return drawn(sheet_picture(sheet), theme_of(theme))
