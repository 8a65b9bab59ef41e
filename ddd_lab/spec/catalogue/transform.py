"""Transforming data: from one shape to another, over collections, out of and into texts."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import (
    FAILURE,
    NEXT,
    RARE_FAILURE,
    SUCCESS,
    NodeType,
    Port,
    SpecModel,
)
from ddd_lab.spec.catalogue._facts import EntryNeed, Need, Range, Settings, when_word
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, said, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first


class TransformSpec(SpecModel):
    """From which shape to which."""

    mode: str | None = words("Whether shapes or expressions say how.", "schema", "expression")
    input_schema: str | dict[str, Any] | None = said("Schema of what comes in.")
    output_schema: str | dict[str, Any] | None = said("Schema of what comes out.")
    field_mappings: dict[str, Any] | list[Any] | None = said("Field to data path or expression.")
    description: str | None = said("What is made of what, in a sentence.")


class Accumulator(Part):
    """How a list is reduced to one value."""

    init: Any = said("Value to start with.")
    expression: str | None = said("Next value, of acc and item.")


class CollectionSpec(SpecModel):
    """What is done to a list."""

    operation: str | None = words(
        "What is done.",
        *("filter", "sort", "deduplicate", "merge", "group_by", "aggregate", "reduce", "flatten"),
        *("first", "last", "join"),
    )
    input: str | list[Any] | None = said("Data path of the list.")
    predicate: str | None = said("Which items are kept.")
    key: str | list[str] | None = said("By what items are sorted, grouped or told apart.")
    direction: str | None = words("Order of sorting.", "asc", "desc")
    accumulator: Accumulator | str | None = said("How the list is reduced to one value.")
    count: Amount | None = said("How many items are taken.")
    right: str | None = said("Data path of the other list of a join.")
    on: str | dict[str, Any] | None = said("What joined items have in common.")
    join_type: str | None = words(
        "Which items a join keeps.", "inner", "left", "right", "full", "anti"
    )
    output: str | None = said("Name of the result.")
    description: str | None = said("What is done, in a sentence.")


class Selector(Part):
    """One piece that is picked out of a page."""

    name: str | None = said("Name of the piece.")
    css: str | None = said("CSS selector.")
    extract: str | None = said("What of the element is taken.")
    multiple: Flag | None = said("Whether all that match are taken.")


class ParseStrategy(Part):
    """Selectors for a page."""

    selectors: list[Selector] | None = said("The pieces to pick out.")


class ParseSpec(SpecModel):
    """What text is read as."""

    format: str | None = words(
        "Format of the text.", "rss", "atom", "html", "xml", "json", "csv", "markdown"
    )
    input: str | None = said("Data path of the text.")
    strategy: str | ParseStrategy | None = words(
        "How mistakes in the text are taken.", "strict", "lenient", "streaming"
    )
    library: str | None = said("Library that reads it.")
    output: str | None = said("Name of the result.")
    description: str | None = said("What is read, in a sentence.")


class TextSplitSpec(SpecModel):
    """How a long text is cut into pieces."""

    input: str | None = said("Data path of the text.")
    max_length: Amount | None = said("Most characters of a piece.")
    split_strategy: str | None = words(
        "Where it may be cut.", "word", "sentence", "paragraph", "character"
    )
    prefix_template: str | None = said("What stands before each piece.")
    suffix_template: str | None = said("What stands after each piece.")
    output: str | None = said("Name of the pieces.")
    description: str | None = said("What is cut, in a sentence.")


def _transform_summary(spec: Settings) -> str:
    shapes = joined(first(spec, "input_schema"), first(spec, "output_schema"), by=" → ")
    return shapes or count(spec.get("field_mappings"), "field")


TYPES = (
    NodeType(
        type="transform",
        category="data",
        icon="⇒",
        help="Turns data of one shape into another.",
        spec=TransformSpec,
        outputs=(NEXT, RARE_FAILURE),
        summary=_transform_summary,
        new={"input_schema": "", "output_schema": "", "field_mappings": {}},
        required=(("input_schema", "mode"), ("output_schema", "mode", "field_mappings")),
        required_when=(
            Need(("input_schema",), when_word("mode", "schema"), "schemas say what becomes what"),
            Need(("output_schema",), when_word("mode", "schema"), "schemas say what becomes what"),
            Need(
                ("field_mappings", "expression", "output_schema"),
                when_word("mode", "expression"),
                "expressions say what becomes what",
            ),
        ),
    ),
    NodeType(
        type="collection",
        category="data",
        icon="☰",
        help="Filters, sorts, groups or joins lists.",
        spec=CollectionSpec,
        outputs=(
            Port("result", aliases=("next", "valid", "output", "success", "done"), required=True),
            Port("empty", aliases=("error", "failure", "invalid")),
        ),
        summary=lambda spec: joined(first(spec, "operation"), first(spec, "input"), by=" "),
        new={"operation": "filter", "input": "", "predicate": ""},
        required=("operation", "input"),
        ranges=(Range("count", 1, unit="items"),),
        required_when=(
            Need(("predicate",), when_word("operation", "filter"), "items are filtered"),
            Need(("key",), when_word("operation", "group_by"), "items are grouped"),
            Need(("right",), when_word("operation", "join"), "two lists are joined"),
            Need(
                ("on", "key", "predicate"), when_word("operation", "join"), "two lists are joined"
            ),
            Need(
                ("accumulator",),
                when_word("operation", "reduce"),
                "the list is reduced to one value",
            ),
        ),
        traits=("decides",),
    ),
    NodeType(
        type="parse",
        category="data",
        icon="¶",
        help="Reads data out of a text: JSON, XML, feeds, pages, tables.",
        spec=ParseSpec,
        outputs=(SUCCESS, FAILURE),
        summary=lambda spec: joined(first(spec, "format"), first(spec, "input"), by=" "),
        new={"format": "json", "input": "", "strategy": "strict"},
        required=("format", "input"),
        entries=(
            EntryNeed("strategy.selectors", ("name",), "selector"),
            EntryNeed("strategy.selectors", ("css", "xpath"), "selector"),
        ),
    ),
    NodeType(
        type="text_split",
        category="data",
        icon="÷",
        help="Cuts a long text into pieces.",
        spec=TextSplitSpec,
        outputs=(Port("chunks", aliases=("next", "success", "done", "result"), required=True),),
        summary=lambda spec: joined(
            first(spec, "input"), f"≤ {most}" if (most := first(spec, "max_length")) else ""
        ),
        new={"input": "", "max_length": 280, "split_strategy": "word", "output": "chunks"},
        required=("input", "max_length"),
        ranges=(Range("max_length", 1, unit="characters"),),
    ),
)
