"""Two versions of a design, compared: a picture with marks, and every change in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape

from ddd_lab.files.workspace.snapshot import FileDifference, compare_snapshots
from ddd_lab.files.workspace.versions import DesignVersion
from ddd_lab.maps.board_diff import board_diff
from ddd_lab.maps.diff_entries import DiffEntry
from ddd_lab.maps.svg.theme import in_page
from ddd_lab.tables import html_table
from ddd_lab.visible import visible

_SIGNS = {"added": "+", "changed": "~", "removed": "−", "other": " "}


class DesignDiff:
    """What differs between two versions of a design, at one place; a cell shows it as a picture.

    Example:
        >>> flow.remove_node("was_not_on_loan")
        >>> diff = project.diff(at="lending/return-item")
        >>> diff.words
        '1 card removed; 1 edge removed'
    """

    def __init__(
        self,
        old: DesignVersion,
        new: DesignVersion,
        at: str = "",
        files: Sequence[FileDifference] | None = None,
    ) -> None:
        self._old, self._new = old, new
        self._files = compare_snapshots(old.snapshot, new.snapshot) if files is None else files
        self._board = board_diff(old.design, new.design, at, self._files)

    @property
    def at(self) -> str:
        """The place: nothing for the System Map, ``domain``, ``domain/flow`` or ``@flows``.

        Example:
            >>> project.diff(at="lending").at
            'lending'
        """
        return self._board.at

    @property
    def words(self) -> str:
        """How much differs at the place, in one line.

        Example:
            >>> project.diff().words
            'Nothing differs'
        """
        return self._board.notice or self._board.words

    @property
    def changes(self) -> tuple[DiffEntry, ...]:
        """Every change at the place, with what it is about and what changed in words.

        Example:
            >>> flow.remove_node("was_not_on_loan")
            >>> first, *_ = project.diff(at="lending/return-item").changes
            >>> first.kind, first.subject
            ('removed', 'Was not on loan')
        """
        return self._board.entries

    @property
    def files(self) -> Sequence[FileDifference]:
        """Every file of the whole design that says something else, with its changes in words.

        Example:
            >>> project.diff().files
            []
        """
        return self._files

    def show(self, at: str) -> DesignDiff:
        """The same two versions at another place.

        Args:
            at: nothing for the System Map, ``domain``, ``domain/flow`` or ``@flows``.

        Returns:
            What differs there.

        Raises:
            KeyError: there is no such place in either version.

        Example:
            >>> project.diff().show("lending").at
            'lending'
        """
        return DesignDiff(self._old, self._new, at, self._files)

    def svg(self, *, theme: str = "light", side_by_side: bool = False) -> str:
        """Both versions as a picture: what was added, changed and removed is marked.

        Args:
            theme: ``light`` or ``dark``.
            side_by_side: both boards in line with each other, instead of one for both.

        Returns:
            SVG text.

        Example:
            >>> project.diff(at="lending").svg(theme="dark")[:4]
            '<svg'
        """
        from ddd_lab.maps.svg.diffs import diff_svg

        return diff_svg(
            self._board,
            self._old.name,
            self._new.name,
            theme=theme,
            side_by_side=side_by_side,
        )

    def __repr__(self) -> str:
        return visible(self._text, lines=True)

    @cached_property
    def _text(self) -> str:
        place = self.at or "the whole design"
        lines = [f"{place}: {self._old.name} → {self._new.name}", f"{self.words}."]
        for one in self.changes:
            lines.append(f"{_SIGNS[one.kind]} {one.subject}")
            lines += [f"    {word}" for word in one.words]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = (
            ("" if one.kind == "other" else one.kind, one.subject, one.words)
            for one in self.changes
        )
        table = html_table(("", "what", "change"), rows)
        return f"{in_page(self.svg)}<p>{escape(visible(self.words))}.</p>{table}"
