"""Starter templates: flows to begin with, each declared once in a module of this package.

A module declares its templates as ``TEMPLATES``; adding a module is adding its templates. Every one
of them passes all checks as it is made.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.templates._base import (
    FIELD_WORDS,
    Parameter,
    Template,
    TemplateFlows,
    TemplateInput,
    Words,
)

__all__ = [
    "FIELD_WORDS",
    "Parameter",
    "Template",
    "TemplateFlows",
    "TemplateInput",
    "Words",
    "chosen",
    "templates",
]

_ORDER = ("endpoint", "data", "integration", "events", "agent")


@cache
def templates() -> Mapping[str, Template]:
    """Every template by its id, in the order of a menu."""
    listed: list[Template] = []
    for info in pkgutil.iter_modules(__path__):
        if not info.name.startswith("_"):
            listed.extend(importlib.import_module(f"{__name__}.{info.name}").TEMPLATES)
    listed.sort(key=lambda template: _ORDER.index(template.category))
    return MappingProxyType({template.id: template for template in listed})


def chosen(wish: str, values: Mapping[str, str]) -> tuple[Template, dict[str, str]]:
    """The template of a name in any case, and the parameters given for it.

    The first of them may stand in brackets (``EVENT_WORKER<order.placed>``), all by their names.
    """
    match = re.fullmatch(r"\s*([\w -]+?)\s*(?:<(.*)>)?\s*", wish)
    id = re.sub(r"[ -]+", "_", match[1].lower()) if match else ""
    template = templates().get(id)
    if template is None:
        hint = meant(id, templates(), f"; there are {', '.join(templates())}")
        raise EditError(f"there is no template {wish!r}{hint}")
    names = [parameter.name for parameter in template.parameters]
    inside = [part.strip() for part in (match[2] if match and match[2] else "").split(",")]
    parameters = dict(zip(names, inside, strict=False)) if inside != [""] else {}
    unknown = [name for name in values if name not in names]
    if unknown or len(inside) > max(len(names), 1):
        wrong = (unknown or inside)[-1]
        hint = meant(wrong, names, f"; it has {', '.join(names) or 'none'}")
        raise EditError(f"the template {template.id} has no parameter {wrong!r}{hint}")
    return template, parameters | {name: str(value) for name, value in values.items()}
