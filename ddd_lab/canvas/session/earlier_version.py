"""The earlier version of the design that one canvas compares with, while people edit."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from ddd_lab.canvas.boards.compared import earlier_board, with_marks
from ddd_lab.canvas.boards.view import BoardView
from ddd_lab.canvas.protocol.proposals import ComparedView
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.workspace.snapshot import FileDifference, RevisionError, compare_snapshots
from ddd_lab.files.workspace.versions import open_version, revision_version
from ddd_lab.maps.diff_entries import differences_at
from ddd_lab.maps.diff_place import place_in_both
from ddd_lab.maps.ghosts import ghost_words
from ddd_lab.workbench import Workbench


class EarlierVersion:
    """A revision, whatever commit it names at the time of a look.

    Raises:
        RevisionError: there is no such revision, or no Git.
    """

    def __init__(self, workbench: Workbench, revision: str) -> None:
        self._workbench = workbench
        self._revision = revision
        self._name = "the last commit" if revision == "HEAD" else revision
        self._version = revision_version(workbench.root, revision)
        self._commit = self._named()
        self._now = open_version(workbench, self._version)
        self._files = self._differing()

    def _named(self) -> str:
        """The commit that the revision names now; none where Git does not tell."""
        with contextlib.suppress(GitError):
            return Git(self._workbench.root).commit(self._revision)
        return ""

    def _differing(self) -> Sequence[FileDifference]:
        return compare_snapshots(self._version.snapshot, self._now.snapshot)

    def _look(self) -> None:
        """Take over what was edited or committed since."""
        commit = self._named()
        now = open_version(self._workbench, self._version)
        if commit not in ("", self._commit):
            with contextlib.suppress(RevisionError):
                self._version = revision_version(self._workbench.root, commit)
                self._commit = commit
        elif now.snapshot == self._now.snapshot:
            return
        self._now = now
        self._files = self._differing()

    def marked(
        self, board: BoardView, fold: Callable[[BoardView], BoardView]
    ) -> tuple[BoardView, ComparedView]:
        """A board with what differs, and that in words.

        Args:
            board: what the place looks like now.
            fold: folds what is folded on the canvas.
        """
        self._look()
        old, new = self._version.design, self._workbench.design
        place = place_in_both(old, new, board.at, self._files)
        if place.notice:
            return board, ComparedView(name=self._name, words=place.notice)
        differences = differences_at(old, new, place, self._files)
        before = fold(earlier_board(old, place.was, board, differences.former))
        result = with_marks(before, board, differences, self._name)
        cards, links = (
            [thing.ghost.kind for thing in things.values() if thing.ghost]
            for things in (result.cards, result.links)
        )
        words = ghost_words(cards, links) or "no card differs here"
        return result, ComparedView(name=self._name, words=words)
