"""Arranging the cards of a sheet, by itself or as told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ddd_lab.files.edit.refactor import DesignWorkspace

if TYPE_CHECKING:
    from ddd_lab.spec.edit.arrange import Side, Way


class Arranging(DesignWorkspace):
    """A project whose sheets can be arranged."""

    def align(self, key: str, ids: Collection[str], side: Side) -> None:
        """Bring cards of a sheet into line, as one step.

        Args:
            key: ``domain/flow``.
            ids: of at least two nodes.
            side: ``left``, ``center``, ``right``, ``top``, ``middle`` or ``bottom``.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, too few are given, or no such side.
        """
        from ddd_lab.maps.arrange import shown_areas
        from ddd_lab.spec.edit.arrange import align

        self._move(key, align(shown_areas(self._cards(key), ids), side), "align", ids)

    def distribute(self, key: str, ids: Collection[str], way: Way) -> None:
        """Give cards of a sheet equal gaps, as one step.

        Args:
            key: ``domain/flow``.
            ids: of at least three nodes.
            way: ``horizontally`` or ``vertically``.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, too few are given, or no such way.
        """
        from ddd_lab.maps.arrange import shown_areas
        from ddd_lab.spec.edit.arrange import distribute

        areas = shown_areas(self._cards(key), ids)
        self._move(key, distribute(areas, way), "distribute", ids)

    def snap(self, key: str, ids: Collection[str] | None = None, grid: float = 20) -> None:
        """Put cards of a sheet on a grid, as one step.

        Args:
            key: ``domain/flow``.
            ids: of the nodes; all if left out.
            grid: pixels between its lines.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or the grid is none.
        """
        from ddd_lab.maps.arrange import shown_areas
        from ddd_lab.spec.edit.arrange import snap

        cards = self._cards(key)
        chosen = [card["id"] for card in cards] if ids is None else ids
        self._move(key, snap(shown_areas(cards, chosen), grid), "snap", chosen)

    def tidy(self, key: str, ids: Collection[str] | None = None) -> None:
        """Lay out a whole sheet, or some of its nodes, as one step; notes go with their cards.

        Args:
            key: ``domain/flow``.
            ids: of at least two nodes; the whole sheet if left out.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or only one is given.
        """
        from ddd_lab.maps.arrange import tidied

        what = "the sheet" if ids is None else f"{len(ids)} cards"
        self.edit_flow(key, lambda flow: tidied(flow, ids), f"tidy {what}")

    def _move(
        self, key: str, places: Mapping[str, tuple[float, float]], what: str, ids: Collection[str]
    ) -> None:
        from ddd_lab.spec.edit.nodes import move_nodes

        self.edit_flow(key, lambda flow: move_nodes(flow, places), f"{what} {len(ids)} cards")

    def _cards(self, key: str) -> list[dict[str, Any]]:
        from ddd_lab.maps import sheet

        cards: list[dict[str, Any]] = sheet(self.flow_data(key), key)["nodes"]
        return cards
