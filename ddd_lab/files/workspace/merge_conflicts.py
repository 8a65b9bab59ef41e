"""Files that a merge of Git has left with conflict markers, and resolving them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ddd_lab.files.documents.conflict_markers import Choice, ConflictRegion, Piece, masked
from ddd_lab.files.documents.document import Document, Version
from ddd_lab.files.documents.merge_data import IDENTITY
from ddd_lab.files.workspace.observers import Changed
from ddd_lab.files.workspace.open_files import OpenFiles
from ddd_lab.lossless_yaml import Entries, YamlError, entries, moved
from ddd_lab.spec.edit.history import Step
from ddd_lab.spec.edit.nodes import EditError


class ConflictPlace(NamedTuple):
    """What both sides of a merge changed: where, and the lines of each version.

    Attributes:
        words: where, such as ``nodes › charge › label``.
        line: of the file, from 1, where it begins.
        base: what was there before; None where that is not known.
        current: what stands there without the merge.
        incoming: what the merge brings.
    """

    words: str
    line: int
    base: str | None
    current: str
    incoming: str


def merge_conflicts(workspace: OpenFiles) -> dict[str, tuple[ConflictPlace, ...]]:
    """The places to resolve of each file that has some; of files that have been read."""
    marked = {
        path: document.version.markers
        for path, document in workspace.documents.items()
        if document.version is not None and document.version.markers
    }
    return {path: _places(marked[path]) for path in sorted(marked)}


def resolved_text(document: Document, choices: Sequence[Choice]) -> str:
    """What a file with conflict markers says with a version chosen for each place, or one for all.

    Raises:
        EditError: there are no markers, or another number of them than of choices.
    """
    pieces = document.version.markers if document.version is not None else ()
    regions = [piece for piece in pieces if isinstance(piece, ConflictRegion)]
    if not regions:
        raise EditError(f"{document.path} has no conflicts of a merge")
    if len(choices) == 1:
        choices = [*choices] * len(regions)
    if len(regions) != len(choices):
        raise EditError(
            f"{document.path} has {len(regions)} places to resolve, but {len(choices)} are chosen"
        )
    left = iter(choices)
    return "".join(
        piece if isinstance(piece, str) else piece.chosen(next(left)) for piece in pieces
    )


def resolve_merge(workspace: OpenFiles, path: str, choices: Sequence[Choice]) -> None:
    """Let a file with conflict markers say what was chosen, as one step that undo takes back.

    Raises:
        EditError: see :func:`resolved_text`; or what was chosen does not fit together.
    """
    with workspace.lock:
        document = workspace.document(path)
        if document is None:
            raise EditError(f"there is no file {path}")
        text = resolved_text(document, choices)
        fresh = Document(document.path)
        fresh.load(text.encode())
        if fresh.version is None or fresh.version.markers:
            raise EditError(
                f"with these versions {path} cannot be read, so nothing was changed: "
                f"{fresh.broken.message if fresh.broken else 'markers are left'}"
            )
        former = document.version
        document.version = Version(fresh.version.model, text, document.epoch, base=text)
        label = f"resolve the merge of {path}"
        step = Step(label, {document.path: former}, {document.path: document.version})
        workspace.history.record(step)
        workspace.structure += 1
    workspace.announce(Changed([document.path], "edit", label))


def _places(pieces: Sequence[Piece]) -> tuple[ConflictPlace, ...]:
    cut: dict[Choice, Entries | None] = {}
    for choice in ("current", "incoming"):
        try:
            cut[choice] = entries(masked(pieces, choice))
        except YamlError:
            cut[choice] = None
    places = []
    line = 1
    for piece in pieces:
        if isinstance(piece, str):
            line += piece.count("\n")
            continue
        before = piece.current.count("\n") + (piece.base or "").count("\n")
        second = line + before + (piece.base is not None) + 1
        if piece.current.strip():
            words = _words(cut["current"], line, piece.current)
        else:
            words = _words(cut["incoming"], second, piece.incoming)
        base = None if piece.base is None else _shown(piece.base)
        shown = base, _shown(piece.current), _shown(piece.incoming)
        places.append(ConflictPlace(words or f"line {line}", line, *shown))
        line = second + piece.incoming.count("\n") + 2
    return tuple(places)


def _words(within: Entries | None, line: int, lines: str) -> str:
    """Where lines stand, keys and names from the outside in; they begin at ``line``, from 0."""
    filled = [line + n for n, words in enumerate(lines.split("\n")) if words.strip()]
    steps: list[str] = []
    while within is not None and filled:
        first, last = filled[0], filled[-1]
        entry = next((e for e in within.entries if e.begin <= last < e.begin + len(e.lines)), None)
        if entry is None or first < entry.begin - len(entry.lead):
            break
        named = entry.data if isinstance(entry.key, int) and isinstance(entry.data, dict) else {}
        name = next((str(named[key]) for key in IDENTITY if key in named), None)
        steps.append(name or (entry.key if isinstance(entry.key, str) else f"#{entry.key + 1}"))
        within = None if first <= entry.begin else entry.inside
    return " › ".join(steps)


def _shown(lines: str) -> str:
    """Lines without what they are all indented by."""
    split = lines.splitlines(keepends=True)
    indents = [len(line) - len(line.lstrip(" ")) for line in split if line.strip()]
    return "".join(moved(split, -min(indents, default=0)))
