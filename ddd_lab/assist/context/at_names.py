"""Names after an ``@`` in a question: which flows, nodes, domains, schemas and events they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ddd_lab.assist.context.sources import Sources

_MENTION = re.compile(r"(?<![\w@.])@([\w*~-]+(?:[./#][\w*~-]+)*)")


class NamedBlocks(NamedTuple):
    """What a question names.

    Attributes:
        blocks: ids of blocks, such as ``flow:users/login`` or ``schema:User``.
        unknown: names that mean nothing.
    """

    blocks: tuple[str, ...]
    unknown: tuple[str, ...]


def resolve_names(sources: Sources, question: str, at: str = "") -> NamedBlocks:
    """What a question names after an ``@``.

    Args:
        at: where it is asked: ids of nodes and flows are looked for there first.
    """
    blocks: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for name in _MENTION.findall(question):
        if block := _block(sources, name, at):
            blocks[block] = None
        else:
            unknown[name] = None
    return NamedBlocks(tuple(blocks), tuple(unknown))


def names(sources: Sources, at: str = "") -> Iterator[str]:
    """What may follow an ``@``, for completion: what is near first."""
    design = sources.design
    flow = design.flows.get(at) if "/" in at else None
    if flow is not None:
        yield from (node.id for node in flow.nodes)
    domain = at.partition("/")[0]
    yield from sorted(design.flow_keys, key=lambda key: key.partition("/")[0] != domain)
    yield from design.domains
    yield from (model.name or stem for stem, model in design.schemas.items())
    yield from sources.events


def _block(sources: Sources, name: str, at: str) -> str:
    design = sources.design
    flow, hash, node = name.partition("#")
    if hash:
        key = _flow(design.flow_keys, flow, at)
        return f"node:{key}#{node}" if key and sources.has_node(key, node) else ""
    if "/" in at and sources.has_node(at, name):
        return f"node:{at}#{name}"
    if name in design.domains:
        return f"domain:{name}"
    if key := _flow(design.flow_keys, name, at):
        return f"flow:{key}"
    if stem := sources.schema_stem(name):
        return f"schema:{stem}"
    return f"event:{name}" if name in sources.events else ""


def _flow(keys: Iterable[str], name: str, at: str) -> str:
    """The flow that a name means: its key, or its id where only one has it, or the one here."""
    if "/" in name:
        return name if name in keys else ""
    found = [key for key in keys if key.partition("/")[2] == name]
    here = [key for key in found if key.partition("/")[0] == at.partition("/")[0]]
    return here[0] if here else found[0] if len(found) == 1 else ""
