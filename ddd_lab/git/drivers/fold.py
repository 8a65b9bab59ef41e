"""What ``git log -p`` compares where layout is left out: ``python -P -m ….fold FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.documents.merge_data import without_layout
from ddd_lab.lossless_yaml import decode, encode, parse, patch


def main(path: str) -> None:
    """Print the text of a file without where things lie."""
    file = Path(path).resolve()
    raw = storage.read(file.parent, file.name)
    tree = parse(decode(raw))
    sys.stdout.buffer.write(encode(patch(tree.text, without_layout(tree.data), tree=tree), raw))


if __name__ == "__main__":
    main(sys.argv[1])
