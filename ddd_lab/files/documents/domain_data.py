"""What a domain's file says as plain data, changed in its own shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from ddd_lab.spec.edit.data import set_in, unset_in
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import named, text
from ddd_lab.spec.models.base import Data

Side = Literal["publishes_events", "consumes_events"]
Entry = dict[str, Data]

PUBLISHES: Side = "publishes_events"
CONSUMES: Side = "consumes_events"

_FLOW_KEYS: Mapping[Side, tuple[str, ...]] = {
    PUBLISHES: ("from_flow", "flow", "published_by", "publisher_flow"),
    CONSUMES: ("handled_by_flow", "handled_by", "handler", "flow"),
}
_SHORT = {PUBLISHES: "publishes", CONSUMES: "consumes"}


class Parts(NamedTuple):
    """What a domain's file says about one flow."""

    listed: Entry | None  # its entry among the flows; None where it is not listed
    published: list[Entry]  # the wirings that name it, each naming no other flow
    consumed: list[Entry]


def new_domain(name: str, description: str, *, wrapped: bool) -> Data:
    """The data of a new domain's file, with or without the root key."""
    inner: Entry = {"name": name}
    if description:
        inner["description"] = description
    inner |= {"flows": [], "publishes_events": [], "consumes_events": []}
    return {"domain": inner} if wrapped else inner


def list_flow(data: Data, entry: Entry, path: str) -> Data:
    """The data with a flow listed at the end."""
    return _in_root(data, lambda inner: _listed(inner, entry, path))


def wirings(data: Data, side: Side) -> list[Entry]:
    """The wirings on one side as maps; a bare name is an event."""
    entries: list[Entry] = []
    inner = _inner(data)
    for key in (side, _SHORT[side]):
        value = inner.get(key)
        if isinstance(value, dict):
            entries += [
                {"event": event, **item} if isinstance(item, dict) else {"event": event}
                for event, item in value.items()
            ]
        elif isinstance(value, list):
            entries += [
                item if isinstance(item, dict) else {"event": str(item)}
                for item in value
                if item is not None
            ]
    return entries


def add_wiring(data: Data, side: Side, entry: Entry, path: str) -> Data:
    """The data with an event wired, in the shape that its side has."""

    def add(inner: Entry) -> Entry:
        key = _SHORT[side] if side not in inner and _SHORT[side] in inner else side
        entries = inner.get(key) or []
        if isinstance(entries, dict):
            rest = {k: v for k, v in entry.items() if k not in ("event", "name")}
            return {**inner, key: {**entries, str(event_of(entry)): rest}}
        if not isinstance(entries, list):
            raise EditError(f"“{key}” in {path} is neither a list nor a map; fix it first")
        return {**inner, key: [*entries, _in_words_of(entries, entry, side)]}

    return _in_root(data, add)


def change_wirings(data: Data, side: Side, change: Callable[[Entry], Entry | None]) -> Data:
    """The data with every wiring of a side changed, or removed where ``change`` gives None."""
    return _in_root(data, lambda inner: _changed(inner, side, change))


def own_schema(data: Data, name: str) -> Data:
    """The data with a schema among those that the domain owns."""

    def owned(inner: Entry) -> Entry:
        entries = inner.get("owns_schemas") or []
        if not isinstance(entries, list) or name in entries:
            return inner
        return {**inner, "owns_schemas": [*entries, name]}

    return _in_root(data, owned)


def cut_flow(data: Data, flow: str) -> tuple[Data, Parts]:
    """The data without anything about a flow, and what it said about it."""
    listed, data = _unlist(data, flow)
    cut: dict[Side, list[Entry]] = {PUBLISHES: [], CONSUMES: []}
    for side, entries in cut.items():

        def without(
            entry: Entry, side: Side = side, entries: list[Entry] = entries
        ) -> Entry | None:
            left, own = _split(entry, side, flow)
            if own is not None:
                entries.append(own)
            return left

        data = change_wirings(data, side, without)
    data = _in_root(data, lambda inner: _ungrouped(_unplaced(inner, flow), flow))
    return data, Parts(listed, cut[PUBLISHES], cut[CONSUMES])


def leave_to(data: Data, side: Side, entries: list[Entry], others: Mapping[str, str]) -> Data:
    """The data with wirings that were taken out left to other flows that have the same events."""
    left = {event_of(entry) for entry in wirings(data, side)}
    for entry in entries:
        event = event_of(entry)
        if event in others and event not in left:
            left.add(event)
            own = {**entry, flow_key_of(entry, side): others[event]}
            data = add_wiring(data, side, own, "")
    return data


def event_of(entry: Entry) -> str:
    """The event that a wiring names."""
    return str(entry.get("event") or entry.get("name") or "")


def flow_key_of(entry: Entry, side: Side) -> str:
    """The key under which a wiring names the domain's own flow; empty where it names none."""
    return next((key for key in _FLOW_KEYS[side] if entry.get(key)), "")


def flows_of(entry: Entry, side: Side) -> list[str]:
    """Ids of the domain's own flows that a wiring names."""
    value = entry.get(flow_key_of(entry, side))
    words = value if isinstance(value, list) else [value]
    return [text(word).rpartition("/")[2] for word in words if text(word)]


def origin_of(entry: Entry) -> tuple[str, str]:
    """Domain and flow that a consumed event comes from, where its wiring says so."""
    source = entry.get("from_flow")
    domain, slash, flow = text(source).partition("/")
    beside = entry.get("from_domain") or entry.get("domain")
    if not slash:
        domain, flow = "", domain
    return domain or text(beside), flow


def without_flow(entry: Entry, side: Side, flow: str) -> Entry | None:
    """What a wiring says without one of the domain's flows; None where nothing is left."""
    return _split(entry, side, flow)[0]


# --- inside ----------------------------------------------------------------------------------


def _inner(data: Data) -> Entry:
    if not isinstance(data, dict):
        return {}
    inner = data.get("domain")
    return inner if isinstance(inner, dict) else data


def _in_root(data: Data, change: Callable[[Entry], Entry]) -> Data:
    """The data changed below its root key, if it has one; the same object where nothing changes."""
    inner = _inner(data)
    after = change(inner)
    if after is inner:
        return data
    return {**data, "domain": after} if isinstance(data.get("domain"), dict) else after


def _listed(inner: Entry, entry: Entry, path: str) -> Entry:
    flows = inner.get("flows") or []
    if isinstance(flows, dict):
        rest = {key: value for key, value in entry.items() if key != "id"}
        return {**inner, "flows": {**flows, str(entry["id"]): rest}}
    if not isinstance(flows, list):
        raise EditError(f"“flows” in {path} is neither a list nor a map; fix it first")
    if flows and all(text(item) for item in flows):
        return {**inner, "flows": [*flows, entry["id"]]}
    return {**inner, "flows": [*flows, entry]}


def _unlist(data: Data, flow: str) -> tuple[Entry | None, Data]:
    flows = _inner(data).get("flows")
    if isinstance(flows, dict) and flow in flows:
        value = flows[flow]
        rest = {key: item for key, item in flows.items() if key != flow}
        entry = {"id": flow, **(value if isinstance(value, dict) else {})}
        return entry, _in_root(data, partial(_with_flows, flows=rest))
    for number, item in enumerate(flows if isinstance(flows, list) else []):
        entry = item if isinstance(item, dict) else {"id": item}
        if flow == (text(entry.get("id")) or slug_of(entry.get("name"))):
            left = [*flows[:number], *flows[number + 1 :]] if isinstance(flows, list) else []
            return entry, _in_root(data, partial(_with_flows, flows=left))
    return None, data


def _with_flows(inner: Entry, flows: Data) -> Entry:
    return {**inner, "flows": flows}


def root_of(data: Data, key: str) -> tuple[str, ...]:
    """The path of the block below a file's root key; empty where the file has no such key."""
    return (key,) if isinstance(named(data, key), dict) else ()


def slug_of(name: Data) -> str:
    """The id that an entry without one has: its name in lower case, blanks to dashes."""
    return "-".join(str(name or "").lower().split())


def _changed(inner: Entry, side: Side, change: Callable[[Entry], Entry | None]) -> Entry:
    for key in (side, _SHORT[side]):
        entries = inner.get(key)
        after: Data = entries
        if isinstance(entries, dict):
            after = _changed_map(entries, change)
        elif isinstance(entries, list):
            after = _changed_list(entries, change)
        if after != entries:
            inner = {**inner, key: after}
    return inner


def _changed_map(current: Entry, change: Callable[[Entry], Entry | None]) -> Entry:
    after: Entry = {}
    for event, item in current.items():
        entry = {"event": event, **(item if isinstance(item, dict) else {})}
        left = change(entry)
        if left is entry:
            after[event] = item
        elif left is not None:
            after[event] = {key: value for key, value in left.items() if key != "event"}
    return after


def _changed_list(entries: list[Data], change: Callable[[Entry], Entry | None]) -> list[Data]:
    after: list[Data] = []
    for item in entries:
        entry = item if isinstance(item, dict) else {"event": str(item)}
        left = change(entry) if item is not None else entry
        if left is not None:
            after.append(item if left is entry else left)
    return after


def _split(entry: Entry, side: Side, flow: str) -> tuple[Entry | None, Entry | None]:
    """What a wiring says without a flow, and what it says about that flow alone."""
    flows = flows_of(entry, side)
    if flow not in flows:
        return entry, None
    key = flow_key_of(entry, side)
    own = {**entry, key: flow}
    if len(flows) == 1:
        return None, own
    left = [word for word in entry[key] if str(word).rpartition("/")[2] != flow]
    return {**entry, key: left}, own


def _unplaced(inner: Entry, flow: str) -> Entry:
    layout = inner.get("layout")
    places = layout.get("flows") if isinstance(layout, dict) else None
    if not isinstance(places, dict) or flow not in places:
        return inner
    after: Entry = unset_in(inner, ("layout", "flows", flow))
    return after


def _ungrouped(inner: Entry, flow: str) -> Entry:
    groups = inner.get("groups")
    for number, group in enumerate(groups if isinstance(groups, list) else []):
        for key in ("flows", "flow_ids"):
            members = group.get(key) if isinstance(group, dict) else None
            if isinstance(members, list) and flow in map(text, members):
                left = [member for member in members if text(member) != flow]
                inner = set_in(inner, ("groups", number, key), left)
    return inner


def _in_words_of(entries: list[Data], entry: Entry, side: Side) -> Entry:
    """A new wiring with the key for the flow that its neighbours use."""
    key = flow_key_of(entry, side)
    used = [flow_key_of(item, side) for item in entries if isinstance(item, dict)]
    usual = next((word for word in used if word), key)
    if not key or key == usual:
        return entry
    return {usual if word == key else word: value for word, value in entry.items()}
