"""``python -m ddd_lab``: the same as the program ``ddd-lab``."""

from __future__ import annotations

import sys

from ddd_lab.cli import program

if __name__ == "__main__":
    sys.exit(program())
