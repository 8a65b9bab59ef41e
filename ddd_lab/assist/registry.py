"""The models that a project may use, and which of them for what.

``llm:`` in ``.ddd/config.yaml`` says only what differs from the defaults. What is wrong there is a
problem with its place: that part is left out and everything else counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from ddd_lab.assist.addresses import is_loopback
from ddd_lab.assist.default_models import (
    ACTIVE,
    ACTIVE_MODEL,
    CONTEXTS,
    FALLBACK_CHAIN,
    KEYS,
    KNOWN_PRICES,
    MODELS,
    TASK_ROUTING,
)
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import Price
from ddd_lab.assist.retired_models import retirement, undated
from ddd_lab.files.documents.settings import declared_models, settings_path, settings_tree
from ddd_lab.lossless_yaml import Tree, YamlError
from ddd_lab.spec.models.base import Frozen
from ddd_lab.spec.models.base import Path as DataPath
from ddd_lab.spec.problem import Problem

Dollars = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]

_FREE = Price(input=Decimal(0), output=Decimal(0))
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRETS = frozenset(("api_key", "apikey", "key", "token", "auth_token", "secret", "password"))
_CLOUD = re.compile(r"[:-]cloud$")
_SECTIONS: Final = ("models", "task_routing", "fallback_chain", "cost_tracking")


class CostTracking(Frozen):
    """How usage is counted, and what may be spent.

    Attributes:
        enabled: whether usage is recorded and limited.
        reset_period: after which the count begins anew.
        budget_warning: US dollars in a period from which people are warned; 0 for never.
        budget_limit: US dollars in a period beyond which no paid model is asked; 0 for no limit.
    """

    enabled: bool = True
    reset_period: Literal["daily", "weekly", "monthly"] = "monthly"
    budget_warning: Dollars = Decimal(10)
    budget_limit: Dollars = Decimal(50)


@dataclass(frozen=True)
class Registry:
    """The models of a project.

    Attributes:
        models: by id: the project's own first, in their order, then the other defaults.
        active: id of the model that a person talks to; it may be missing.
        routing: id of the model for each task; ``_active`` for the active one.
        fallback: ids of the models to try when another cannot answer, in order.
        costs: how usage is counted and limited.
        problems: what is wrong with the settings, with its place in the file.
    """

    models: Mapping[str, ModelEntry]
    active: str = ACTIVE_MODEL
    routing: Mapping[str, str] = field(default_factory=lambda: TASK_ROUTING)
    fallback: tuple[str, ...] = FALLBACK_CHAIN
    costs: CostTracking = field(default_factory=CostTracking)
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, root: Path) -> Registry:
        """The models of a project, as its file says now; never raises.

        A file that cannot be read at all is a problem of the project's, told elsewhere; the
        defaults count then.
        """
        try:
            path = settings_path(root)
            return _read(path, settings_tree(root, path))
        except (OSError, YamlError):
            return _DEFAULT

    def with_active(self, id: str) -> Registry:
        """The same with another active model."""
        return replace(self, active=id)


def is_local(entry: ModelEntry) -> bool:
    """Whether a model runs on this machine, so that nothing leaves it."""
    here = is_loopback(entry.base_url) if entry.base_url else entry.provider == "ollama"
    return here and not (entry.provider == "ollama" and _CLOUD.search(entry.model_id))


def is_free(entry: ModelEntry) -> bool:
    """Whether a model is known to cost nothing."""
    return entry.price is not None and entry.price.free


def sends_key_elsewhere(entry: ModelEntry) -> bool:
    """Whether a project's settings choose who gets a question, or which key goes with it.

    A project can come from anybody, so that a person is asked before this happens.
    """
    if entry.base_url:
        return not is_loopback(entry.base_url)
    return entry.api_key_env != KEYS.get(entry.provider, "")


@lru_cache(maxsize=16)
def _read(path: str, tree: Tree) -> Registry:
    return _Reader(path, tree).registry()


class _Reader:
    """Reads ``llm:`` of a settings file; what is wrong becomes a problem."""

    def __init__(self, path: str, tree: Tree) -> None:
        self._path = path
        self._tree = tree
        self._problems: list[Problem] = []
        data = tree.data if isinstance(tree.data, dict) else {}
        llm = data.get("llm")
        self._llm: dict[str, Any] = llm if isinstance(llm, dict) else {}
        if llm is not None and not isinstance(llm, dict):
            self._wrong(("llm",), "llm must be a map of keys (active_model: …). The defaults count")

    def registry(self) -> Registry:
        models = self._models()
        active = self._llm.get("active_model") or ACTIVE_MODEL
        if not isinstance(active, str):
            self._wrong(("llm", "active_model"), "active_model must be the id of a model")
            active = ACTIVE_MODEL
        self._registered(active, models, ("llm", "active_model"))
        return Registry(
            models=models,
            active=active,
            routing=self._routing(models),
            fallback=self._fallback(models),
            costs=self._costs(),
            problems=tuple(self._problems),
        )

    def _models(self) -> dict[str, ModelEntry]:
        self._section("models", dict, "a map of models by id")
        models: dict[str, ModelEntry] = {}
        mentioned = set()
        for id, entry in declared_models(self._tree.data):
            mentioned.add(id)
            model = self._model(id, _given(entry))
            if model is not None:
                models[id] = model
        for id, default in MODELS.items():
            if id not in mentioned:
                models[id] = _completed({"id": id, **default})
        return models

    def _model(self, id: str, entry: dict[str, Any]) -> ModelEntry | None:
        at = ("llm", "models", id)
        for key in entry.keys() & _SECRETS:
            self._wrong(
                (*at, key),
                f"{id}: a key does not belong into a file. Remove {key}, take the key out of use, "
                "and name the environment variable that holds the new one in api_key_env",
                "settings.secret",
            )
        variable = entry.get("api_key_env", "")
        if variable and not (isinstance(variable, str) and _VARIABLE.fullmatch(variable)):
            self._wrong(
                (*at, "api_key_env"),
                f"{id} is left out: api_key_env must be the name of an environment variable, not "
                "the key itself",
                "settings.secret",
            )
            return None
        default: Mapping[str, Any] = MODELS.get(id, {})
        if entry.get("provider", default.get("provider")) != default.get("provider"):
            default = {}
        known = {key: value for key, value in entry.items() if key in _FIELDS}
        try:
            model = _completed({"id": id, **default, **known})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            key = ".".join(str(step) for step in first["loc"])
            message = f"{id} is left out: {key + ': ' if key else ''}{first['msg']}. Fix it"
            self._wrong((*at, *first["loc"]), message)
            return None
        if model.provider == "openai_compatible" and not model.base_url:
            self._wrong(at, f"{id} is left out: base_url is missing. Add the server's address")
            return None
        ends = retirement(model.model_id) if not model.base_url else None
        if ends is not None:
            self._wrong(
                (*at, "model_id"),
                f"{model.model_id} ends on {ends.on}. Use {ends.successor} in its place",
                "settings.retired-model",
            )
        return model

    def _routing(self, models: Mapping[str, ModelEntry]) -> dict[str, str]:
        routing = dict(TASK_ROUTING)
        given = _given(self._section("task_routing", dict, "a map from tasks to models") or {})
        for task, id in given.items():
            at = ("llm", "task_routing", task)
            if isinstance(id, str):
                routing[task] = id
                if id != ACTIVE:
                    self._registered(id, models, at)
            else:
                self._wrong(at, f"{task} must have the id of a model, or {ACTIVE}")
        return routing

    def _fallback(self, models: Mapping[str, ModelEntry]) -> tuple[str, ...]:
        chain = self._section("fallback_chain", list, "a list of models")
        if chain is None:
            return FALLBACK_CHAIN
        ids = []
        for number, id in enumerate(chain):
            if isinstance(id, str) and id in models:
                ids.append(id)
            else:
                self._registered(str(id), models, ("llm", "fallback_chain", number))
        return tuple(dict.fromkeys(ids))

    def _costs(self) -> CostTracking:
        given = _given(self._section("cost_tracking", dict, "a map of keys") or {})
        fields = {}
        for key, value in given.items():
            if key not in CostTracking.model_fields:
                continue
            try:
                fields[key] = getattr(CostTracking.model_validate({key: value}), key)
            except ValidationError as error:
                message = error.errors(include_url=False, include_input=False)[0]["msg"]
                default = CostTracking.model_fields[key].default
                self._wrong(
                    ("llm", "cost_tracking", key), f"{key}: {message}. {default} counts instead"
                )
        return CostTracking(**fields)

    def _section(self, name: str, kind: type, what: str) -> Any:
        value = self._llm.get(name)
        if value is None or isinstance(value, kind):
            return value
        self._wrong(("llm", name), f"{name} must be {what}. The defaults count")
        return None

    def _registered(self, id: str, models: Iterable[str], at: DataPath) -> None:
        if id not in models:
            self._wrong(at, f"{id!r} is no model of this project. There is: {', '.join(models)}")

    def _wrong(self, at: DataPath, message: str, rule: str = "settings.models") -> None:
        line, column = self._tree.locate(at)
        self._problems.append(
            Problem(
                path=self._path,
                line=line,
                column=column,
                severity="warning",
                rule=rule,
                message=f"{message}.",
                where=self._path,
                field=at,
            )
        )


_FIELDS = frozenset(ModelEntry.model_fields) - {"id"} | {"cost_per_1k_input", "cost_per_1k_output"}


def _given(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without the keys that say nothing (``label:``)."""
    return {key: value for key, value in entry.items() if value is not None}


def _completed(values: dict[str, Any]) -> ModelEntry:
    """An entry with what is known of its model, and the usual name of its key."""
    entry = ModelEntry.model_validate(values)
    more: dict[str, Any] = {}
    if not entry.base_url:
        if "api_key_env" not in values:
            more["api_key_env"] = KEYS.get(entry.provider, "")
        name = undated(entry.model_id)
        if entry.provider in KEYS:
            more["price"] = entry.price or KNOWN_PRICES.get(name)
            more["context"] = entry.context or CONTEXTS.get(name)
    if entry.price is None and entry.provider == "ollama" and is_local(entry):
        more["price"] = _FREE
    return entry.model_copy(update=more)


_DEFAULT = Registry({id: _completed({"id": id, **entry}) for id, entry in MODELS.items()})
