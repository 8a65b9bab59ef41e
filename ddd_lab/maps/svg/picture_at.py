"""The picture of a place."""

from __future__ import annotations

from ddd_lab.maps.map_at import made_of_map
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.maps.svg.drawing import Drawing
from ddd_lab.maps.svg.pictures import domain_picture, flows_picture, sheet_picture, system_picture
from ddd_lab.spec.models.design import Design


def picture_at(design: Design, at: str, memory: BoardMemory | None = None) -> Drawing:
    """The picture of a place.

    Args:
        design: the design.
        at: ``""`` for the system, ``domain``, ``domain/flow``, or ``@flows`` for all flows.
        memory: where its cards were shown; it is brought up to date.

    Raises:
        KeyError: there is nothing at that place.
    """
    return made_of_map(
        design,
        at,
        of_system=system_picture,
        of_flows=flows_picture,
        of_domain=domain_picture,
        of_sheet=sheet_picture,
        memory=memory,
    )


def picture_if_there(
    design: Design, at: str | None, memory: BoardMemory | None = None
) -> Drawing | None:
    """The same; None where there is no such place."""
    try:
        return None if at is None else picture_at(design, at, memory)
    except KeyError:
        return None
