"""Whether models can be asked, found out without paying for a call."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.providers.provider import Provider, ServedModel
from ddd_lab.assist.replies import Outcome, ProviderError
from ddd_lab.capabilities import lack_of
from ddd_lab.visible import one_line

_KEEP: Final = 60.0
"""Seconds for which a look-up counts."""
_SNAPSHOT = re.compile(r"-\d{8}|-\d{4}-\d{2}-\d{2}|:latest")
_SHOWN = 8
_LONGEST = 100


class HealthState(StrEnum):
    """How a model stands.

    Attributes:
        READY: it can be asked.
        NO_KEY: its key is missing, or wrong.
        UNREACHABLE: its server does not answer.
        UNKNOWN_MODEL: its server does not have it.
        UNCHECKED: nobody has looked.
    """

    READY = "ready"
    NO_KEY = "no key"
    UNREACHABLE = "not reachable"
    UNKNOWN_MODEL = "unknown model"
    UNCHECKED = "not checked"


@dataclass(frozen=True)
class Health:
    """How a model stands.

    Attributes:
        state: in a word.
        words: what is wrong and what to do; empty where nothing is.
    """

    state: HealthState
    words: str = ""

    @property
    def usable(self) -> bool:
        """Whether asking it may work."""
        return self.state in (HealthState.READY, HealthState.UNCHECKED)


UNCHECKED: Final = Health(HealthState.UNCHECKED)


def missing_key(entry: ModelEntry) -> Health | None:
    """That a model's key is not there, where that is so."""
    if not entry.api_key_env or os.environ.get(entry.api_key_env, "").strip():
        return None
    words = f"set the environment variable {entry.api_key_env} and start again"
    return Health(HealthState.NO_KEY, words)


@dataclass(frozen=True)
class _Answer:
    at: float
    models: tuple[ServedModel, ...] = ()
    error: ProviderError | None = None


class HealthBook:
    """What is known of the models' servers, for a minute. Threads may share it."""

    def __init__(
        self,
        connect: Callable[[ModelEntry], Provider],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect = connect
        self._now = now
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, str, str], _Answer] = {}

    def known(self, entry: ModelEntry) -> Health:
        """How a model stands as far as it is known; nobody is asked."""
        if lack := lack_of("models"):
            return Health(HealthState.UNREACHABLE, lack)
        missing = missing_key(entry)
        if missing is not None:
            return missing
        with self._lock:
            answer = self._answers.get(_server(entry))
        if answer is None or self._now() - answer.at > _KEEP:
            return UNCHECKED
        return _health(entry, answer)

    def look_up(self, entries: Iterable[ModelEntry]) -> dict[str, Health]:
        """How models stand, by id: each server is asked for its list at most once a minute."""
        wanted = list(entries)
        servers = {
            _server(entry): entry
            for entry in wanted
            if self.known(entry).state is HealthState.UNCHECKED
        }
        if servers:
            with ThreadPoolExecutor(len(servers), "model-health") as pool:
                answers = list(pool.map(self._ask, servers.values()))
            with self._lock:
                self._answers.update(zip(servers, answers, strict=True))
        return {entry.id: self.known(entry) for entry in wanted}

    def _ask(self, entry: ModelEntry) -> _Answer:
        try:
            return _Answer(self._now(), tuple(self._connect(entry).models()))
        except ProviderError as error:
            return _Answer(self._now(), error=error)


def _names_known(entry: ModelEntry, served: Iterable[ServedModel]) -> str:
    """Which models a server has, those first that are called like the one that it has not."""
    names = [one_line(model.id, _LONGEST) for model in served]
    if not names:
        return ""
    near = get_close_matches(entry.model_id, names, 3, 0.5)
    shown = [*near, *(name for name in names if name not in near)][:_SHOWN]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"The server has {', '.join(shown)}{more}"


def _server(entry: ModelEntry) -> tuple[str, str, str]:
    return entry.provider, entry.base_url, entry.api_key_env


def _health(entry: ModelEntry, answer: _Answer) -> Health:
    error = answer.error
    if error is not None:
        wrong_key = error.outcome is Outcome.AUTH
        return Health(HealthState.NO_KEY if wrong_key else HealthState.UNREACHABLE, str(error))
    names = {model.id for model in answer.models}
    names |= {_SNAPSHOT.sub("", name) for name in names}
    if not names or _SNAPSHOT.sub("", entry.model_id) in names or entry.model_id in names:
        return Health(HealthState.READY)
    words = f"{entry.model_id} is not there. {_names_known(entry, answer.models)}. "
    words += (
        f"Pull it: ollama pull {entry.model_id}"
        if entry.provider == "ollama"
        else ("Set model_id in .ddd/config.yaml to one of these")
    )
    return Health(HealthState.UNKNOWN_MODEL, words)
