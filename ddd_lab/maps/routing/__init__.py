"""Where edges run: one router for the canvas and for every picture.

It works on plain data of a board (:class:`CardArea`, :class:`BoardEdge`). :class:`EdgeRouter` keeps
what it found, so that after a change only the edges are routed again whose surroundings changed.
"""

from ddd_lab.maps.routing.board import BoardEdge, CardArea, PortPlace, Route
from ddd_lab.maps.routing.routes import (
    EFFORT_ON_SHEET,
    FEW,
    FEW_ON_SHEET,
    FEW_TO_TURN,
    EdgeRouter,
    Trial,
    map_crossings,
    trial,
)

__all__ = [
    "EFFORT_ON_SHEET",
    "FEW",
    "FEW_ON_SHEET",
    "FEW_TO_TURN",
    "BoardEdge",
    "CardArea",
    "EdgeRouter",
    "PortPlace",
    "Route",
    "Trial",
    "map_crossings",
    "trial",
]
