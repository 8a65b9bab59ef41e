"""Finding anything in a design by a few letters."""

from __future__ import annotations

from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.files.projects import DOMAIN, FLOW_PATH, KEY, small_project

ERRORS = "errors:\n  CARD_DECLINED:\n    http_status: 402\n    message: The bank said no\n"
SCHEMA = "schema:\n  name: Payment\n  fields:\n    - name: amount\n      type: decimal\n"


@pytest.fixture
def project(tmp_path: Path) -> ddd.Project:
    small_project(tmp_path)
    (tmp_path / "specs/domains/payments/domain.yaml").write_text(
        DOMAIN.replace("publishes_events: []", "publishes_events:\n    - event: card.charged")
    )
    for path, text in {"shared/errors.yaml": ERRORS, "schemas/payment.yaml": SCHEMA}.items():
        (tmp_path / "specs" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "specs" / path).write_text(text)
    return ddd.open(tmp_path, watch=False)


@pytest.mark.parametrize(
    ("query", "where", "kind", "text"),
    [
        ("charge", f"{KEY}#charge", "node", "charge"),
        ("Charge the c", f"{KEY}#charge", "node", "Charge the card"),
        ("charge-card", KEY, "flow", "charge-card"),
        ("CHARGE CARD", KEY, "flow", "Charge Card"),
        ("payments", "payments", "domain", "payments"),
        ("card.char", "payments", "event", "card.charged"),
        ("declined", "specs/shared/errors.yaml", "error", "CARD_DECLINED"),
        ("payment", "specs/schemas/payment.yaml", "schema", "Payment"),
        ("positive must", f"{KEY}#validate", "value", "amount must be positive"),
        ("422", f"{KEY}#reject", "value", "422"),
        ("bank said", "specs/shared/errors.yaml", "value", "The bank said no"),
    ],
)
def test_the_best_match_comes_first(
    project: ddd.Project, query: str, where: str, kind: str, text: str
) -> None:
    hit = project.search(query)[0]
    assert (hit.where, hit.kind, hit.text) == (where, kind, text)


def test_a_hit_says_where_it_stands_and_which_letters_match(project: ddd.Project) -> None:
    hit = project.search("the card")[0]
    assert (hit.path, hit.line) == (FLOW_PATH, 25)
    start, end = hit.span
    assert hit.text[start:end] == "the card"
    assert hit.score > project.search("positive")[0].score


def test_lines_of_hits_in_other_files_are_found_too(project: ddd.Project) -> None:
    assert project.search("bank said")[0].line == 4
    assert project.search("card.charged")[0].line == 9


def test_search_follows_every_edit_undo_and_new_file(project: ddd.Project, tmp_path: Path) -> None:
    assert project.search("zebra") == []
    project.flows[KEY].nodes["charge"].label = "Zebra crossing"
    assert [hit.where for hit in project.search("zebra")] == [f"{KEY}#charge"]
    project.undo()
    assert project.search("zebra") == []
    (tmp_path / "specs/schemas/zebra.yaml").write_text("name: Zebra\n")
    project.refresh()
    assert {hit.path for hit in project.search("zebra")} == {"specs/schemas/zebra.yaml"}
    (tmp_path / "specs/schemas/zebra.yaml").unlink()
    project.refresh()
    assert project.search("zebra") == []


def test_all_words_must_occur_in_one_text(project: ddd.Project) -> None:
    assert project.search("bank positive") == []


@pytest.mark.parametrize("query", ["", "   ", "\n", "(", "[a-", "\\", "x" * 10_000, "\0", "İ"])
def test_any_query_is_answered(project: ddd.Project, query: str) -> None:
    assert project.search(query) == []


def test_no_more_hits_come_than_were_asked_for(project: ddd.Project) -> None:
    assert len(project.search("c", limit=3)) == 3
    assert project.search("c", limit=0) == []


def test_a_broken_file_is_left_out_and_the_rest_is_searched(
    project: ddd.Project, tmp_path: Path
) -> None:
    (tmp_path / "specs/schemas/payment.yaml").write_text("name: [")
    project.refresh()
    assert {hit.path for hit in project.search("charge")} >= {FLOW_PATH}
    assert all(hit.path != "specs/schemas/payment.yaml" for hit in project.search("payment"))


def test_every_flow_and_node_of_a_real_design_is_found_by_its_name(corpus: Path) -> None:
    project = ddd.open(corpus / "nexus", watch=False)
    for key, flow in project.flows.items():
        assert key in {hit.where for hit in project.search(flow.name)}, flow.name
        for id in flow.nodes:
            assert f"{key}#{id}" in {hit.where for hit in project.search(id)}


WORDS = (
    "order", "id", "e", "http", "post", "validate", "error", "contract.ingested", "it's", "naïve",
    "200", "true", "trigger", "nothing like this", "user register", "$.email", "größe",
)  # fmt: skip


@pytest.mark.parametrize("name", ["nexus", "obligo", "todo-app"])
def test_a_design_that_nobody_read_yet_is_searched_as_one_that_was(corpus: Path, name: str) -> None:
    read = ddd.open(corpus / name, watch=False)
    for path in list(read.workbench.documents):
        read.workbench.document(path)
    for words in WORDS:
        fresh = ddd.open(corpus / name, watch=False)
        assert fresh.search(words) == read.search(words), words


@pytest.mark.parametrize(
    "written",
    [
        "Überweisung 7x9",
        '"\\u00dcberweisung 7x9"',
        "'Überweisung 7x9'",
        '"Überwei\\\n    sung 7x9"',
        ">-\n    Überweisung\n    7x9",
    ],
)
def test_a_text_is_found_however_it_is_written(tmp_path: Path, written: str) -> None:
    root = small_project(tmp_path)
    path = root / "specs/domains/payments/flows/other.yaml"
    path.write_text(f"flow:\n  id: other\n  name: {written}\nnodes: []\n", "utf-8")
    found = ddd.open(root, watch=False).search("überweisung")
    assert [hit.where for hit in found] == ["payments/other"]


def test_files_without_the_words_are_not_read_as_designs(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    other = "specs/domains/payments/flows/other.yaml"
    (root / other).write_text("flow: {id: other, name: Quite different}\nnodes: []\n", "utf-8")
    project = ddd.open(root, watch=False)
    project.search("charge")
    assert project.workbench.is_read(FLOW_PATH)
    assert not project.workbench.is_read(other)

    (root / other).write_text("flow: {id: other, name: Charge twice}\nnodes: []\n", "utf-8")
    project.refresh()
    assert "payments/other" in [hit.where for hit in project.search("charge")]
