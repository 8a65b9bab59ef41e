"""Data store: reading and writing records, files or shared state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import Clash, Need, Range, Settings, ordered, when_word
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first, text

_ON_MEMORY = ("get", "set", "merge", "reset", "subscribe", "update_where")
OPERATIONS = (
    *("create", "read", "update", "delete", "list", "upsert"),
    *("create_many", "update_many", "delete_many", "aggregate"),
    *_ON_MEMORY,
)


class Pagination(Part):
    """How a list is cut into pages."""

    style: str | None = words("Way of paging.", "cursor", "offset")
    default_limit: Amount | None = setting("On a page unless asked otherwise.", unit="entries")
    max_limit: Amount | None = setting("Most that may be asked for.", unit="entries")


class AggregateField(Part):
    """One figure that an aggregate computes."""

    function: str | None = words("What is computed.", "count", "sum", "avg", "min", "max")
    field: str | None = setting("Field that it is computed from.")
    alias: str | None = setting("Name of the figure.")


class DataStoreSpec(SpecModel):
    """What is done to which records."""

    operation: str | None = words("What is done.", *OPERATIONS)
    model: str | None = setting("Name of the schema.", suggest="schema")
    store_type: str | None = words(
        "Where the data is (default: database).", "database", "filesystem", "memory"
    )
    data: dict[str, Any] | list[Any] | str | None = setting("Field to value or data path.")
    query: dict[str, Any] | list[Any] | str | None = setting("Which records.")
    filter: dict[str, Any] | list[Any] | str | None = setting(
        "Which records (guide).", same_as="query"
    )
    filters: list[Any] | dict[str, Any] | None = setting("Conditions that a caller may set.")
    description: str | None = setting("What happens here, in a sentence.")
    pagination: Pagination | Flag | str | None = setting("How a list is cut into pages.")
    sort: dict[str, Any] | list[Any] | str | None = setting("Order of a list.")
    include: list[Any] | dict[str, Any] | str | None = setting("Related records to read along.")
    select: dict[str, Any] | list[Any] | str | None = setting("Fields to read.")
    upsert_key: list[str] | str | None = setting("Fields by which an existing record is found.")
    batch: Flag | dict[str, Any] | Amount | None = setting("Whether many are handled at once.")
    returning: Flag | list[str] | str | None = setting("What is handed back.")
    safety: str | None = words("What happens when nothing matches.", "strict", "lenient")
    aggregate_fields: list[AggregateField] | None = setting("Figures that an aggregate computes.")
    group_by: list[str] | str | None = setting("Fields that an aggregate groups by.")
    path: str | None = setting("Path of the file, for a file store.")
    content: Any = setting("What is written to the file.")
    create_parents: Flag | None = setting("Whether missing folders are made.")
    store: str | None = setting("Name of the store, for memory.")
    selector: str | None = setting("Which part of the store, for memory.")
    predicate: str | dict[str, Any] | None = setting("Which entries of the store are changed.")
    patch: dict[str, Any] | str | None = setting("What is changed in them.")


def _summary(spec: Settings) -> str:
    where = first(spec, "model", "entity", "path")
    store = joined(first(spec, "store"), first(spec, "selector"), by=".")
    return joined(first(spec, "operation", "action"), where or store, by=" ")


def _memory_part(spec: Settings, _: frozenset[str]) -> bool:
    return text(spec.get("store_type")) == "memory" and text(spec.get("operation")) != "reset"


def _store_clashes(spec: Settings) -> Iterator[Clash]:
    operation, kind = text(spec.get("operation")), text(spec.get("store_type"))
    if operation in _ON_MEMORY and kind in ("database", "filesystem"):
        yield Clash(
            ("operation",),
            f"“{operation}” is an operation on memory, but store_type is “{kind}”. Make them "
            "agree.",
        )
    elif kind == "memory" and operation.endswith("_many"):
        yield Clash(
            ("operation",),
            f"“{operation}” is an operation on a database, but store_type is “memory”. Make them "
            "agree.",
        )


TYPES = (
    NodeType(
        type="data_store",
        category="data",
        icon="▥",
        help="Reads or writes records, files or shared state.",
        spec=DataStoreSpec,
        outputs=(
            Port(
                "success", aliases=("ok", "hit", "found", "done", "next", "result"), required=True
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
        usual=("query",),
        required=(("operation", "action"), ("model", "entity", "schema", "path", "store")),
        ranges=(
            Range("pagination.default_limit", 1, unit="entries"),
            Range("pagination.max_limit", 1, unit="entries"),
        ),
        required_when=(
            Need(("store",), when_word("store_type", "memory"), "the data is stored in memory"),
            Need(("selector",), _memory_part, "a store in memory has several parts"),
            Need(
                ("predicate",),
                when_word("operation", "update_where"),
                "it says which entries change",
            ),
            Need(("patch",), when_word("operation", "update_where"), "it says what changes"),
            Need(("path",), when_word("store_type", "filesystem"), "the data is stored in a file"),
            Need(
                ("model", "entity", "schema", "aggregate_fields"),
                when_word("store_type", "database"),
                "the data is stored in a database",
            ),
        ),
        clashes=(_store_clashes, ordered("pagination.default_limit", "pagination.max_limit")),
        chart_shape="data",
        refers_to=("model", "store"),
    ),
)
