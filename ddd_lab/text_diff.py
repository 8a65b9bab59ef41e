"""The lines in which two texts differ."""

from __future__ import annotations

import difflib
import re

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def unified_diff(before: str, after: str, old_path: str, new_path: str, *, context: int = 3) -> str:
    r"""The unified diff of two texts; empty where they have the same lines.

    Args:
        old_path: the file of the former text: ``a/specs/system.yaml``, ``/dev/null`` where there
            was none.

    Returns:
        Whole lines. A line that ends without a newline is followed by ``\ No newline at end of
        file``.
    """
    lines = difflib.unified_diff(
        _LINE.findall(before), _LINE.findall(after), old_path, new_path, n=context
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
