"""The format of a file by its ending: what ends in ``.json`` is JSON, all else is YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddd_lab.lossless_yaml import Tree
    from ddd_lab.spec.models.base import Data


def is_json(path: str) -> bool:
    """Whether a file is read and written as JSON."""
    return path.endswith(".json")


def parse_as(path: str, text: str) -> Tree:
    """Read the text of a file."""
    if is_json(path):
        from ddd_lab.files.documents.json_text import parse_json_text

        return parse_json_text(text)
    from ddd_lab.lossless_yaml import parse

    return parse(text)


def dump_as(path: str, data: Data) -> str:
    """A new text for a file."""
    if is_json(path):
        from ddd_lab.files.documents.json_patch import dump_json

        return dump_json(data)
    from ddd_lab.lossless_yaml import dump

    return dump(data)
