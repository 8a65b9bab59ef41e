"""Write the TypeScript types of what travels to the browser from its models (``make schema``).

That is the protocol of the canvas with its operations, and what the panels of JupyterLab exchange
with the server.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args, get_origin
from typing import Protocol as StructuralType

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ddd_lab import __version__
from ddd_lab.canvas.commands import CHANGES, OPERATIONS
from ddd_lab.canvas.protocol import assistant as assistant_messages
from ddd_lab.canvas.protocol import design_gates as design_messages
from ddd_lab.canvas.protocol import messages as canvas_messages
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.lab.protocol import diff, flow_map, git, new_design, panel, tree
from ddd_lab.lab.server.endpoints import ENDPOINTS
from ddd_lab.maps import edge_looks as looks
from ddd_lab.maps.html import contents as page
from ddd_lab.spec.catalogue.input import FIELD_TYPES
from ddd_lab.spec.edit.notes import LARGEST, SMALLEST

ROOT = Path(__file__).parent.parent

HEADER = """\
// Generated from {source} by scripts/generate_protocol.py: run `make schema`.

"""

INDEX = """\
// Written by scripts/generate_protocol.py.

export * from "./messages";
export * from "./operations";
"""


class Operation(StructuralType):
    """What the browser can ask for: an operation of the canvas, an endpoint of the server."""

    @property
    def arguments(self) -> type[BaseModel]:
        """The model of its arguments."""

    @property
    def result(self) -> type[BaseModel]:
        """The model of its result."""


class Protocol(NamedTuple):
    """A module of messages, and where their types are written.

    Attributes:
        target: a folder.
        more: modules whose messages belong to it, too.
        operations: what the browser can ask for, by the name of its table in TypeScript and by its
            own, with its arguments and its result.
        declared_in: the place of these.
        changes: names of the operations that can be planned before they are done.
        words: what the browser has to know besides the words of the module, by type.
        listed: names of the types whose words the browser lists.
        numbers: that the browser has to know, by name.
    """

    module: ModuleType
    target: Path
    operations: Mapping[str, Mapping[str, Operation]]
    declared_in: str
    changes: Sequence[str] = ()
    words: Mapping[str, Sequence[str]] = {}
    listed: Sequence[str] = ()
    numbers: Mapping[str, float] = {}
    more: Sequence[ModuleType] = ()

    @property
    def _declared(self) -> dict[str, Any]:
        return {
            name: value
            for module in (self.module, *self.more)
            for name, value in vars(module).items()
        }

    @property
    def messages(self) -> list[type[BaseModel]]:
        """Every message, in the order of its module."""
        return [
            value
            for value in self._declared.values()
            if inspect.isclass(value) and issubclass(value, Message) and value is not Message
        ]

    @property
    def choices(self) -> dict[str, Sequence[str]]:
        """The words of every type that consists of some, by its name."""
        named = {
            name: get_args(value)
            for name, value in sorted(self._declared.items(), key=lambda pair: pair[0])
            if get_origin(value) is Literal
        }
        return {**named, **self.words}


PROTOCOLS = (
    Protocol(
        canvas_messages,
        ROOT / "labextension/canvas/src/protocol",
        {"Operations": OPERATIONS},
        "ddd_lab/canvas/commands",
        tuple(CHANGES),
        {"FieldType": FIELD_TYPES},
        ("FieldType", "Severity"),
        {"SMALLEST_NOTE": SMALLEST, "LARGEST_NOTE": LARGEST},
        (assistant_messages, design_messages),
    ),
    Protocol(
        panel,
        ROOT / "labextension/lab/src/protocol",
        {
            "Queries": {path: one for path, one in ENDPOINTS.items() if one.method == "GET"},
            "Actions": {path: one for path, one in ENDPOINTS.items() if one.method == "POST"},
        },
        "ddd_lab/lab/server/endpoints.py",
        more=(git, diff, tree, new_design, flow_map),
    ),
)

Known = Mapping[tuple[str, ...], str]
NOTHING: Known = {}

LOOKS_TARGET = ROOT / "labextension/canvas/src/edgeLooks.ts"
PAGE_TARGET = ROOT / "labextension/html/src/contents.ts"

WIDTH = 100
"""Characters of a line, as the formatter wants them."""

PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


def type_of(schema: Mapping[str, Any], known: Known = NOTHING) -> str:
    """The TypeScript type of a JSON Schema, as far as pydantic writes it for our messages.

    Args:
        schema: of one value.
        known: names of the types that consist of some words, by the words.

    Raises:
        ValueError: the schema uses something that the protocol has not used so far.
    """
    if "typescript" in schema:
        return str(schema["typescript"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        choices = tuple(schema.get("enum", [schema.get("const")]))
        return known.get(choices) or " | ".join(f'"{value}"' for value in choices)
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(part, known) for part in schema["anyOf"]))
    kind = schema.get("type")
    if kind in PRIMITIVES:
        return PRIMITIVES[str(kind)]
    if kind == "array":
        return _array(schema, known)
    if kind == "object":
        values = schema.get("additionalProperties", True)
        return f"Record<string, {'unknown' if values is True else type_of(values, known)}>"
    if not {"type", "properties"} & set(schema):
        return "unknown"
    raise ValueError(f"no TypeScript type known for the schema {dict(schema)!r}")


def _array(schema: Mapping[str, Any], known: Known) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(type_of(item, known) for item in schema['prefixItems'])}]"
    item = type_of(schema["items"], known)
    return f"({item})[]" if " | " in item else f"{item}[]"


def object_type(
    name: str, schema: Mapping[str, Any], known: Known = NOTHING, *, sent: bool = False
) -> str:
    """One model as an exported type, under the first sentence of its docstring.

    Args:
        name: of the type.
        schema: of the model.
        known: see :func:`type_of`.
        sent: whether the browser sends it. What Python sends travels in full; what the browser
            sends may leave out fields that have a default, and may be read-only data.
    """
    doc = f"/** {str(schema.get('description', '')).partition(chr(10))[0]} */"
    if not schema.get("properties"):
        return f"{doc}\nexport type {name} = Record<string, never>;\n"
    required = schema.get("required", ()) if sent else schema["properties"]
    fields = {}
    for field, part in schema["properties"].items():
        type = type_of(part, known)
        if sent and type.removesuffix(" | null").endswith("[]"):
            type = f"readonly {type}"
        fields[field if field in required else f"{field}?"] = type
    line = "; ".join(f"{field}: {type}" for field, type in fields.items())
    short = f"export type {name} = {{ {line} }};"
    if len(short) <= WIDTH:
        return f"{doc}\n{short}\n"
    rows = (_declared(f"  {field}:", type) for field, type in fields.items())
    return "\n".join([doc, f"export type {name} = {{", *rows, "};", ""])


def _declared(start: str, type: str) -> str:
    """What a name stands for: on its line, or with each of several choices on one of its own."""
    line = f"{start} {type};"
    if len(line) <= WIDTH or " | " not in type:
        return line
    choice = "\n" + " " * (len(start) - len(start.lstrip()) + 2) + "| "
    return start + choice + choice.join(type.split(" | ")) + ";"


def _object_types(
    models: Sequence[type[BaseModel]],
    mode: Literal["serialization", "validation"],
    known: Known,
) -> Iterator[tuple[str, str]]:
    """Models and what they consist of, each with its name, as exported types."""
    _, schema = models_json_schema(
        [(model, mode) for model in dict.fromkeys(models)], ref_template="#/$defs/{model}"
    )
    parts: dict[str, Any] = schema.get("$defs", {})
    names = dict.fromkeys(model.__name__ for model in models)
    for name in (*names, *sorted(parts.keys() - names)):
        if name not in parts:
            raise ValueError(f"two models of the protocol are called {name}")
        yield name, object_type(name, parts[name], known, sent=mode == "validation")


def _words(protocol: Protocol) -> Iterator[str]:
    """Each type that consists of some words; where the browser lists them, by a constant."""
    for name, words in protocol.choices.items():
        if name not in protocol.listed:
            yield _declared(f"export type {name} =", _union(words)) + "\n"
            continue
        constant = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
        constant = re.sub("Y$", "IE", constant) + "S"
        listed = ", ".join(f'"{word}"' for word in words)
        line = f"export const {constant} = [{listed}] as const;"
        if len(line) > WIDTH:
            rows = "".join(f'  "{word}",\n' for word in words)
            line = f"export const {constant} = [\n{rows}] as const;"
        yield f"{line}\nexport type {name} = (typeof {constant})[number];\n"


def _operations(protocol: Protocol) -> Iterator[str]:
    """The maps from operations to the types of their arguments and results."""
    for table, operations in protocol.operations.items():
        yield "/** What the browser can ask for: the arguments and the result of each. */"
        yield f"export interface {table} {{"
        for name, operation in sorted(operations.items()):
            key = name if name.isidentifier() else f'"{name}"'
            given, result = operation.arguments.__name__, operation.result.__name__
            yield f"  {key}: {{ args: {given}; result: {result} }};"
        yield "}\n"
    if protocol.changes:
        yield "/** Operations that can be planned before they are done. */"
        yield _declared("export type DesignChange =", _union(protocol.changes)) + "\n"


def _imported(names: Sequence[str], module: str) -> str:
    line = f'import type {{ {", ".join(names)} }} from "{module}";\n\n'
    if len(line) <= WIDTH:
        return line
    rows = "".join(f"  {name},\n" for name in names)
    return f'import type {{\n{rows}}} from "{module}";\n\n'


def _union(words: Sequence[str]) -> str:
    return " | ".join(f'"{word}"' for word in words)


def _joined(texts: Iterable[str]) -> str:
    """Texts below each other, with an empty line beside each that has more than two lines."""
    joined = ""
    before = 0
    for text in texts:
        rows = text.count("\n")
        joined += ("\n" if joined and max(rows, before) > 2 else "") + text
        before = rows
    return joined


def generate(protocol: Protocol) -> dict[Path, str]:
    """The TypeScript files of a protocol, by path.

    Raises:
        ValueError: two models have the same name, or one cannot be expressed.
    """
    source = f"{protocol.module.__name__.replace('.', '/')}.py"
    known = {tuple(words): name for name, words in protocol.choices.items()}
    numbers = "".join(f"export const {name} = {n:g};\n" for name, n in protocol.numbers.items())
    words = _joined([f'export const VERSION = "{__version__}";\n', numbers, *_words(protocol)])
    tables = protocol.operations.values()
    operations = [table[name] for table in tables for name in sorted(table)]
    given = [op.arguments for op in operations if op.arguments not in protocol.messages]
    messages = dict(_object_types(protocol.messages, "serialization", known))
    results = dict(_object_types([op.result for op in operations], "serialization", known))
    arguments = dict(_object_types(given, "validation", known))
    for one, other in combinations((messages, results, arguments), 2):
        if twins := [name for name in one if one[name] != other.get(name, one[name])]:
            raise ValueError(f"two models of the protocol are called {twins[0]}")
    # What speaks of operations stands beside them: modules must not import each other.
    asked = {name: text for name, text in messages.items() if "Operations" in text}
    pushed = {name: text for name, text in messages.items() if name not in asked}
    text = HEADER.format(source=source) + words + "\n" + _joined(pushed.values())
    own = {name: text for name, text in (asked | results | arguments).items() if name not in pushed}
    types = _joined(own.values()) + "\n" + "\n".join(_operations(protocol))
    shared = sorted((*pushed, *protocol.choices))
    needed = [name for name in shared if re.search(rf"\b{name}\b", types)]
    return {
        protocol.target / "index.ts": INDEX,
        protocol.target / "messages.ts": text,
        protocol.target / "operations.ts": HEADER.format(source=protocol.declared_in)
        + _imported(needed, "./messages")
        + types.rstrip("\n")
        + "\n",
    }


def edge_looks() -> str:
    """How edges are drawn, as TypeScript constants."""
    source = f"{looks.__name__.replace('.', '/')}.py"
    numbers = ("CORNER_RADIUS", "NECK")
    parts = [HEADER.format(source=source)]
    parts += [f"export const {name} = {getattr(looks, name):g};\n" for name in numbers]
    for name in ("STROKE_LOOKS", "HEAD_LOOKS"):
        rows = [
            f"  {json.dumps(key) if '-' in key else key}: {_literal(look._asdict())},\n"
            for key, look in getattr(looks, name).items()
        ]
        parts.append(f"export const {name} = {{\n{''.join(rows)}}} as const;\n")
    return "".join(parts)


def page_contents() -> str:
    """What the page of an exported design knows, as TypeScript types."""
    types = dict(_object_types([page.Contents], "serialization", NOTHING))
    return HEADER.format(source=f"{page.__name__.replace('.', '/')}.py") + _joined(types.values())


def _literal(values: Mapping[str, object]) -> str:
    fields = (
        f"{key}: {f'{value:g}' if isinstance(value, float) else json.dumps(value)}"
        for key, value in values.items()
    )
    return f"{{ {', '.join(fields)} }}"


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` only say whether they are what they should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if out of date")
    check = parser.parse_args(arguments).check
    texts = {LOOKS_TARGET: edge_looks(), PAGE_TARGET: page_contents()}
    for protocol in PROTOCOLS:
        texts |= generate(protocol)
    for target, text in texts.items():
        if not check:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, "utf-8")
        elif not target.exists() or target.read_text("utf-8") != text:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
