"""The clipboard as text: what people copy, where they copy it from, and what is pasted at them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ddd_lab as ddd
from ddd_lab.files.edit.clipboard import MOST_TEXT, read_clip
from ddd_lab.spec.edit.nodes import EditError
from tests.files.flow_texts import flow_texts
from tests.files.projects import FLOW_PATH, GUIDE_FLOW, KEY, changed_lines, small_project
from tests.profiles import tries

HANDLES = """\
- id: check
  type: decision
  position: {x: 10, y: 20}
  connections:
    - targetNodeId: pay
      sourceHandle: "true"
      label: rich
      data: [{name: amount, type: number}]
    - targetNodeId: stop
      sourceHandle: "false"
  spec:
    condition: amount > 0
  label: Enough?
- id: pay
  type: process
  connections: []
  spec: {description: Takes the money}
- id: stop
  type: terminal
  spec: {status: 402}
"""


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def test_copied_nodes_are_readable_text_with_a_heading(project: ddd.Project) -> None:
    assert project.flows[KEY].copy_nodes("charge", "receipt") == textwrap.dedent("""\
        # 2 nodes copied from the flow payments/charge-card (DDD Lab); paste into any flow.
        nodes:
          - id: charge
            type: process
            label: Charge the card
            position: {x: 300, y: 50}
            spec:
              operation: charge_card
              timeout: 30
            connections:
              next: receipt
          - id: receipt
            type: terminal
            position: {x: 500, y: 50}
            spec:
              status: 201
        """)


def test_what_is_pasted_adds_its_lines_and_changes_no_other(
    project: ddd.Project, tmp_path: Path
) -> None:
    flow = project.flows[KEY]
    assert flow.paste(flow.copy_nodes("charge", "receipt"), at=(10, 500)) == (
        "charge_2",
        "receipt_2",
    )
    project.save()
    lines = changed_lines(GUIDE_FLOW, (tmp_path / FLOW_PATH).read_text())
    assert all(line.startswith("+") for line in lines)
    assert "+      next: receipt_2" in lines
    assert project.undo() == "paste 2 nodes"
    project.save()
    assert (tmp_path / FLOW_PATH).read_text() == GUIDE_FLOW


def test_cutting_is_one_step_and_the_text_brings_everything_back(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    before = flow.data
    text = flow.cut_nodes("charge", "receipt")
    assert list(flow.nodes) == ["validate", "reject"]
    assert flow.paste(text) == ("charge", "receipt")
    assert flow.nodes["charge"].data == before.by_id["charge"]
    assert (project.undo(), project.undo()) == ("paste 2 nodes", "cut 2 nodes")
    assert flow.data == before


@pytest.mark.parametrize(
    "text",
    [
        HANDLES,
        f"nodes:\n{textwrap.indent(HANDLES, '  ')}metadata: {{created: today}}\n",
        f"flow: {{id: other, type: agent}}\ntrigger: {{type: http}}\nnodes:\n{HANDLES}",
        textwrap.indent(HANDLES, "      "),
        textwrap.indent(HANDLES, "    ").lstrip(),
        HANDLES.replace("\n", "\r\n"),
        yaml.safe_dump(yaml.safe_load(HANDLES), default_flow_style=True, width=1e9),
        "\ufeff" + HANDLES,
    ],
    ids=["list", "wrapped", "file", "indented", "cut-off", "crlf", "flow-style", "bom"],
)
def test_nodes_are_pasted_from_any_place_that_people_copy_them_from(
    project: ddd.Project, text: str
) -> None:
    flow = project.flows[KEY]
    assert flow.paste(text) == ("check", "pay", "stop")
    assert flow.nodes["check"].connections == {"true": ["pay"], "false": ["stop"]}
    assert flow.connection("check", "true").label == "rich"
    assert flow.nodes["stop"].spec.status == 402
    project.save()


def test_a_single_node_and_json_are_pasted_too(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    assert flow.paste("id: lone\ntype: terminal\nspec: {status: 204}\n") == ("lone",)
    assert flow.paste('{"nodes": [{"id": "charge", "type": "process"}]}') == ("charge_2",)


def test_a_node_without_an_id_gets_one(project: ddd.Project) -> None:
    assert project.flows[KEY].paste("- type: process\n  label: Count the money\n") == (
        "count_the_money",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        ("just words", "has no nodes"),
        ("nodes: 3", "has no nodes"),
        ("- id: a\n", "has no type"),
        ("- word\n", "is not a map"),
        ("- id: a\n  type: [", "line 2, column 10"),
        ("- type: trigger\n  id: t\n", "keeps its own trigger"),
        ("a: &a [x]\nnodes: [*b]", "line 2"),
        ("- id: a\n  type: process\n  spec: " + "[" * 80 + "]" * 80, "deeper"),
        ("- id: a\n  type: llm_call\n  spec: {system_prompt: [1]}", "system_prompt"),
        ("x" * (MOST_TEXT + 1), "too many to paste"),
    ],
)
def test_a_text_that_holds_no_usable_nodes_is_refused_with_the_reason(
    project: ddd.Project, text: str, reason: str
) -> None:
    flow = project.flows[KEY]
    before = flow.data
    with pytest.raises(EditError, match=reason):
        flow.paste(text)
    assert flow.data is before


def test_what_can_be_mended_is_pasted(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    twins = "- {id: a, type: process}\n- {id: a, type: process}"
    assert flow.paste(twins) == ("a", "process")
    assert flow.paste("- {id: far, type: process, position: {x: 1e300, y: .nan}}") == ("far",)
    assert flow.nodes["far"].position is None
    project.save()


def test_nodes_can_be_pasted_and_saved_as_far_out_as_a_position_goes(tmp_path: Path) -> None:
    project = ddd.open(small_project(tmp_path), watch=False)
    [pasted] = project.flows[KEY].paste("- {id: far, type: process}", (0, 1e9))
    project.save()
    assert ddd.open(tmp_path, watch=False).flows[KEY].nodes[pasted].position == (0, 1e9)


hostile = st.one_of(
    st.text(max_size=200),
    st.text("-:[]{}&*!|>#'\"\n abidtype", max_size=120),
    st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")),
    flow_texts(),
    st.builds(
        lambda text, at, more: text[:at] + more + text[at:],
        st.just(HANDLES),
        st.integers(0, len(HANDLES)),
        st.text(max_size=8),
    ),
)


@settings(max_examples=tries(50, 1000), suppress_health_check=list(HealthCheck))
@given(text=hostile, at=st.none() | st.tuples(st.floats(), st.floats()))
def test_whatever_is_pasted_is_taken_whole_or_refused_whole(
    tmp_path_factory: pytest.TempPathFactory, text: str, at: tuple[float, float] | None
) -> None:
    root = tmp_path_factory.getbasetemp() / "pasting"
    project = ddd.open(small_project(root), watch=False)
    flow = project.flows[KEY]
    before = flow.data
    try:
        ids = flow.paste(text, at)
    except EditError:
        assert flow.data is before
        assert not project.dirty
    else:
        assert set(ids) <= set(flow.nodes)
        project.save()
        again = ddd.open(root, watch=False).workbench.flow_data(KEY)
        assert [node.id for node in again.nodes] == [node.id for node in flow.data.nodes]
        project.undo()
        project.save()
        assert (root / FLOW_PATH).read_text() == GUIDE_FLOW


def test_every_real_flow_can_be_copied_and_pasted_whole(corpus: Path) -> None:
    for name in ("nexus", "obligo", "todo-app"):
        project = ddd.open(corpus / name, watch=False)
        for key, flow in project.flows.items():
            clip = read_clip(flow.copy_nodes(*flow.nodes))
            assert [node.id for node in clip.nodes] == list(flow.nodes), key
            assert [node.spec for node in clip.nodes] == [
                flow.nodes[id].data.spec for id in flow.nodes
            ], key
            assert len(flow.paste(flow.copy_nodes(*flow.nodes))) == len(clip.nodes)


def test_nodes_in_json_may_spell_characters_in_two_escapes(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    (id,) = flow.paste(r'[{"id": "party", "type": "process", "label": "\ud83c\udf89 Done"}]')
    assert flow.nodes[id].label == "🎉 Done"
    project.save()
    with pytest.raises(EditError, match=r"line 1, column 47.*half of a surrogate pair"):
        flow.paste(r'[{"id": "party", "type": "process", "label": "\ud83c Done"}]')


def test_two_escapes_in_a_file_stay_until_they_are_edited(tmp_path: Path) -> None:
    text = GUIDE_FLOW.replace("label: 'Charge the card'", r'label: "\ud83d\udcb3 Charge"')
    root = small_project(tmp_path, text)
    project = ddd.open(root, watch=False)
    node = project.flows[KEY].nodes["charge"]
    assert node.label == "💳 Charge"
    node.spec["timeout"] = 31
    project.save()
    assert (root / FLOW_PATH).read_text() == text.replace("timeout: 30", "timeout: 31")
    node.label = "💳 Take the money"
    project.save()
    assert '"💳 Take the money"' in (root / FLOW_PATH).read_text("utf-8")
