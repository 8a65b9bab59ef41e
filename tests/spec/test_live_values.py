"""Every way to change nested data through a live object is kept as one step, or refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from tests.files.projects import FLOW_PATH, KEY, small_project


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


@pytest.fixture
def node(project: ddd.Project) -> Any:
    node: Any = project.flows[KEY].nodes["charge"]
    node.spec["tags"] = ["b", "a"]
    node.spec["retry"] = {"max": 1, "on": {"codes": [500]}}
    return node


LIST_CHANGES: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
    "append": (lambda tags: tags.append("c"), ["b", "a", "c"]),
    "extend": (lambda tags: tags.extend(["c", "d"]), ["b", "a", "c", "d"]),
    "extend with itself": (lambda tags: tags.extend(tags), ["b", "a", "b", "a"]),
    "insert": (lambda tags: tags.insert(1, "c"), ["b", "c", "a"]),
    "pop": (lambda tags: tags.pop(), ["b"]),
    "pop first": (lambda tags: tags.pop(0), ["a"]),
    "remove": (lambda tags: tags.remove("b"), ["a"]),
    "sort": (lambda tags: tags.sort(), ["a", "b"]),
    "sort backwards": (lambda tags: tags.sort(key=str, reverse=True), ["b", "a"]),
    "reverse": (lambda tags: tags.reverse(), ["a", "b"]),
    "clear": (lambda tags: tags.clear(), []),
    "set": (lambda tags: tags.__setitem__(0, "x"), ["x", "a"]),
    "set a slice": (lambda tags: tags.__setitem__(slice(0, 1), ("x", "y")), ["x", "y", "a"]),
    "delete": (lambda tags: tags.__delitem__(-1), ["b"]),
    "delete a slice": (lambda tags: tags.__delitem__(slice(0, 2)), []),
    "+=": (lambda tags: tags.__iadd__(["c"]), ["b", "a", "c"]),
    "*=": (lambda tags: tags.__imul__(2), ["b", "a", "b", "a"]),
}


@pytest.mark.parametrize("how", LIST_CHANGES)
def test_every_way_to_change_a_list_is_one_step(project: ddd.Project, node: Any, how: str) -> None:
    change, wanted = LIST_CHANGES[how]
    before = node.data
    change(node.spec["tags"])
    assert node.spec["tags"] == wanted
    if wanted != ["b", "a"]:
        project.undo()
        assert node.data == before
        project.redo()
    project.save()
    again: Any = ddd.open(project.root, watch=False).flows[KEY].nodes["charge"]
    assert again.spec["tags"] == wanted


MAP_CHANGES: dict[str, tuple[Callable[[Any], object], dict[str, Any]]] = {
    "setdefault": (
        lambda m: m.setdefault("new", []),
        {"max": 1, "on": {"codes": [500]}, "new": []},
    ),
    "update": (lambda m: m.update({"max": 2}, a=1), {"max": 2, "on": {"codes": [500]}, "a": 1}),
    "update by pairs": (lambda m: m.update([("max", 2)]), {"max": 2, "on": {"codes": [500]}}),
    "|=": (lambda m: m.__ior__({"max": 2}), {"max": 2, "on": {"codes": [500]}}),
    "pop": (lambda m: m.pop("on"), {"max": 1}),
    "popitem": (lambda m: m.popitem(), {"max": 1}),
    "clear": (lambda m: m.clear(), {}),
    "attribute": (lambda m: setattr(m, "max", 3), {"max": 3, "on": {"codes": [500]}}),
    "deep": (lambda m: m["on"]["codes"].append(502), {"max": 1, "on": {"codes": [500, 502]}}),
    "deep +=": (
        lambda m: m["on"].__setitem__("codes", m["on"]["codes"].__iadd__([502])),
        {"max": 1, "on": {"codes": [500, 502]}},
    ),
}


@pytest.mark.parametrize("how", MAP_CHANGES)
def test_every_way_to_change_a_map_is_one_step(project: ddd.Project, node: Any, how: str) -> None:
    change, wanted = MAP_CHANGES[how]
    before = node.data
    change(node.spec["retry"])
    assert node.spec["retry"] == wanted
    project.undo()
    assert node.data == before
    project.redo()
    project.save()
    again: Any = ddd.open(project.root, watch=False).flows[KEY].nodes["charge"]
    assert again.spec["retry"] == wanted


def test_a_default_that_was_set_is_live(project: ddd.Project, node: Any) -> None:
    node.spec.setdefault("labels", []).append("x")
    node.spec.setdefault("labels", []).append("y")
    node.spec.setdefault("limits", {})["cpu"] = 2
    assert node.spec.labels == ["x", "y"]
    assert node.spec.limits == {"cpu": 2}
    assert node.extra.setdefault("observability", {}).setdefault("level", "info") == "info"
    assert project.undo() == "set observability.level of charge"


def test_operators_on_the_settings_themselves_are_one_step(project: ddd.Project, node: Any) -> None:
    before = node.data
    node.spec |= {"timeout": 31, "more": [1]}
    assert (node.spec.timeout, node.spec.more) == (31, [1])
    assert project.undo() == "set timeout, more of charge"
    assert node.data == before
    node.spec.tags += ["c"]
    assert node.spec.tags == ["b", "a", "c"]
    project.undo()
    assert node.data == before
    node.spec.update(timeout=32)
    node.spec = node.spec
    assert project.undo() == "set timeout of charge"


def test_what_is_taken_out_is_plain_and_apart(node: Any) -> None:
    taken = node.spec.pop("retry")
    assert type(taken) is dict
    taken["on"]["codes"].append(1)
    assert "retry" not in node.spec
    assert node.spec.pop("retry", None) is None
    with pytest.raises(KeyError):
        node.spec.pop("retry")
    assert node.spec.tags.pop() == "a"


def test_copies_are_apart_from_the_node(project: ddd.Project, node: Any) -> None:
    before = copy.deepcopy(node.data.spec)
    for made in (
        node.spec.to_dict(),
        node.spec.copy(),
        copy.copy(node.spec),
        copy.deepcopy(node.spec),
        node.spec | {},
        {} | node.spec,
        node.resolved,
    ):
        assert type(made) is dict
        made["tags"].append("lost")
        made["retry"]["on"]["codes"].clear()
    for items in (
        node.spec.tags.to_list(),
        node.spec.tags * 2,
        copy.deepcopy(node.spec.tags),
    ):
        assert type(items) is list
        items.append("lost")
    assert node.data.spec == before
    assert project.undo() == "set retry of charge"


def test_what_was_given_is_kept_as_it_was_then(project: ddd.Project, node: Any) -> None:
    tags = ["x"]
    node.spec["tags"] = tags
    project.flows[KEY].set_value("charge", ("spec", "more"), tags)
    project.flows[KEY].add_node("process", id="other", spec={"tags": tags})
    project.flows[KEY].connect("charge", "other", "next", data=tags)
    tags.append("later")
    assert node.spec.tags == node.spec.more == ["x"]
    assert project.flows[KEY].nodes["other"].spec["tags"] == ["x"]
    assert project.flows[KEY].connection("charge", "next", "other")["data"] == ["x"]


def test_a_look_at_connections_says_how_to_change_them(node: Any) -> None:
    assert copy.deepcopy(node.connections) == {"next": ["receipt"]}
    changes: tuple[Callable[[], object], ...] = (
        lambda: node.connections["next"].append("reject"),
        lambda: node.connections.update(next=["reject"]),
        lambda: node.connections.pop("next"),
        lambda: node.connections["next"].__setitem__(0, "reject"),
        lambda: node.connections.setdefault("failure", []),
    )
    for change in changes:
        with pytest.raises(ddd.EditError, match=r"flow\.connect"):
            change()


def test_a_look_at_what_a_connection_says_tells_how_to_change_it(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.connection("charge", "next").update(data=["amount"])
    (edge,) = [edge for edge in flow.edges if edge.source == "charge"]
    assert edge.extra == {"data": ["amount"]}
    with pytest.raises(ddd.EditError, match=r"flow\.connection"):
        edge.extra["label"] = "paid"
    with pytest.raises(ddd.EditError, match=r"flow\.connection"):
        edge.extra["data"].append("currency")
    copied = copy.deepcopy(edge.extra)
    copied["data"].append("currency")
    assert flow.connection("charge", "next") == {"data": ["amount"]}


def test_an_attribute_that_is_none_is_refused(project: ddd.Project, node: Any) -> None:
    with pytest.raises(AttributeError, match="did you mean 'label'"):
        node.lable = "x"
    flow: Any = project.flows[KEY]
    with pytest.raises(AttributeError, match="did you mean 'description'"):
        flow.desciption = "x"
    domain: Any = project.domains["payments"]
    with pytest.raises(AttributeError, match="no attribute 'owner'"):
        domain.owner = "x"


def test_a_connection_is_changed_in_the_same_ways(project: ddd.Project) -> None:
    line: Any = project.flows[KEY].connection("charge", "next")
    line.update(label="paid", data=["amount"])
    assert project.undo() == "set label, data of charge → receipt"
    project.redo()
    line.data += ["currency"]
    line.setdefault("retry_config", {})["max_attempts"] = 3
    assert line.pop("label") == "paid"
    assert dict(line) == {"data": ["amount", "currency"], "retry_config": {"max_attempts": 3}}
    project.save()
    text = (project.root / FLOW_PATH).read_text()
    assert "currency" in text
    assert "paid" not in text


def test_a_change_of_a_files_data_in_place_is_kept(project: ddd.Project) -> None:
    path = "specs/domains/payments/domain.yaml"

    def change(data: Any) -> Any:
        data.get("domain", data)["owner"] = "ada"
        return data

    project.workbench.edit_data(path, change, "name the owner")
    assert project.dirty == {path}
    project.save()
    assert "owner: ada" in (project.root / path).read_text()
    assert project.undo() == "name the owner"
    assert project.dirty == {path}
