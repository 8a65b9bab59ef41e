"""JSON files of a project, read without trust in what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ddd_lab.files.disk.storage import LARGEST, read


def read_json(root: Path, relative: str, *, limit: int = LARGEST, halves: bool = False) -> Any:
    """What a JSON file of the project says."""
    return parse_json(read(root, relative, limit=limit), halves=halves)


def parse_json(text: bytes | str, *, halves: bool = False) -> Any:
    """What a JSON text says; raises `ValueError` where it is not JSON or is nested too deeply.

    Half of a surrogate pair is refused, too, unless ``halves`` allows it: programs cut texts off.
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
