"""The notebooks that show what DDD Lab does, copied to where a person can run them."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage
from ddd_lab.spec.edit.nodes import EditError

FOLDER: Final = "ddd-lab-walkthroughs"
_PACKAGE = Path(__file__).parents[1]
_SOURCES = (_PACKAGE / "walkthroughs", _PACKAGE.parent / "notebooks")
"""Where they lie in an installed package, and in a checkout."""
_PLACES = {"": ("*.ipynb", "*.py"), "scripted_claude": ("*.py",)}
"""The files of each folder: the notebooks, and what stands in for programs that they show."""


def copy_walkthroughs(base: Path) -> str:
    """Copy those that are not there yet into a folder below another one.

    Args:
        base: the folder that a Jupyter server shows.

    Returns:
        The path of the first notebook, from ``base``.

    Raises:
        EditError: they are not installed.
        OSError: the folder cannot be written.
    """
    source = next((one for one in _SOURCES if _files(one)), None)
    if source is None:
        raise EditError("The walkthroughs are not installed here. They come with ddd-lab")
    files = _files(source)
    for path in files:
        target = f"{FOLDER}/{path}"
        if not storage.is_file(base, target):
            storage.write(base, target, storage.read(source, path))
    return f"{FOLDER}/{min(path for path in files if path.endswith('.ipynb'))}"


def _files(source: Path) -> list[str]:
    return [
        f"{folder}/{name}".removeprefix("/")
        for folder, patterns in _PLACES.items()
        for name in storage.names(source, folder)
        if any(fnmatch(name, pattern) for pattern in patterns)
    ]
