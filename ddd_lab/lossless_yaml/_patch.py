"""Changing a text so that it reads as other data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ddd_lab.equality import same
from ddd_lab.lossless_yaml._aliases import expand_all, guard_anchors
from ddd_lab.lossless_yaml._draft import Draft
from ddd_lab.lossless_yaml._errors import PatchError, Unsupported, YamlError
from ddd_lab.lossless_yaml._fallback import rewrite
from ddd_lab.lossless_yaml._nodes import Alias, Data, Mapping, Node, Scalar, Sequence
from ddd_lab.lossless_yaml._parse import parse
from ddd_lab.lossless_yaml._plan import plan
from ddd_lab.lossless_yaml._resolve import STANDARD_TAGS, resolve_tagged
from ddd_lab.lossless_yaml._tree import Tree

MAX_ROUNDS = 25
"""Rounds of edits before the round-trip dump is tried; one or two are usual."""


@dataclass(slots=True)
class PatchReport:
    """How a text was changed: rounds of edits, and why the slow way was taken, if it was."""

    rounds: int = 0
    fallback: str = ""


def patch(
    text: str,
    new: Data,
    *,
    tree: Tree | None = None,
    read: Callable[[str], Tree] = parse,
    report: PatchReport | None = None,
) -> str:
    """Change a text as little as possible so that it reads as ``new``.

    Comments, order, quotes, blank lines, flow style and line ends of everything else stay, to the
    byte. What is added looks like its siblings.

    Args:
        tree: What ``parse(text)`` gave, if it is at hand; saves the time to read it again.
        read: Reads the text again after each round of edits; a caller that needs the tree of what
            comes out gives a ``parse`` that remembers.

    Returns:
        The new text; ``parse(patch(text, new)).data`` equals ``new``, except for key order.

    Raises:
        YamlError: The text cannot be read.
        PatchError: ``new`` cannot be written into the text.
    """
    report = report if report is not None else PatchReport()
    if tree is None or tree.text != text:
        tree = parse(text)
    try:
        return _by_edits(tree, new, read, report)
    except Unsupported as reason:
        report.fallback = str(reason)
    except RecursionError:
        raise PatchError("the data is nested too deeply to be written") from None
    return _by_rewriting(tree, new)


def _by_edits(tree: Tree, new: Data, read: Callable[[str], Tree], report: PatchReport) -> str:
    while report.rounds < MAX_ROUNDS:
        draft = Draft(tree)
        plan(draft, new)
        if not draft.edits and same(tree.data, new):
            return tree.text
        report.rounds += 1
        if tree.has_anchors:
            draft = guard_anchors(draft)
        tree = _next(tree, draft, read)
        if same(tree.data, new):
            return tree.text
    raise Unsupported(f"no end after {MAX_ROUNDS} rounds")


def _next(tree: Tree, draft: Draft, read: Callable[[str], Tree]) -> Tree:
    """Read the edited text."""
    text = draft.apply()
    if text == tree.text:
        # A literal block at the very end cannot end with a line end that the file lacks.
        if text.endswith(("\n", "\r")):
            raise Unsupported("the edits change nothing")
        text += draft.newline
    try:
        return read(text)
    except YamlError as error:
        expanded = expand_all(tree) if tree.has_anchors else tree.text
        if expanded == tree.text:
            raise Unsupported(f"the edits break the text: {error}") from error
        return read(expanded)


def _by_rewriting(tree: Tree, new: Data) -> str:
    try:
        text = rewrite(tree, new)
        if same(parse(text).data, new):
            return text
        reason = "the rewritten text would read differently"
    except Exception as error:  # noqa: BLE001 - ruamel.yaml raises many kinds; all mean the same
        reason = _reason(error)
    raise PatchError(
        "this change cannot be written into the file: "
        + (_misfit(tree) or f"{reason}. Make the change in the file by hand")
    )


def _reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split()) or type(error).__name__
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"{problem} in line {mark.line + 1}, column {mark.column + 1}"


def _misfit(tree: Tree) -> str:
    """The first tag that its value does not fit, with its place and what to do; empty for none."""
    for node in tree.nodes():
        for start, end in tree.properties(node):
            if tree.text[start] == "!" and not _fits(node):
                line, column = tree.place(start)
                return (
                    f"the value with the tag {tree.text[start:end]} in line {line}, column "
                    f"{column} cannot be rewritten. Correct or remove the tag, or make the change "
                    "in the file by hand"
                )
    return ""


def _fits(node: Node) -> bool:
    """Whether a value is what its standard tag says; a tag of one's own fits any value."""
    if isinstance(node, Alias):
        return True
    tag = node.tag if isinstance(node, Scalar) else node.event.tag
    kind = (tag or "").partition(STANDARD_TAGS)[2]
    if isinstance(node, Mapping):
        return kind in ("", "map", "set")
    if isinstance(node, Sequence):
        return kind in ("", "seq", "omap")
    return kind in ("", "str", "null") or not isinstance(resolve_tagged(node.value, tag), str)
