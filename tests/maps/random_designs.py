"""Designs and flows of every shape, sense or nonsense, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.design_data import DesignData
from tests.maps.designs import design, domain

names = st.text("abAB_-.~1é漢 ", min_size=1, max_size=6)
texts = st.text(max_size=30)
numbers = st.one_of(st.integers(-2000, 4000), st.floats(allow_nan=True, allow_infinity=True))
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "branches",
    "tools",
    "agents",
    "rules",
    "approval_options",
    "routes",
    "fields",
    "target",
    "members",
    "memory",
    "supervision",
    "policies",
    "llm_routing",
    "checks",
    "status",
    "model",
    "flow_ref",
    "priority",
    "system_prompt",
    "shared_memory",
    "config",
    "fallback_chain",
]
specs = st.dictionaries(st.sampled_from(KEYS) | texts, values, max_size=4)
types = st.sampled_from([*catalogue(), "mystery", "", "Terminal"])
positions = st.none() | st.builds(Position, numbers, numbers) | st.just(Position(0, 0))


@st.composite
def flows(draw: st.DrawFn, id_: str = "flow") -> FlowData:
    """A flow whose connections lead anywhere: on, back, to itself, to nothing."""
    ids = draw(st.lists(names, unique=True, max_size=9))
    targets = st.sampled_from([*ids, "nowhere", "trigger", ""]) if ids else st.just("nowhere")
    outputs = st.sampled_from(["next", "success", "failure", "true", "x"]) | texts
    lines = st.lists(st.builds(Connection, output=outputs, target=targets), max_size=3)

    def node(name: str, type_: str, connections: Any) -> NodeData:
        return NodeData(
            id=name,
            type=type_,
            label=draw(st.none() | texts),
            position=draw(positions),
            spec=draw(specs),
            connections=connections,
        )

    nodes = tuple(node(name, draw(types), tuple(draw(lines))) for name in ids)
    trigger = None
    if draw(st.booleans()) and "trigger" not in ids:
        trigger = node("trigger", "trigger", draw(st.none() | lines.map(tuple)))
    return FlowData(
        id=id_,
        name=draw(texts),
        type=draw(st.sampled_from(["traditional", "agent", "?"])),
        domain="a",
        description=draw(texts),
        trigger=trigger,
        nodes=nodes,
        extra=draw(st.dictionaries(st.sampled_from(["agent_group", "tools", "memory"]), values)),
    )


@st.composite
def designs(draw: st.DrawFn) -> DesignData:
    """A few domains that exchange events, some of which nobody sends or wants."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "c-d", "end"]), unique=True, max_size=4))
    events = st.dictionaries(
        st.sampled_from(["e1", "e2", "E 3"]), st.sampled_from(["f1", "f2", "gone", ""]), max_size=3
    )
    place = st.fixed_dictionaries({"x": numbers, "y": numbers})
    layouts = st.fixed_dictionaries(
        {
            "flows": st.dictionaries(st.sampled_from(["f1", "f2"]), place),
            "portals": st.dictionaries(st.sampled_from(["a", "b", "zz"]), place),
        }
    )
    domains = [
        domain(
            id_,
            *draw(st.lists(st.sampled_from(["f1", "f2:agent", "f3"]), unique=True)),
            publishes=draw(events),
            consumes=draw(events),
            layout=draw(layouts),
            description=draw(texts),
        )
        for id_ in ids
    ]
    found = {
        f"{id_}/{name}": draw(flows(name))
        for id_ in ids
        for name in draw(st.sets(st.sampled_from(["f1", "f9"])))
    }
    where = draw(st.dictionaries(st.sampled_from(["a", "b", "c-d"]), st.tuples(numbers, numbers)))
    return design(*domains, flows=found, layout=where)
