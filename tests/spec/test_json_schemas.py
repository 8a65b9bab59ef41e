"""The JSON Schemas that are shipped are those of the models."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from ddd_lab.spec.catalogue import catalogue
from scripts.generate_schemas import FOLDER, schemas, text_of
from tests.spec.flows import real_flows

ALL = schemas()


def test_the_schemas_are_up_to_date() -> None:
    on_disk = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")}
    assert on_disk == set(ALL), "run `make schema` and commit docs/schema"
    for name, schema in ALL.items():
        assert (FOLDER / name).read_text("utf-8") == text_of(schema), f"run `make schema`: {name}"


@pytest.mark.parametrize("schema", ALL.values(), ids=ALL)
def test_every_schema_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_fresh_node_and_every_real_one_fit_their_schema(corpus: object) -> None:
    judges = {
        word: jsonschema.Draft202012Validator(ALL[f"nodes/{word}.json"]) for word in catalogue()
    }
    for word, kind in catalogue().items():
        judges[word].validate(dict(kind.new))
    for path, flow in real_flows():
        for node in flow.all_nodes():
            errors = [error.message for error in judges[node.type].iter_errors(node.spec)]
            assert errors == [], (path, node.id)
