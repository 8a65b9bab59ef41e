"""A single node as a picture."""

from __future__ import annotations

from ddd_lab.maps.sheet_cards import cards_of
from ddd_lab.maps.svg.draw import drawn
from ddd_lab.maps.svg.drawing import Drawing
from ddd_lab.maps.svg.pictures import node_picture
from ddd_lab.maps.svg.theme import theme_of
from ddd_lab.spec.models.flow import FlowData


def node_svg(flow: FlowData, id: str, *, theme: str = "light") -> str:
    """The card of a node, as its flow's sheet shows it.

    Raises:
        ValueError: there is no such theme.
    """
    card = next(card for card in cards_of(flow, "right", "", {}, {}) if card["id"] == id)
    picture = node_picture({**card, "position": {"x": 0.0, "y": 0.0}})
    about = f"{card['type_title']} of the flow {flow.name}."
    return drawn(Drawing(card["title"], about, "right", (picture,)), theme_of(theme))
