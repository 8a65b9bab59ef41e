"""``.ddd/config.yaml`` as text with places, for all who read a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ddd_lab.files.disk.paths import settings_file
from ddd_lab.files.disk.storage import read
from ddd_lab.lossless_yaml import Tree, YamlError, decode, parse
from ddd_lab.spec.models.base import Data

SETTINGS_FILE: Final = ".ddd/config.yaml"


def settings_path(root: Path) -> str:
    """The file's own path, which may end in ``.yml``; having both is an OSError."""
    return settings_file(root, SETTINGS_FILE)


def settings_tree(root: Path, path: str) -> Tree:
    """What the file says, with the place of everything.

    Raises:
        FileNotFoundError: there is no such file.
        OSError: it cannot be read.
        YamlError: it is not YAML.
    """
    return _parsed(read(root, path))


def names_models(root: Path) -> bool:
    """Whether the file says something of language models."""
    try:
        data = settings_tree(root, settings_path(root)).data
    except (OSError, YamlError):
        return False
    return isinstance(data, dict) and data.get("llm") is not None


def declared_models(data: Data) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of ``llm.models`` by id; one that is no map is empty."""
    llm = data.get("llm") if isinstance(data, dict) else None
    models = llm.get("models") if isinstance(llm, dict) else None
    for id, entry in models.items() if isinstance(models, dict) else ():
        yield id, entry if isinstance(entry, dict) else {}


@lru_cache(maxsize=8)
def _parsed(content: bytes) -> Tree:
    return parse(decode(content))
