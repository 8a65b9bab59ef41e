"""JSON files of a project, read without trust in what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ddd_lab.files.disk.storage import LARGEST, read


def read_json(root: Path, relative: str, *, limit: int = LARGEST, halves: bool = False) -> Any:
    """What a JSON file of the project says.

    Raises:
        OSError: as for :func:`read`.
        ValueError: as for :func:`parse_json`.
    """
    return parse_json(read(root, relative, limit=limit), halves=halves)


def parse_json(text: bytes | str, *, halves: bool = False) -> Any:
    """What a JSON text says.

    Args:
        text: the JSON.
        halves: whether half of a surrogate pair is let through, as in what a program has cut off.

    Raises:
        ValueError: it is not JSON, is nested without end, or holds half of a surrogate pair.
    """
    try:
        data = json.loads(text)
        escape = "\\ud" if isinstance(text, str) else b"\\ud"
        if not halves and escape in text.lower():  # type: ignore[operator]  # of the same kind as the text
            json.dumps(data, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise ValueError("the JSON has half of a surrogate pair, which is no character") from error
    return data
