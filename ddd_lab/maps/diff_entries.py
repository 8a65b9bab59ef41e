"""What differs at a place, in words: by card, by edge, and what belongs to neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ddd_lab.equality import same
from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.workspace.snapshot import FileDifference
from ddd_lab.maps.diff_place import DiffPlace, renamed_domains, renamed_flows
from ddd_lab.maps.domain import flow_card_key, portal_key
from ddd_lab.maps.edges import missing_id
from ddd_lab.maps.ghosts import GhostKind
from ddd_lab.plurals import plural
from ddd_lab.spec.diff.data import Change
from ddd_lab.spec.diff.flow import diff_flows
from ddd_lab.spec.diff.renames import renamed_nodes
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import Edge, FlowData, NodeData

_MEANINGLESS = ("layout", "metadata")
_ELSEWHERE = "what it takes from the flow's own settings changed"


@dataclass(frozen=True)
class DiffEntry:
    """One difference, for a list.

    Attributes:
        kind: what became of its subject; ``other`` for what is neither a card nor an edge.
        subject: what it is about.
        words: what changed; empty where the kind says it all.
        card: id of its card on the board; empty if none.
        edge: id of its edge on the board; empty if none.
        at: place whose own comparison says more; empty if none.
    """

    kind: GhostKind | Literal["other"]
    subject: str
    words: tuple[str, ...] = ()
    card: str = ""
    edge: str = ""
    at: str = ""


EdgeEnds = tuple[str, str, str]
"""Source, output and target of an edge as it is drawn."""


@dataclass(frozen=True)
class Differences:
    """What differs, before it is known how it is drawn.

    Attributes:
        former: ids that cards had in the old version, where they were renamed.
        cards: words by card.
        inner_edges: edges of a sheet that lead where they led and say something else.
        edge_changes: what is said of the edges of a sheet.
        other: what belongs to no card and no edge.
        links: places that cards stand for.
    """

    former: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[str, Sequence[str]] = field(default_factory=dict)
    inner_edges: frozenset[EdgeEnds] = frozenset()
    edge_changes: Sequence[Change] = ()
    other: Sequence[DiffEntry] = ()
    links: Mapping[str, str] = field(default_factory=dict)


def differences_at(
    old: Design, new: Design, place: DiffPlace, files: Sequence[FileDifference]
) -> Differences:
    """What differs at a place, whose files are among those that differ."""
    if place.level == "flow":
        before = old.flows.get(place.was or "")
        after = new.flows.get(place.at or "")
        return _on_sheet(before, after) if before and after else Differences()
    return _on_map(place, files)


# --- a flow ---


def _on_sheet(old: FlowData, new: FlowData) -> Differences:
    former = {now: was for was, now in renamed_nodes(old, new).items()}
    if old.trigger and new.trigger and old.trigger.id != new.trigger.id:
        former[new.trigger.id] = old.trigger.id
    cards: dict[str, list[str]] = {}
    edges: list[Change] = []
    own: list[str] = []
    unimportant: list[Change] = []
    for change in diff_flows(old, new):
        if change.kind in _MEANINGLESS:
            unimportant.append(change)
        elif change.kind == "edge":
            edges.append(change)
        elif change.node or change.kind == "trigger":
            node = new.by_id.get(change.node) or old.by_id.get(change.node)
            cards.setdefault(change.node, []).append(_without_subject(change, node))
        else:
            own.append(change.text.removeprefix("flow: "))
    for node in new.all_nodes():
        was = old.by_id.get(former.get(node.id, node.id))
        if was and node.id not in cards and _elsewhere(old, was) != _elsewhere(new, node):
            cards[node.id] = [_ELSEWHERE]
    other = [DiffEntry("other", "The flow itself", tuple(own))] if own else []
    return Differences(
        former,
        cards,
        _inner_edges(old, new, former),
        edges,
        [*other, *_unimportant(unimportant)],
    )


def _without_subject(change: Change, node: NodeData | None) -> str:
    """The words of a change, which stand below the name of its card."""
    if node is None:
        return change.text
    for subject in (f"node “{node.label}”", f"node {node.id}", "trigger"):
        rest = change.text.removeprefix(subject)
        if rest != change.text:
            return rest.removeprefix(":").strip()
    return change.text.removeprefix("node ")


def _elsewhere(flow: FlowData, node: NodeData) -> object:
    """What a block shows of settings that stand elsewhere in the file."""
    from ddd_lab.maps.blocks import content

    return content(node, flow)


def _inner_edges(old: FlowData, new: FlowData, former: Mapping[str, str]) -> frozenset[EdgeEnds]:
    now = {was: id for id, was in former.items()}

    def extras(edges: Sequence[Edge], ids: Mapping[str, str]) -> dict[EdgeEnds, list[object]]:
        found: dict[EdgeEnds, list[object]] = {}
        for edge in edges:
            source, target = (ids.get(end, end) for end in (edge.source, edge.target))
            found.setdefault((source, edge.output, missing_id(target)), []).append(edge.extra)
        return found

    before, after = extras(old.edges, now), extras(new.edges, {})
    return frozenset(
        ends for ends in before.keys() & after.keys() if not same(before[ends], after[ends])
    )


def _unimportant(changes: Sequence[Change]) -> list[DiffEntry]:
    """What means nothing to the design, in one entry."""
    moved = sum(change.path == ("position",) for change in changes)
    words = [f"{plural(moved, 'card')} moved"] if moved else []
    words += [change.text for change in changes if change.path != ("position",)]
    return [DiffEntry("other", "Only how it looks", tuple(words))] if words else []


# --- a map ---


def _on_map(place: DiffPlace, files: Sequence[FileDifference]) -> Differences:
    cards: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    other: list[DiffEntry] = []
    moved: list[Change] = []
    whole = {f"flows.{_flow(file)} {file.state}" for file in files if file.flow}
    for file in files:
        card = _card(place, file)
        if card is None:
            continue
        meaningful = [change for change in file.changes if change.kind not in _MEANINGLESS]
        moved += [change for change in file.changes if change.kind in _MEANINGLESS]
        if domain_of(file.path):  # that a flow came or went is said of its own file
            meaningful = [change for change in meaningful if change.text not in whole]
        if file.state == "changed" and not meaningful:
            continue
        words = _words(file, meaningful)
        if not card:
            name = "The domain itself" if domain_of(file.path) else file.path
            other.append(DiffEntry("other", name, tuple(words)))
        elif place.level == "system" and file.flow:
            cards.setdefault(card, []).append(_short(file, words))
        else:
            cards.setdefault(card, []).extend(words)
        if file.flow and place.level != "system" and card:
            links[card] = file.flow
    if place.level == "system":
        links = {card: card for card in cards}
    return Differences(
        _former(place, files), cards, other=[*other, *_unimportant(moved)], links=links
    )


def _words(file: FileDifference, meaningful: Sequence[Change]) -> list[str]:
    if file.state == "unreadable":
        return [file.reason]
    renamed = [f"renamed from {file.was}"] if file.was else []
    return [*renamed, *(change.text for change in meaningful)] or [f"the file was {file.state}"]


def _short(file: FileDifference, words: Sequence[str]) -> str:
    """What changed in a flow, on the card of its domain."""
    flow = _flow(file)
    match file.state:
        case "changed":
            return f"flow {flow}: {plural(len(words), 'change')}"
        case "unreadable":
            return f"flow {flow}: {file.reason}"
        case state:
            return f"flow {flow} {state}"


def _flow(file: FileDifference) -> str:
    return file.flow.partition("/")[2]


def _card(place: DiffPlace, file: FileDifference) -> str | None:
    """The card that a file belongs to: empty for none, None where the file is not of this place."""
    domain = file.flow.partition("/")[0] or domain_of(file.path)
    if place.level == "system":
        return domain
    if place.level == "flows":
        return file.flow
    if domain not in (place.at, place.was):
        return None
    return flow_card_key(_flow(file)) if file.flow else ""


def _former(place: DiffPlace, files: Sequence[FileDifference]) -> dict[str, str]:
    domains, flows = renamed_domains(files), renamed_flows(files)
    if place.level == "system":
        return dict(domains)
    if place.level == "flows":
        return dict(flows)
    former = {portal_key(id): portal_key(was) for id, was in domains.items()}
    for key, was_key in flows.items():
        (domain, _, flow), (was_domain, _, was) = key.partition("/"), was_key.partition("/")
        if domain == place.at and was_domain == place.was:
            former[flow_card_key(flow)] = flow_card_key(was)
    return former
