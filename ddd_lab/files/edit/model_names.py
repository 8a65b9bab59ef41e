"""The language models that a project can name: from its settings, and from its own specs.

No list of models is built in: it would be out of date before long. What is offered is what
``.ddd/config.yaml`` declares under ``llm.models``, and what the design's agents already use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ddd_lab.files.documents.settings import declared_models, settings_path, settings_tree
from ddd_lab.lossless_yaml import YamlError
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.models.base import Data, Frozen
from ddd_lab.spec.models.flow import FlowData

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace

_MODEL_KEYS = frozenset({"model", "fallback_model"})
_DEEPEST = 12


class ModelName(Frozen):
    """A model that a spec can name."""

    name: str  # what to write as ``model``: the vendor's own name of it
    id: str = ""  # its name in the settings; empty for one that only specs name
    label: str = ""  # what people call it
    provider: str = ""  # who runs it, as the settings say
    tier: str = ""  # ``fast``, ``standard``, ``powerful`` or whatever the settings say
    used: int = 0  # how many places of the design name it


class ModelNames:
    """The models of a workspace; flows are read again only where they changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._used: dict[str, tuple[FlowData, Counter[str]]] = {}

    def all(self) -> tuple[ModelName, ...]:
        """The models of the settings in their order, then others by how often they are used."""
        used = self._count()
        models: dict[str, ModelName] = {}
        for id, entry in _declared(self._workspace):
            name = _word(entry, "model_id") or id
            uses = used.pop(name, 0) + (used.pop(id, 0) if id != name else 0)
            models.setdefault(
                name,
                ModelName(
                    name=name,
                    id=id,
                    label=_word(entry, "label") or name,
                    provider=_word(entry, "provider"),
                    tier=_word(entry, "tier"),
                    used=uses,
                ),
            )
        rest = sorted(used.items(), key=lambda item: (-item[1], item[0]))
        return (*models.values(), *(ModelName(name=n, label=n, used=many) for n, many in rest))

    def _count(self) -> Counter[str]:
        flows = self._workspace.design.flows
        uses, self._used = self._used, {}
        total: Counter[str] = Counter()
        for key, flow in flows.items():
            old = uses.get(key)
            counted = old if old is not None and old[0] is flow else (flow, _named(flow))
            self._used[key] = counted
            total += counted[1]
        return total


def _declared(workspace: Workspace) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of the settings; a file that cannot be read declares none."""
    try:
        tree = settings_tree(workspace.root, settings_path(workspace.root))
    except (OSError, YamlError):
        return
    yield from declared_models(tree.data)


def _named(flow: FlowData) -> Counter[str]:
    """How often a flow's agents name each model."""
    counts: Counter[str] = Counter()
    for node in flow.nodes:
        kind = node_type(node.type)
        if kind is not None and kind.category in ("agent", "orchestration"):
            counts.update(_models(node.spec))
    for key in ("agent_config", "agent_group"):
        counts.update(_models(flow.extra.get(key)))
    return counts


def _models(data: Data, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _MODEL_KEYS and isinstance(value, str):
                if value.strip() and not value.lstrip().startswith(("$", "{")):
                    yield value
            else:
                yield from _models(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _models(value, depth + 1)


def _word(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
