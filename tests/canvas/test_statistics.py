"""How large the flow on the sheet is, as the browser asks it."""

from __future__ import annotations

from collections.abc import Callable

from tests.canvas.screen import Screen


def test_the_size_of_a_flow_counts_its_cards_and_lines(look: Callable[..., Screen]) -> None:
    screen = look("orders/place-order")

    size = screen.ask("flow_size")

    assert size == {"nodes": len(screen.cards), "edges": len(screen.links)}


def test_a_map_has_no_size(look: Callable[..., Screen]) -> None:
    assert "Open a flow first" in look("orders").refused("flow_size")
