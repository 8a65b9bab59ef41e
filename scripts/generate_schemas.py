"""Writes the JSON Schemas of node settings and files to docs/schema (`make schema`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ddd_lab.spec.catalogue import catalogue
from ddd_lab.spec.edit.connections import ConnectionSpec
from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    ProjectFile,
    SchemaModel,
    SystemLayout,
    SystemModel,
)

FOLDER = Path(__file__).parents[1] / "docs" / "schema"
FILES: dict[str, type[BaseModel]] = {
    "architecture": ArchitectureModel,
    "config": ConfigModel,
    "domain": DomainModel,
    "errors": ErrorRegistry,
    "project": ProjectFile,
    "schema": SchemaModel,
    "system": SystemModel,
    "system-layout": SystemLayout,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its path inside docs/schema.

    ``nodes/<type>.json`` describes the settings of a node as files write them;
    ``files/<kind>.json`` describes a file once it is read, when its variants have become one;
    ``connection.json`` what a connection says beside its ends.
    """
    found = {
        f"nodes/{word}.json": _schema(kind.spec, kind.title) for word, kind in catalogue().items()
    }
    found.update({f"files/{name}.json": _schema(model) for name, model in FILES.items()})
    found["connection.json"] = _schema(ConnectionSpec, "Connection")
    return found


def text_of(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[BaseModel], title: str = "") -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return {**whole, "title": title} if title else whole


def main() -> None:
    """Write all schemas, and remove files that no schema stands behind any more."""
    wanted = schemas()
    for path in FOLDER.rglob("*.json"):
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
    for name, schema in wanted.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
