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
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, setting, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first


class TransformSpec(SpecModel):
    """From which shape to which."""

    mode: str | None = words("Whether schemas or expressions map the data.", "schema", "expression")
    input_schema: str | dict[str, Any] | None = setting("Schema of what comes in.")
    output_schema: str | dict[str, Any] | None = setting("Schema of what comes out.")
    field_mappings: dict[str, Any] | list[Any] | None = setting("Field to data path or expression.")
    description: str | None = setting("What is transformed, in a sentence.")


class Accumulator(Part):
    """How a list is reduced to one value."""

    init: Any = setting("Value to start with.")
    expression: str | None = setting("Next value, of acc and item.")


class CollectionSpec(SpecModel):
    """What is done to a list."""

    operation: str | None = words(
        "What is done.",
        *("filter", "sort", "deduplicate", "merge", "group_by", "aggregate", "reduce", "flatten"),
        *("first", "last", "join"),
    )
    input: str | list[Any] | None = setting("Data path of the list.")
    predicate: str | None = setting("Which items are kept.")
    key: str | list[str] | None = setting("Field to sort, group or compare by.")
    direction: str | None = words("Order of sorting.", "asc", "desc")
    accumulator: Accumulator | str | None = setting("How the list is reduced to one value.")
    count: Amount | None = setting("How many items are taken.")
    right: str | None = setting("Data path of the other list of a join.")
    on: str | dict[str, Any] | None = setting("Condition of the join.")
    join_type: str | None = words("Kind of join.", "inner", "left", "right", "full", "anti")
    output: str | None = setting("Name of the result.")
    description: str | None = setting("What is done, in a sentence.")


class Selector(Part):
    """One piece that is picked out of a page."""

    name: str | None = setting("Name of the piece.")
    css: str | None = setting("CSS selector.")
    extract: str | None = setting("Attribute or text to extract.")
    multiple: Flag | None = setting("Whether to take all matches.")


class ParseStrategy(Part):
    """Selectors for a page."""

    selectors: list[Selector] | None = setting("The pieces to pick out.")


class ParseSpec(SpecModel):
    """What text is read as."""

    format: str | None = words(
        "Format of the text.", "rss", "atom", "html", "xml", "json", "csv", "markdown"
    )
    input: str | None = setting("Data path of the text.")
    strategy: str | ParseStrategy | None = words(
        "How errors are handled.", "strict", "lenient", "streaming"
    )
    library: str | None = setting("Library that reads it.")
    output: str | None = setting("Name of the result.")
    description: str | None = setting("What is read, in a sentence.")


class TextSplitSpec(SpecModel):
    """How a long text is cut into pieces."""

    input: str | None = setting("Data path of the text.")
    max_length: Amount | None = setting("Longest piece.", unit="characters")
    split_strategy: str | None = words(
        "Where to split.", "word", "sentence", "paragraph", "character"
    )
    prefix_template: str | None = setting("Text before each piece.")
    suffix_template: str | None = setting("Text after each piece.")
    output: str | None = setting("Name of the pieces.")
    description: str | None = setting("What is cut, in a sentence.")


def _transform_summary(spec: Settings) -> str:
    shapes = joined(first(spec, "input_schema"), first(spec, "output_schema"), by=" → ")
    return shapes or count(spec.get("field_mappings"), "field")


TYPES = (
    NodeType(
        type="transform",
        category="data",
        icon="⇒",
        help="Converts data from one schema to another.",
        spec=TransformSpec,
        outputs=(NEXT, RARE_FAILURE),
        summary=_transform_summary,
        new={"input_schema": "", "output_schema": "", "field_mappings": {}},
        required=(("input_schema", "mode"), ("output_schema", "mode", "field_mappings")),
        required_when=(
            Need(("input_schema",), when_word("mode", "schema"), "the mode is “schema”"),
            Need(("output_schema",), when_word("mode", "schema"), "the mode is “schema”"),
            Need(
                ("field_mappings", "expression", "output_schema"),
                when_word("mode", "expression"),
                "the mode is “expression”",
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
            Need(("predicate",), when_word("operation", "filter"), "it says which items stay"),
            Need(("key",), when_word("operation", "group_by"), "it says what to group by"),
            Need(("right",), when_word("operation", "join"), "a join needs two lists"),
            Need(
                ("on", "key", "predicate"), when_word("operation", "join"), "a join needs two lists"
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
        help="Splits a long text into pieces.",
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
