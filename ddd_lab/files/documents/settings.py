"""``.ddd/config.yaml`` as text with places, for all who read a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ddd_lab.files.disk.locks import locked
from ddd_lab.files.disk.paths import settings_file
from ddd_lab.files.disk.storage import ChangedOnDiskError, is_file, read, write
from ddd_lab.lossless_yaml import Tree, YamlError, decode, dump, encode, parse, patch
from ddd_lab.spec.models.base import Data

SETTINGS_FILE: Final = ".ddd/config.yaml"
_TRIES: Final = 5
"""How often the file is written while an editor writes it, too."""


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


def change_setting(root: Path, keys: tuple[str, ...], value: Data) -> None:
    """Set one setting in the file, or begin the file with it; every other line stays as it is.

    Args:
        root: of the project.
        keys: that lead to it, the outermost first.
        value: that it is to have.

    Raises:
        OSError: the file cannot be written, or other programs keep changing it.
        YamlError: it is not YAML; it stays as it is.
        PatchError: it cannot be changed without changing more.
    """
    path = settings_path(root)
    with locked(root, "settings"):
        for left in reversed(range(_TRIES)):
            raw = read(root, path) if is_file(root, path) else None
            try:
                write(root, path, _changed(raw, keys, value), expected=raw)
            except ChangedOnDiskError:
                if not left:
                    raise
            else:
                return


def _changed(raw: bytes | None, keys: tuple[str, ...], value: Data) -> bytes:
    tree = _parsed(raw) if raw is not None else None
    if tree is None or tree.data is None:
        return (raw or b"") + encode(dump(_with({}, keys, value)))
    return encode(patch(tree.text, _with(tree.data, keys, value), tree=tree), raw or b"")


def _with(data: Data, keys: tuple[str, ...], value: Data) -> Data:
    if not keys:
        return value
    present = data if isinstance(data, dict) else {}
    first, *rest = keys
    return {**present, first: _with(present.get(first), tuple(rest), value)}


def declared_models(data: Data) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of ``llm.models`` by id; one that is no map is empty."""
    llm = data.get("llm") if isinstance(data, dict) else None
    models = llm.get("models") if isinstance(llm, dict) else None
    for id, entry in models.items() if isinstance(models, dict) else ():
        yield id, entry if isinstance(entry, dict) else {}


@lru_cache(maxsize=8)
def _parsed(content: bytes) -> Tree:
    return parse(decode(content))
