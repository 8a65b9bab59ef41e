"""Data store: reading and writing records, files or shared state."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, NodeType, Port, Settings, SpecModel
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, said, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first

OPERATIONS = (
    "create",
    "read",
    "update",
    "delete",
    "list",
    "upsert",
    "create_many",
    "update_many",
    "delete_many",
    "aggregate",
    "get",
    "set",
    "merge",
    "reset",
    "subscribe",
    "update_where",
)


class Pagination(Part):
    """How a list is cut into pages."""

    style: str | None = words("Way of paging.", "cursor", "offset")
    default_limit: Amount | None = said("Entries on a page unless asked otherwise.")
    max_limit: Amount | None = said("Most entries that may be asked for.")


class AggregateField(Part):
    """One figure that an aggregate computes."""

    function: str | None = words("What is computed.", "count", "sum", "avg", "min", "max")
    field: str | None = said("Field that it is computed from.")
    alias: str | None = said("Name of the figure.")


class DataStoreSpec(SpecModel):
    """What is done to which records."""

    operation: str | None = words("What is done.", *OPERATIONS)
    model: str | None = said("Name of the schema.", suggest="schema")
    store_type: str | None = words(
        "Where the data lives (a database unless stated).", "database", "filesystem", "memory"
    )
    data: dict[str, Any] | list[Any] | str | None = said("Field to value or data path.")
    query: dict[str, Any] | list[Any] | str | None = said("Which records.")
    filter: dict[str, Any] | list[Any] | str | None = said("Which records (guide).")
    filters: list[Any] | dict[str, Any] | None = said("Conditions that a caller may set.")
    description: str | None = said("What happens here, in a sentence.")
    pagination: Pagination | Flag | str | None = said("How a list is cut into pages.")
    sort: dict[str, Any] | list[Any] | str | None = said("Order of a list.")
    include: list[Any] | dict[str, Any] | str | None = said("Related records to read along.")
    select: dict[str, Any] | list[Any] | str | None = said("Fields to read.")
    upsert_key: list[str] | str | None = said("Fields by which an existing record is found.")
    batch: Flag | dict[str, Any] | Amount | None = said("Whether many are handled at once.")
    returning: Flag | list[str] | str | None = said("What is handed back.")
    safety: str | None = words("What happens when nothing matches.", "strict", "lenient")
    aggregate_fields: list[AggregateField] | None = said("Figures that an aggregate computes.")
    group_by: list[str] | str | None = said("Fields that an aggregate groups by.")
    path: str | None = said("Path of the file, for a file store.")
    content: Any = said("What is written to the file.")
    create_parents: Flag | None = said("Whether missing folders are made.")
    store: str | None = said("Name of the store, for memory.")
    selector: str | None = said("Which part of the store, for memory.")
    predicate: str | dict[str, Any] | None = said("Which entries of the store are changed.")
    patch: dict[str, Any] | str | None = said("What is changed in them.")


def _summary(spec: Settings) -> str:
    where = first(spec, "model", "entity", "path")
    store = joined(first(spec, "store"), first(spec, "selector"), by=".")
    return joined(first(spec, "operation", "action"), where or store, by=" ")


TYPES = (
    NodeType(
        type="data_store",
        title="Data store",
        category="data",
        icon="▥",
        help="Reads or writes records, files or shared state.",
        spec=DataStoreSpec,
        outputs=(
            Port(
                "success",
                aliases=("ok", "hit", "found", "done", "next", "result"),
                required=True,
            ),
            Port(
                FAILURE.name,
                handle=FAILURE.handle,
                aliases=(*FAILURE.aliases, "miss", "not_found", "empty"),
                required=True,
            ),
        ),
        summary=_summary,
        new={"operation": "create", "model": "", "data": {}},
        required=(("operation", "action"), ("model", "entity", "schema", "path", "store")),
    ),
)
