"""Search over the whole design; find and replace in what specs say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

from pydantic import Field

from ddd_lab.canvas.boards.titles import title_of
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.edit.replace import Change, Replacement
from ddd_lab.files.edit.search import SearchMatch
from ddd_lab.maps.card_texts import ICONS
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.workbench import Workbench

_MATCHES = 30
_LOOKED_AT = 3 * _MATCHES
"""Matches among which those that say the same are left out."""
_LISTED = 300
"""Changes that are listed, and so can be made, at once."""
_SHOWN = 160
"""Characters of a text that are shown around what was found."""
_MARKS = {**ICONS, "note": "✎", "error": "!", "key": "·", "value": "·"}


class Query(Arguments):
    """Words to look for."""

    text: Annotated[Text, Field(max_length=500)]


class Pattern(Arguments):
    """What to find and what to put there.

    ``scope`` is where: everywhere (empty), a domain or ``domain/flow``.
    """

    pattern: Annotated[Text, Field(max_length=2000)]
    replacement: Text = ""
    regex: bool = False
    case: bool = False
    ids: bool = False
    scope: Text = ""


class Replacing(Pattern):
    """The same, with the changes that were chosen among those that ``seen`` stands for."""

    only: Annotated[list[int], Field(max_length=_LISTED)]
    seen: Text


class Excerpt(Message):
    """What was found, with the text around it."""

    before: str
    found: str
    after: str


class SearchMatchView(Message):
    """Something that was found: its board and card, and what it is.

    Attributes:
        field: path of the text inside the card's data, where it is in one.
    """

    at: str
    card: str
    kind: str
    icon: str
    text: Excerpt
    what: str
    title: str
    path: str
    field: list[str]


class SearchMatches(Message):
    """What was found for some words, best first."""

    matches: list[SearchMatchView]


class TextChange(Message):
    """What replacing would change in one text, shown around where it differs first."""

    at: str
    card: str
    title: str
    what: str
    before: str
    after: str


class Matches(Message):
    """What replacing would change.

    Attributes:
        changes: the first of them.
        total: how many there are, listed or not.
        kept: texts that match and stay, because they hold the design together.
        seen: stands for the changes, to notice when they are others.
    """

    changes: list[TextChange]
    total: int
    kept: int
    seen: str


class Replaced(Message):
    """How many texts were replaced."""

    count: int


@operation("nothing")
def search(session: CanvasSession, query: Query) -> SearchMatches:
    """Say where words are in the design, best first."""
    matches = session.workbench.search(query.text, _LOOKED_AT)
    shown = islice(_each_once(session.workbench, matches), _MATCHES)
    return SearchMatches(matches=[_match(session.workbench, match) for match in shown])


def _each_once(workbench: Workbench, matches: Iterable[SearchMatch]) -> Iterator[SearchMatch]:
    """The matches without those that lead to the same card, or only name it in another file."""
    names = {
        name
        for id, domain in workbench.design.domains.items()
        for name in (id, domain.name, *(text for f in domain.flows for text in (f.id, f.name)))
    }
    seen: set[tuple[str, ...]] = set()
    for match in matches:
        at, card = _place(match.where, match.path)
        mere = match.kind in ("key", "value")
        if mere and not card and match.text in names:
            continue
        whole = card or match.kind in ("domain", "flow")
        thing = (at, card) if whole else (at, match.kind, match.text)
        if thing not in seen:
            seen.add(thing)
            yield match


@operation("nothing")
def find(session: CanvasSession, pattern: Pattern) -> Matches:
    """Say what replacing would change, and how many more texts match."""
    replacement = _replacement(session.workbench, pattern)
    matches = session.workbench.find(
        pattern.pattern, regex=pattern.regex, case=pattern.case, in_=pattern.scope or None
    )
    return Matches(
        changes=[_change(session.workbench, change) for change in replacement.changes[:_LISTED]],
        total=len(replacement),
        kept=len(matches) - len(replacement),
        seen=_seen(replacement),
    )


@operation("project")
def replace(session: CanvasSession, request: Replacing) -> Replaced:
    """Make the chosen changes, as one step."""
    replacement = _replacement(session.workbench, request)
    if _seen(replacement) != request.seen:
        raise EditError("the specs have changed since; look at the matches again")
    if not request.only:
        raise EditError("choose at least one match to replace")
    return Replaced(count=replacement.apply(request.only))


def _replacement(workbench: Workbench, pattern: Pattern) -> Replacement:
    return workbench.replace(
        pattern.pattern,
        pattern.replacement,
        regex=pattern.regex,
        case=pattern.case,
        in_=pattern.scope or None,
        ids=pattern.ids,
    )


def _seen(replacement: Replacement) -> str:
    """A word that stands for all the changes, to notice when they are others."""
    changes = repr([(c.match.path, c.match.place, c.before, c.after) for c in replacement.changes])
    return hashlib.sha256(changes.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _match(workbench: Workbench, match: SearchMatch) -> SearchMatchView:
    at, card = _place(match.where, match.path)
    return SearchMatchView(
        at=at,
        card=card,
        kind=match.kind,
        icon=_icon(workbench, match.kind, at, card),
        text=_excerpt(match.text, *match.span),
        what=show_path(match.at) if match.kind in ("key", "value") else match.kind,
        title=title_of(workbench, at, card),
        path=match.path,
        field=[str(step) for step in match.at] if card else [],
    )


def _place(where: str, path: str) -> tuple[str, str]:
    """Board and card of what was found; what no board shows leads to the nearest."""
    place, _, node = where.partition("#")
    if flow_key(path):
        return place, node
    return domain_of(path), ""


def _icon(workbench: Workbench, kind: str, at: str, card: str) -> str:
    if card and at in workbench.design.flows:
        node = workbench.design.flows[at].by_id.get(card)
        node_type_ = node_type(node.type) if node is not None else None
        if node_type_ is not None:
            return node_type_.icon
    return _MARKS.get(kind, "·")


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """The text around what was found, in three parts."""
    first = max(0, start - _SHOWN // 3)
    last = min(len(text), max(end, first + _SHOWN))
    return Excerpt(
        before=("…" if first else "") + text[first:start],
        found=text[start : min(end, last)],
        after=text[min(end, last) : last] + ("…" if last < len(text) else ""),
    )


def _change(workbench: Workbench, change: Change) -> TextChange:
    match = change.match
    at, card = _place(match.where, match.path)
    before, after = _difference(str(change.before), str(change.after))
    return TextChange(
        at=at,
        card=card,
        title=title_of(workbench, at, card) or match.path,
        what=match.what,
        before=before,
        after=after,
    )


def _difference(before: str, after: str) -> tuple[str, str]:
    """Both texts around where they differ first."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return _around(before, same), _around(after, same)


def _around(text: str, at: int) -> str:
    first = max(0, at - _SHOWN // 2)
    return (
        ("…" if first else "")
        + text[first : first + _SHOWN]
        + ("…" if first + _SHOWN < len(text) else "")
    )
