"""What servers have refused, remembered for as long as this program runs."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any, Final

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.providers.failures import Failure
from ddd_lab.assist.providers.profiles import ModelProfile, family_profile

_REFUSED: Final = frozenset((400, 422))

_LESS_STRUCTURED: Final = {"json_schema": "json_object", "json_object": "none"}
_OTHER_ROLE: Final = {"developer": "system", "system": "user"}
_OTHER_LIMIT: Final = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}

_CORRECTIONS: Final[tuple[tuple[str, Callable[[ModelProfile], dict[str, Any]]], ...]] = (
    (r"stream_options|include_usage", lambda _: {"stream_usage": False}),
    (
        r"max_(completion_)?tokens",
        lambda profile: {"max_tokens_field": _OTHER_LIMIT[profile.max_tokens_field]},
    ),
    (r"temperature|top_p|sampling", lambda _: {"sampling": False}),
    (r"effort|think", lambda _: {"effort": False}),
    (r"cache_control", lambda _: {"cache": False}),
    (
        r"response_format|output_config|json_schema|json_object|structured|grammar|\bformat\b",
        lambda profile: {"structured": _LESS_STRUCTURED.get(profile.structured, "none")},
    ),
    (
        r"(system|developer)\W{0,2} (role|message|prompt)|role\W.{0,40}(system|developer)",
        lambda profile: {"system_role": _OTHER_ROLE.get(profile.system_role, "user")},
    ),
)
"""A field that a server names, and what follows for the profile; the first that is named counts."""

_learned: dict[tuple[str, str, str], dict[str, Any]] = {}
_lock = threading.Lock()


def profile_of(entry: ModelEntry) -> ModelProfile:
    """What may be sent to a model, as far as is known by now."""
    with _lock:
        learned = _learned.get(_of(entry), {})
    context = {} if entry.context is None else {"context": entry.context}
    given = entry.profile.model_dump(exclude_unset=True)
    known = family_profile(entry.provider, entry.model_id)
    return known.model_copy(update={**context, **given, **learned})


def corrected(profile: ModelProfile, failure: Failure) -> ModelProfile | None:
    """The profile without the field that a server refuses; None if it names none."""
    if failure.status not in _REFUSED:
        return None
    for pattern, change in _CORRECTIONS:
        if re.search(pattern, failure.message, re.IGNORECASE):
            return profile.model_copy(update=change(profile))
    return None


def learn(entry: ModelEntry, profile: ModelProfile) -> None:
    """Remember a profile that a server has taken, where it differs from what was known."""
    known = profile_of(entry)
    changes = {
        name: value for name, value in dict(profile).items() if value != getattr(known, name)
    }
    if changes:
        with _lock:
            _learned[_of(entry)] = {**_learned.get(_of(entry), {}), **changes}


def _of(entry: ModelEntry) -> tuple[str, str, str]:
    return entry.provider, entry.base_url, entry.model_id
