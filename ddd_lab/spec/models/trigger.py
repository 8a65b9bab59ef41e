"""What starts a flow, whatever words the file uses for it.

Four ways of saying it occur: the guide's flat block (``type: http``, ``method``, ``path``), the
guide's node (``triggerType``), the later format's ``event`` grammar (``HTTP POST /x``,
``cron 0 2 * * *``, ``event:Name``, also as a list), and an older one where ``event: http_request``
or ``source: http`` stand beside method and path. Any of these may stand in a ``config`` block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from ddd_lab.spec.lenient import mapping, named, text
from ddd_lab.spec.models.base import Data, Frozen
from ddd_lab.spec.models.flow import FlowData

TriggerKind = Literal[
    "http",
    "webhook",
    "cron",
    "event",
    "event_group",
    "manual",
    "sse",
    "ws",
    "pattern",
    "shortcut",
    "timer",
    "ui",
    "ipc",
    "lifecycle",
    "sub_flow",
    "unknown",
]

_SYNONYMS: dict[TriggerKind, tuple[str, ...]] = {
    "http": ("https", "api", "rest", "graphql", "api_endpoint", "http_request"),
    "cron": ("schedule", "scheduled"),
    "event": ("queue", "message"),
    "sse": ("stream",),
    "ws": ("websocket",),
    "timer": ("interval",),
    "sub_flow": ("subflow",),
}
_KINDS: tuple[TriggerKind, ...] = get_args(TriggerKind)
_KIND_WORDS: dict[str, TriggerKind] = {
    word: kind for kind in _KINDS for word in (kind, *_SYNONYMS.get(kind, ())) if kind != "unknown"
}
TRIGGER_KEYS = frozenset(
    {
        *("type", "triggerType", "trigger_type", "kind", "method", "http_method", "path"),
        *("endpoint", "url", "route", "schedule", "cron", "expression", "event", "events"),
    }
)
"""Keys that say, in one way or another, what starts a flow and nothing else."""

_WITH_PATH: tuple[TriggerKind, ...] = ("http", "webhook", "sse", "ws")
_METHOD = r"(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
_HTTP = re.compile(rf"^(?:HTTPS?\s+)?{_METHOD}\s+(?P<path>\S+)", re.IGNORECASE)
_PATHED = re.compile(
    rf"^(?P<kind>webhook|sse|ws|websocket)\s+(?:{_METHOD}\s+)?(?P<path>\S+)", re.IGNORECASE
)
_SPACED = re.compile(r"^(?P<kind>cron|timer|shortcut)\s*[\s:]\s*(?P<rest>.+)$", re.IGNORECASE)
_COLON = re.compile(
    r"^(?P<kind>event|event_group|pattern|ui|ipc|lifecycle)\s*:\s*(?P<rest>.+)$", re.IGNORECASE
)


class TriggerInfo(Frozen):
    """One thing that starts a flow.

    Attributes:
        kind: what sort of thing it is; ``unknown`` where the file does not say.
        method: HTTP method in capitals, for ``http`` (and ``webhook`` if stated).
        path: URL path of ``http``, ``webhook``, ``sse`` and ``ws``.
        schedule: the cron expression, or a timer's interval in milliseconds as written.
        events: names of the events it waits for; a pattern's event is one of them.
        name: what else the trigger is known by: event group, pattern, shortcut keys, the action
            of ``ui``, ``ipc`` or ``lifecycle``.
        text: all that in one short line, as a card shows it.
    """

    kind: TriggerKind
    method: str = ""
    path: str = ""
    schedule: str = ""
    events: tuple[str, ...] = ()
    name: str = ""
    text: str = ""


def trigger_info(flow: FlowData) -> tuple[TriggerInfo, ...]:
    """Everything that starts a flow, in the file's order, however broken its trigger is.

    Events in one list count as one. It is empty only where the flow has no trigger; one that says
    nothing is ``unknown``.
    """
    block = flow.extra.get("trigger")
    beside = trigger_spec_info(block) if isinstance(block, dict) else ()
    if flow.trigger is None:
        return beside
    own = trigger_spec_info(flow.trigger.spec, flow.trigger.label or "")
    if not beside or _says_nothing(beside):
        return own
    if _says_nothing(own):
        return beside
    return tuple(_completed(info, beside) for info in own)


def trigger_spec_info(spec: Data, label: str = "") -> tuple[TriggerInfo, ...]:
    """What a trigger's settings say; where that is nothing, its label is read as an ``event``."""
    if isinstance(spec, str):
        return _from_words([spec])
    if not isinstance(spec, Mapping):
        spec = {}
    spec = {**mapping(spec.get("config")), **spec}
    infos = _from_event(spec)
    if infos is None:
        infos = (_from_keys(spec),)
    if _says_nothing(infos) and label and (info := _grammar(label)):
        return (_with_text(info),)
    return infos


def parse_event(words: str) -> TriggerInfo:
    """Read one line of the ``event`` grammar; a word that is no rule of it names an event.

    >>> parse_event("HTTP POST /todos").path
    '/todos'
    >>> parse_event("contract.ingested").events
    ('contract.ingested',)
    """
    words = words.strip()
    info = _grammar(words)
    if info is None:
        info = TriggerInfo(kind="event", events=(words,)) if words else TriggerInfo(kind="unknown")
    return _with_text(info)


def _grammar(words: str) -> TriggerInfo | None:
    words = words.strip()
    if match := _HTTP.match(words):
        return TriggerInfo(kind="http", method=match["method"].upper(), path=match["path"])
    if match := _PATHED.match(words):
        kind = _KIND_WORDS[match["kind"].lower()]
        return TriggerInfo(kind=kind, method=(match["method"] or "").upper(), path=match["path"])
    if match := _SPACED.match(words):
        kind = _KIND_WORDS[match["kind"].lower()]
        rest = match["rest"].strip()
        named = kind == "shortcut"
        return TriggerInfo(kind=kind, name=rest if named else "", schedule="" if named else rest)
    if match := _COLON.match(words):
        kind = _KIND_WORDS[match["kind"].lower()]
        rest = match["rest"].strip()
        if kind == "event":
            return TriggerInfo(kind="event", events=(rest,))
        return TriggerInfo(kind=kind, name=rest)
    return TriggerInfo(kind="manual") if words.lower() == "manual" else None


def _from_event(spec: Mapping[Any, Any]) -> tuple[TriggerInfo, ...] | None:
    """What the ``event`` key says; None where method, path and so on must be asked instead."""
    event = spec.get("event", spec.get("events"))
    if isinstance(event, Mapping):
        event = event.get("name") or event.get("event") or event.get("type")
    words = [text(word) for word in (event if isinstance(event, list) else [event])]
    words = [word for word in words if word]
    if not words:
        return None
    kind = _stated_kind(spec)
    if len(words) == 1 and _grammar(words[0]) is None:
        if kind == "pattern":
            return None
        if words[0].lower() in _KIND_WORDS and (kind or spec.get("path") or spec.get("method")):
            return None
        if words[0].lower() in ("http_request", "http", "api", "cron", "webhook"):
            return None
        if kind in _WITH_PATH and _text(spec, "path", "endpoint", "url", "route"):
            return None
    infos = _from_words(words)
    return tuple(_with_pattern(info, spec) for info in infos)


def _from_words(words: Iterable[str]) -> tuple[TriggerInfo, ...]:
    infos: list[TriggerInfo] = []
    for word in words:
        info = parse_event(word)
        if info.kind == "event" and infos and infos[-1].kind == "event":
            both = (*infos[-1].events, *info.events)
            infos[-1] = _with_text(TriggerInfo(kind="event", events=tuple(dict.fromkeys(both))))
        else:
            infos.append(info)
    return tuple(infos)


def _with_pattern(info: TriggerInfo, spec: Mapping[Any, Any]) -> TriggerInfo:
    if info.kind != "pattern":
        return info
    for block in (spec.get("pattern"), spec.get("config"), spec):
        event = text(named(block, "event"))
        if event and _grammar(event) is None:
            return info.model_copy(update={"events": (event,)})
    return info


def trigger_kind(word: str) -> TriggerKind | None:
    """What sort of trigger a word means; None for a word that is none."""
    return _KIND_WORDS.get(word.strip().lower())


def _stated_kind(spec: Mapping[Any, Any]) -> TriggerKind | None:
    protocol = trigger_kind(text(spec.get("protocol")))
    if protocol in ("ws", "sse"):
        # It starts as an HTTP request, so the type beside it may say http.
        return protocol
    for key in ("triggerType", "trigger_type", "type", "kind", "event", "source"):
        if kind := trigger_kind(text(spec.get(key))):
            return kind
    return protocol


def _from_keys(spec: Mapping[Any, Any]) -> TriggerInfo:
    """What the guide's keys say: a type with method and path, a schedule, or an event."""
    method = _text(spec, "method", "http_method").upper()
    path = _text(spec, "path", "endpoint", "url", "route")
    schedule = _text(spec, "schedule", "cron", "expression", "interval_ms", "interval", "frequency")
    kind = _stated_kind(spec)
    if kind is None:
        kind = "http" if path or method else "cron" if schedule else "unknown"
    name = _text(spec, "name", "action", "keys", "group", "channel") if kind in _NAMED else ""
    info = _with_text(
        TriggerInfo(
            kind=kind,
            method=method if kind in _WITH_PATH else "",
            path=path if kind in _WITH_PATH else "",
            schedule=schedule if kind in ("cron", "timer") else "",
            name=name,
            events=_named_events(spec) if kind == "event" else (),
        )
    )
    return _with_pattern(info, spec)


_NAMED: tuple[TriggerKind, ...] = ("event_group", "pattern", "shortcut", "ui", "ipc", "lifecycle")


def _named_events(spec: Mapping[Any, Any]) -> tuple[str, ...]:
    name = _text(spec, "event_name", "event_type", "topic", "queue", "name")
    return (name,) if name else ()


def _text(spec: Mapping[Any, Any], *keys: str) -> str:
    for key in keys:
        value = spec.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value).strip()
    return ""


def _says_nothing(infos: tuple[TriggerInfo, ...]) -> bool:
    return all(info.kind == "unknown" for info in infos)


def _completed(info: TriggerInfo, beside: tuple[TriggerInfo, ...]) -> TriggerInfo:
    """Fill what a trigger node leaves open from the block of the same kind beside it."""
    for other in beside:
        if other.kind != info.kind:
            continue
        blanks = ("method", "path", "schedule", "events", "name")
        filled = {key: getattr(other, key) for key in blanks if not getattr(info, key)}
        return _with_text(info.model_copy(update=filled))
    return info


def _with_text(info: TriggerInfo) -> TriggerInfo:
    """The same trigger with its one-line text."""
    words: tuple[str, ...]
    if info.kind == "http":
        words = (info.method, info.path) if info.method or info.path else ("HTTP",)
    elif info.kind in _WITH_PATH:
        words = (info.kind, info.method, info.path)
    elif info.kind == "timer":
        words = ("every", f"{info.schedule} ms") if info.schedule.isdigit() else ("timer",)
    elif info.kind in ("cron", "shortcut"):
        words = (info.kind, info.schedule, info.name)
    elif info.kind == "event":
        words = (", ".join(info.events) or "event",)
    elif info.kind in ("manual", "sub_flow", "unknown"):
        words = ("" if info.kind == "unknown" else info.kind.replace("_", " "),)
    else:
        words = (f"{info.kind.replace('_', ' ')}: {info.name}" if info.name else info.kind,)
    return info.model_copy(update={"text": " ".join(word for word in words if word)})
