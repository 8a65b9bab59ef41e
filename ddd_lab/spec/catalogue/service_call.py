"""Calls out of the flow: to a service over HTTP, or to the program that hosts it."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, SUCCESS, NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import BACKOFF, TRIES, WAIT, Fewest, Settings
from ddd_lab.spec.catalogue._fields import Amount, Flag, Names, Part, Retry, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Fallback(Part):
    """What to go on with when the call fails."""

    value: Any = setting("Value used instead.")
    log: Flag | str | None = setting("Whether, or what, to log.")


class ServiceCallSpec(SpecModel):
    """Which service is called and how (service with method, or an address)."""

    method: str | None = words("HTTP method, or the service's own method.", *METHODS)
    url: str | None = setting("Address; parts may be data paths.")
    service: str | None = setting("Name of the service (guide).")
    integration: str | None = setting("Name of an integration from the system file.")
    path: str | None = setting("Path after the integration's base address.")
    headers: dict[str, Any] | None = setting("Headers to send.")
    body: Any = setting("What to send.")
    query: dict[str, Any] | str | None = setting("Query parameters.")
    timeout_ms: Amount | None = setting("Time limit.", example="5000", unit="ms")
    retry: Retry | None = setting("What to do when it fails for the moment.")
    error_mapping: dict[str, str] | None = setting("HTTP status to code of the error registry.")
    description: str | None = setting("What the call is for, in a sentence.")
    request_config: dict[str, Any] | None = setting("How the request presents itself.")
    oauth_config: dict[str, Any] | None = setting("Where tokens come from (OAuth 2).")
    oauth1a_config: dict[str, Any] | None = setting("The four keys of OAuth 1.0a.")
    capture_headers: Names | dict[str, Any] | None = setting("Headers of the answer to keep.")
    fallback: Fallback | Any = setting("What to go on with when the call fails.")


class IpcCallSpec(SpecModel):
    """Which command of the hosting program or of the shell is called (later format)."""

    command: str | None = setting("Name of the command.")
    args: dict[str, Any] | list[Any] | str | None = setting("Its arguments.")
    bridge: str | None = setting("What carries the call, such as tauri.")
    return_type: str | None = setting("Type of what comes back.")
    timeout_ms: Amount | None = setting("Time limit.", example="5000", unit="ms")
    result_condition: str | None = setting("When the result counts as a success.")
    working_dir: str | None = setting("Folder that the command runs in.")
    capture: str | None = words("Which output is kept.", "stdout", "stderr", "both")
    on_nonzero_exit: str | None = words("What a failure leads to.", "error", "log_and_continue")
    output_format: str | None = words("How output is read.", "raw", "json", "plist", "csv", "lines")
    description: str | None = setting("What the call is for, in a sentence.")


def _summary(spec: Settings) -> str:
    target = first(spec, "url", "path") or first(spec, "integration")
    service = first(spec, "service")
    if service and not target:
        return joined(service, first(spec, "method"), by=".")
    return joined(first(spec, "method"), target, by=" ")


TYPES = (
    NodeType(
        type="service_call",
        category="integration",
        icon="◫",
        help="Calls a service and continues with its answer.",
        spec=ServiceCallSpec,
        outputs=(SUCCESS, FAILURE),
        summary=_summary,
        new={
            "method": "GET",
            "url": "",
            "timeout_ms": 5000,
            "retry": {"max_attempts": 3, "backoff_ms": 1000},
        },
        required=("method", ("url", "service", "integration", "endpoint")),
        aliases=("http", "rest"),
        ranges=(WAIT, TRIES, BACKOFF),
        refers_to=("integration",),
        fewest=(Fewest("oauth1a_config", 4, "OAuth 1.0a takes a key and a secret of both sides"),),
    ),
    NodeType(
        type="ipc_call",
        title="IPC call",
        category="integration",
        icon="↯",
        help="Calls the host program, or a command of the computer.",
        spec=IpcCallSpec,
        outputs=(SUCCESS, FAILURE),
        summary=lambda spec: joined(first(spec, "bridge"), first(spec, "command"), by=": "),
        new={"command": "", "args": {}},
        required=("command",),
        ranges=(WAIT,),
    ),
)
