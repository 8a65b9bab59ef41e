"""Places on the map of all flows: each domain is laid out by its links, then they lie side by side.

No layout of thousands of flows at once is readable, or fast: the links within a domain lead from
left to right, and domains that have much to do with each other lie near each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ddd_lab.maps.containers import Pads
from ddd_lab.maps.coordinates import show
from ddd_lab.maps.data import CardData, FlowMap, SchemaCard
from ddd_lab.maps.layout import (
    Box,
    LayoutEdge,
    Point,
    Positions,
    Rect,
    View,
    extent,
    lay_out,
    place_around,
)
from ddd_lab.maps.layout.packing import pack
from ddd_lab.maps.memory import BoardMemory

PADS = Pads(28, 56, 28, 28)
"""Between a domain's frame and its cards."""
APART = 64.0
"""Pixels between two domains, for the links between them."""
FEW = 24
"""Domains up to which their links decide where they lie."""
_SHAPE = View(1600.0, 1000.0)
"""The shape of a window, which a map of many domains takes."""
_TOWER = 3
"""How many times the room of rows a domain may take that is laid out by its links."""
_AROUND = 0.9
"""How much more room than packed domains a layout by their links may take: it shows more."""


def home(schema: SchemaCard) -> str:
    """The domain in whose frame a schema lies: the one that uses it most."""
    return Counter(key.partition("/")[0] for key in schema["users"]).most_common(1)[0][0]


def place_by_domain(
    cards: Mapping[str, CardData],
    homes: Mapping[str, str],
    lines: Sequence[LayoutEdge],
    memory: BoardMemory | None = None,
) -> None:
    """Give all cards of the flow map their ``position``.

    Args:
        cards: by their keys; changed in place.
        homes: the domain of each card.
        lines: the links that decide; those to schemas do not.
        memory: of the same map; it is brought up to date.
    """
    members: dict[str, list[Box]] = {}
    for key, card in cards.items():
        members.setdefault(homes[key], []).append(Box(key, card["width"], card["height"]))
    inner: dict[str, list[LayoutEdge]] = {domain: [] for domain in members}
    between: Counter[tuple[str, str]] = Counter()
    for line in lines:
        source, target = homes[line.source], homes[line.target]
        if source == target:
            inner[source].append(line)
        else:
            between[source, target] += 1
    laid = {domain: _laid_out(boxes, inner[domain]) for domain, boxes in members.items()}
    frames = [
        Box(domain, *_framed(extent(boxes, laid[domain]))) for domain, boxes in members.items()
    ]
    corners = _arranged(frames, between)
    found: Positions = {}
    for domain, places in laid.items():
        corner = corners[domain]
        for key, at in places.items():
            x, y = corner.x + PADS.left + at.x, corner.y + PADS.top + at.y
            found[key] = Point(x, y).rounded()
    show(cards, found, {}, memory)


def domain_frames(map: FlowMap) -> dict[str, Rect]:
    """The frame around the flows of each domain, and the schemas that it uses most."""
    areas: dict[str, Rect] = {}
    cards: list[tuple[str, CardData]] = [(flow["domain"], flow) for flow in map["flows"]]
    for domain, card in [*cards, *((home(schema), schema) for schema in map["schemas"])]:
        x, y = card["position"]["x"], card["position"]["y"]
        area = Rect(
            x - PADS.left,
            y - PADS.top,
            x + card["width"] + PADS.right,
            y + card["height"] + PADS.bottom,
        )
        other = areas.get(domain, area)
        areas[domain] = Rect(
            min(area.left, other.left),
            min(area.top, other.top),
            max(area.right, other.right),
            max(area.bottom, other.bottom),
        )
    return areas


def _laid_out(boxes: Sequence[Box], lines: Sequence[LayoutEdge]) -> Positions:
    """A domain's cards by their links, or in rows where these would make a tower of them."""
    by_links = lay_out(boxes, lines)
    if len(boxes) <= FEW or not lines:
        return by_links
    rows = lay_out(boxes, ())
    return rows if _size(boxes, by_links) > _TOWER * _size(boxes, rows) else by_links


def _framed(area: Rect) -> tuple[float, float]:
    wide = area.right - area.left + PADS.left + PADS.right
    return wide, area.bottom - area.top + PADS.top + PADS.bottom


def _arranged(frames: Sequence[Box], between: Mapping[tuple[str, str], int]) -> Positions:
    """The upper left corners of the domains' frames."""
    if not frames:
        return {}
    grown = [Box(box.id, box.width + APART, box.height + APART) for box in frames]
    near = _near_each_other(grown, between)
    packed = pack([([box], {box.id: Point(0, 0)}) for box in near], "right", _SHAPE)
    if len(frames) > FEW or not between:
        return packed
    lines = [LayoutEdge(*ends) for ends in between]
    least = _size(grown, packed)
    tried = [place_around(grown, lines, {}, style, _SHAPE) for style in ("right", "down")]
    best = min(tried, key=lambda places: _size(grown, places))
    return best if _size(grown, best) * _AROUND <= least else packed


def _size(boxes: Sequence[Box], places: Positions) -> float:
    """How many times as large as a window a drawing is."""
    area = extent(boxes, places)
    across, down = area.right - area.left, area.bottom - area.top
    return max(across / _SHAPE.across, down / _SHAPE.down)


def _near_each_other(boxes: Sequence[Box], between: Mapping[tuple[str, str], int]) -> list[Box]:
    """Domains in an order in which each has much to do with those before it."""
    ties: dict[str, Counter[str]] = {box.id: Counter() for box in boxes}
    for (source, target), links in between.items():
        ties[source][target] += links
        ties[target][source] += links
    left = {box.id: box for box in boxes}
    pull = dict.fromkeys(left, 0.0)
    order: list[Box] = []
    while left:
        nearest = max(left, key=lambda id: pull[id])
        order.append(left.pop(nearest))
        for id in pull:
            pull[id] *= 0.5
        for other, links in ties[nearest].items():
            pull[other] += links
    return order
