"""Write the TypeScript types of what travels to the browser from its models (``make schema``).

That is the protocol of the canvas, and what the panels of JupyterLab exchange with the server.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ddd_lab.canvas.protocol import messages as canvas_messages
from ddd_lab.lab import protocol as panel_messages

ROOT = Path(__file__).parent.parent

HEADER = """\
// Generated from {source} by scripts/generate_protocol.py: run `make schema`.

"""


class Protocol(NamedTuple):
    """A module of messages, the base of all its messages, and the file of their types."""

    module: ModuleType
    base: type[BaseModel]
    target: Path

    @property
    def messages(self) -> list[type[BaseModel]]:
        """Every message, in the order of its module."""
        return [
            value
            for value in vars(self.module).values()
            if inspect.isclass(value) and issubclass(value, self.base) and value is not self.base
        ]


PROTOCOLS = (
    Protocol(
        canvas_messages, canvas_messages.Message, ROOT / "labextension/canvas/src/protocol.ts"
    ),
    Protocol(panel_messages, panel_messages.Message, ROOT / "labextension/lab/src/protocol.ts"),
)

WIDTH = 100
"""Characters of a line, as the formatter wants them."""

PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


def type_of(schema: Mapping[str, Any]) -> str:
    """The TypeScript type of a JSON Schema, as far as pydantic writes it for our messages.

    Raises:
        ValueError: the schema uses something that the protocol has not used so far.
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return " | ".join(f'"{value}"' for value in choices)
    if "anyOf" in schema:
        return " | ".join(type_of(part) for part in schema["anyOf"])
    kind = schema.get("type")
    if kind in PRIMITIVES:
        return PRIMITIVES[str(kind)]
    if kind == "array":
        item = type_of(schema["items"])
        return f"({item})[]" if " | " in item else f"{item}[]"
    if kind == "object":
        values = schema.get("additionalProperties", True)
        return f"Record<string, {'unknown' if values is True else type_of(values)}>"
    if not {"type", "properties"} & set(schema):
        return "unknown"
    raise ValueError(f"no TypeScript type known for the schema {dict(schema)!r}")


def interface(name: str, schema: Mapping[str, Any]) -> str:
    """One message as an exported interface, under the first sentence of its docstring."""
    doc = str(schema.get("description", "")).partition("\n")[0]
    # Messages travel in full, so a field with a default is there as well.
    fields = [_field(field, type_of(part)) for field, part in schema["properties"].items()]
    return "\n".join([f"/** {doc} */", f"export interface {name} {{", *fields, "}", ""])


def _field(name: str, type: str) -> str:
    line = f"  {name}: {type};"
    if len(line) <= WIDTH or " | " not in type:
        return line
    return f"  {name}:\n    | " + "\n    | ".join(type.split(" | ")) + ";"


def generate(protocol: Protocol) -> str:
    """The whole TypeScript file of a protocol."""
    models = protocol.messages
    _, schema = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/$defs/{model}"
    )
    parts = [interface(model.__name__, schema["$defs"][model.__name__]) for model in models]
    source = f"{protocol.module.__name__.replace('.', '/')}.py"
    return HEADER.format(source=source) + "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` only say whether they are what they should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if out of date")
    check = parser.parse_args(arguments).check
    for wanted in PROTOCOLS:
        text = generate(wanted)
        if not check:
            wanted.target.write_text(text, "utf-8")
        elif not wanted.target.exists() or wanted.target.read_text("utf-8") != text:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
