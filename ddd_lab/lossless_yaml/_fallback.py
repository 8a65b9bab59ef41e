"""The slow way to change a text: a round trip through ruamel.yaml."""

from __future__ import annotations

import io
import re
from typing import Any

from ddd_lab.equality import same
from ddd_lab.lossless_yaml._draft import Draft
from ddd_lab.lossless_yaml._nodes import Data
from ddd_lab.lossless_yaml._tree import Tree


def rewrite(tree: Tree, new: Data) -> str:
    """Dump the document with ``new`` in it, comments and quotes kept as far as they can be."""
    from ruamel.yaml import YAML

    draft = Draft(tree)
    habits = draft.habits
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_duplicate_keys = True
    yaml.indent(mapping=habits.step, sequence=habits.dash + 2, offset=habits.dash)
    yaml.explicit_start = bool(re.match(r"(?:[#%][^\n]*\n)*---", tree.text[draft.top :]))
    document = yaml.load(tree.text[draft.top :].replace("\r\n", "\n"))
    document = _set(document, tree.data, new)
    stream = io.StringIO()
    yaml.dump(document, stream)
    text = stream.getvalue()
    if not tree.text.endswith("\n"):
        text = text.rstrip("\n")
    return "\ufeff" * draft.top + text.replace("\n", draft.newline)


def _set(document: Any, old: Data, new: Data) -> Any:
    """Put ``new`` into a ruamel document, touching only what differs."""
    if same(old, new):
        return document
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(document, dict):
        by_text = {_key_text(key): key for key in document}
        for name in [name for name in by_text if name not in new]:
            del document[by_text[name]]
        for name, value in new.items():
            if name in by_text:
                key = by_text[name]
                document[key] = _set(document[key], old.get(name), value)
            else:
                document[name] = _plain(value)
        return document
    if isinstance(old, list) and isinstance(new, list) and isinstance(document, list):
        shared = min(len(old), len(new))
        for index in range(shared):
            document[index] = _set(document[index], old[index], new[index])
        del document[shared:]
        document.extend(_plain(value) for value in new[shared:])
        return document
    return _plain(new)


def _key_text(key: Any) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return "" if key is None else str(key)


def _plain(value: Data) -> Any:
    """Guard strings that a YAML 1.1 reader would misread."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    from ddd_lab.lossless_yaml._scalars import misread

    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str) and misread(value):
        return DoubleQuotedScalarString(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value
