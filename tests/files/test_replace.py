"""Find and replace: looked at first, done as one step, never at the cost of the design."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.spec.edit.nodes import EditError
from tests.files.projects import DOMAIN, FLOW_PATH, GUIDE_FLOW, KEY, changed_lines, small_project

DOMAIN_PATH = "specs/domains/payments/domain.yaml"


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    return ddd.open(small_project(tmp_path), watch=False)


def test_a_pattern_is_found_with_its_file_line_and_letters(project: ddd.Project) -> None:
    found = project.find("charge the")
    assert [(match.where, match.path, match.line, match.what) for match in found] == [
        (f"{KEY}#charge", FLOW_PATH, 25, "label")
    ]
    assert found[0].spans == ((0, 10),)
    assert project.find("charge the", case=True) == []


def test_replacing_changes_nothing_before_it_is_applied(project: ddd.Project) -> None:
    shown = project.replace("card", "purse")
    assert [(change.match.where, change.before, change.after) for change in shown.changes] == [
        ("payments", "Charge Card", "Charge purse"),
        ("payments", "Charges a card", "Charges a purse"),
        (KEY, "Charge Card", "Charge purse"),
        (f"{KEY}#charge", "Charge the card", "Charge the purse"),
        (f"{KEY}#charge", "charge_card", "charge_purse"),
    ]
    assert not project.dirty


def test_applied_it_is_one_step_over_all_files(project: ddd.Project, tmp_path: Path) -> None:
    assert project.replace("card", "purse").apply() == 5
    project.save()
    assert changed_lines(GUIDE_FLOW, (tmp_path / FLOW_PATH).read_text()) == [
        "-  name: Charge Card",
        "+  name: Charge purse",
        "-    label: 'Charge the card'",
        "+    label: 'Charge the purse'",
        "-      operation: charge_card",
        "+      operation: charge_purse",
    ]
    assert project.undo() == "replace 'card' by 'purse' in 5 places"
    project.save()
    assert (tmp_path / FLOW_PATH).read_text() == GUIDE_FLOW
    assert (tmp_path / DOMAIN_PATH).read_text() == DOMAIN


def test_only_the_chosen_changes_are_made(project: ddd.Project) -> None:
    assert project.replace("card", "purse").apply(only=[3]) == 1
    assert project.flows[KEY].nodes["charge"].label == "Charge the purse"
    assert project.flows[KEY].name == "Charge Card"
    with pytest.raises(EditError, match="only"):
        project.replace("card", "purse").apply(only=[99])


def test_ids_and_ends_of_connections_are_left_alone(project: ddd.Project) -> None:
    before = project.flows[KEY].data
    project.replace("re", "RE").apply()
    after = project.flows[KEY].data
    assert [node.id for node in after.nodes] == [node.id for node in before.nodes]
    assert after.edges == before.edges
    assert [node.type for node in after.nodes] == [node.type for node in before.nodes]
    assert project.domains["payments"].name == "payments"


def test_asked_for_ids_of_nodes_are_renamed_with_all_that_names_them(project: ddd.Project) -> None:
    shown = project.replace("receipt", "ticket", ids=True)
    assert [change.match.what for change in shown.changes] == ["id"]
    shown.apply()
    assert "ticket" in project.flows[KEY].nodes
    assert project.flows[KEY].nodes["charge"].connections == {"next": ["ticket"]}


def test_numbers_are_replaced_whole_and_stay_numbers(project: ddd.Project) -> None:
    project.replace(r"^422$", "409", regex=True).apply()
    assert project.flows[KEY].nodes["reject"].data.spec["status"] == 409
    assert len(project.replace("409", "none")) == 0


def test_groups_of_a_regular_expression_are_put_in(project: ddd.Project) -> None:
    project.replace(r"(\w+)_card", r"\1_money", regex=True).apply()
    assert project.flows[KEY].nodes["charge"].spec.operation == "charge_money"


def test_plain_text_means_itself(project: ddd.Project) -> None:
    project.flows[KEY].description = r"a.c \1 abc"
    project.replace("a.c", r"\1+").apply()
    assert project.flows[KEY].description == r"\1+ \1 abc"


@pytest.mark.parametrize(
    ("where", "count"),
    [("payments", 5), (KEY, 3), (f"{KEY}#charge", 2), (DOMAIN_PATH, 2), ([KEY, DOMAIN_PATH], 5)],
)
def test_it_looks_where_it_is_told_to(
    project: ddd.Project, where: str | list[str], count: int
) -> None:
    assert len(project.replace("card", "purse", in_=where)) == count


def test_what_makes_no_sense_is_refused(project: ddd.Project) -> None:
    with pytest.raises(EditError, match="what to find"):
        project.find("")
    with pytest.raises(EditError, match="not a regular expression"):
        project.find("(", regex=True)
    with pytest.raises(EditError, match="also matches empty text"):
        project.find("x*", regex=True)
    with pytest.raises(EditError, match="not valid"):
        project.replace("card", r"\9", regex=True)
    with pytest.raises(EditError, match="no 'nowhere'"):
        project.find("card", in_="nowhere")


def test_what_changed_since_the_preview_is_not_overwritten(project: ddd.Project) -> None:
    shown = project.replace("card", "purse")
    project.flows[KEY].nodes["charge"].label = "Something else"
    before = project.flows[KEY].data
    with pytest.raises(EditError, match="search again"):
        shown.apply()
    assert project.flows[KEY].data is before


def test_what_a_field_refuses_refuses_the_whole(project: ddd.Project) -> None:
    shown = project.replace("receipt|reject", "same", regex=True, ids=True)
    with pytest.raises(EditError, match="already"):
        shown.apply()
    assert not project.dirty


def test_connections_are_searched_and_replaced_too(project: ddd.Project) -> None:
    flow = project.flows[KEY]
    flow.connection("charge").label = "paid in full"
    project.replace("in full", "at once").apply()
    assert flow.connection("charge").label == "paid at once"


def test_on_real_designs_everything_replaced_can_be_saved_and_taken_back(
    corpus: Path, corpus_copy: object
) -> None:
    assert callable(corpus_copy)
    root = corpus_copy("nexus")
    project = ddd.open(root, watch=False)
    assert project.replace("content", "matter").apply() > 50
    keys = set(project.flows)
    project.save()
    assert set(ddd.open(root, watch=False).flows) == keys
    project.undo()
    for path in project.save():
        assert (root / path).read_bytes() == (corpus / "nexus" / path).read_bytes()
