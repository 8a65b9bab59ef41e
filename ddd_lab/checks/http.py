"""Whether the endpoints that start flows are complete and unique."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import required
from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._registry import Violation, design_rule, flow_rule
from ddd_lab.checks._values import mapping, named, quoted
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.trigger import TriggerInfo

_PARAMETER = re.compile(r"\{[^/}]*\}|<[^/>]*>|\[[^/\]]*\]|(?<=/):[^/]+")


@flow_rule("http.incomplete", "error", "An endpoint without method or path")
def incomplete(view: FlowView) -> Iterator[Violation]:
    """An incomplete endpoint cannot be called.

    An HTTP trigger needs a method and a path; webhooks, event streams and sockets need a path,
    and GraphQL has one endpoint for everything.
    """
    spec = mapping(view.nodes[view.triggers[0]].spec) if view.triggers else {}
    if "graphql" in (*spec.values(), named(spec, "config", "protocol")):
        return
    for info in view.started_by if view.triggers else ():
        if info.kind not in ("http", "webhook", "sse", "ws"):
            continue
        missing = [] if info.path else ["path"]
        if info.kind == "http" and not info.method:
            missing.insert(0, "method")
        if missing:
            kind = _KINDS.get(info.kind, info.kind)
            yield Violation(
                view.at(view.triggers[0], "spec", missing[0]),
                f"This {kind} trigger has no {' and no '.join(missing)}. Add what is missing, as "
                f"in “{'POST ' if info.kind == 'http' else ''}/orders”.",
            )


_KINDS = {"http": "HTTP", "ws": "WebSocket", "sse": "event stream"}
"""How a message calls kinds of triggers."""


@flow_rule("http.unknown-trigger", "warning", "A trigger without an event")
def unknown_trigger(view: FlowView) -> Iterator[Violation]:
    """The trigger should name an endpoint, a schedule, an event or a person."""
    infos = view.started_by
    if view.triggers and infos and all(info.kind == "unknown" for info in infos):
        yield Violation(
            view.at(view.triggers[0], "spec", "type"),
            "This trigger does not say what starts the flow. Give it a type (http, webhook, cron, "
            "event) with its settings, or an event such as “HTTP POST /orders”.",
        )


@design_rule("http.duplicate-endpoint", "error", "Two flows with the same endpoint")
def duplicate_endpoint(design: DesignIndex) -> Iterator[Violation]:
    """Only one flow can answer a request.

    The names of path parameters do not matter: /a/{x} and /a/:id are the same path.
    """
    flows_at: dict[str, list[str]] = {}
    for key, fact in design.facts.items():
        endpoints = {endpoint(info) for info in fact.triggers} - {""}
        for used in sorted(endpoints):
            flows_at.setdefault(used, []).append(key)
    for used, keys in flows_at.items():
        for key in keys if len(keys) > 1 else ():
            others = [other for other in keys if other != key]
            yield Violation(
                design.trigger_at(key, "path"),
                f"{used} also starts {quoted(others)}. Give each flow its own method and path.",
            )


def endpoint(info: TriggerInfo) -> str:
    """Method and path, with every path parameter as ``{}``; nothing for other triggers."""
    if info.kind not in ("http", "webhook", "sse", "ws") or not info.path:
        return ""
    if info.kind == "http" and not info.method:
        return ""
    method = {"webhook": "POST", "sse": "GET", "ws": "WS"}.get(info.kind, "")
    path = _PARAMETER.sub("{}", "/" + info.path.partition("?")[0].strip("/"))
    return f"{info.method or method} {path}"


@design_rule("http.auth", "info", "An endpoint without an auth setting")
def auth(design: DesignIndex) -> Iterator[Violation]:
    """The endpoint does not say who may call it.

    It is reported only if another endpoint says that auth is not required. Then this setting was
    probably forgotten. A domain may set auth for all its flows.
    """
    answers: dict[str, list[Data]] = {
        key: _auth(design, key)
        for key, fact in design.facts.items()
        if any(info.kind == "http" for info in fact.triggers)
    }
    if not any(value in _PUBLIC for values in answers.values() for value in values):
        return
    for key, values in answers.items():
        if not values:
            yield Violation(
                design.trigger_at(key, "auth"),
                "This endpoint has no auth setting, but others have one. Add auth (required, or "
                "false for everybody).",
            )


_PUBLIC: tuple[Data, ...] = (False, "none", "public", "optional", "anonymous", "false")


def _auth(design: DesignIndex, key: str) -> list[Data]:
    """Everything that is said about who may call a flow."""
    domain = design.domains.get(key.partition("/")[0])
    shared = required((domain.model_extra or {}).get("auth")) if domain else None
    return [*design.facts[key].auth, *(() if shared is None else (shared,))]
