"""Has a Python program that a test starts note what it opens and starts; see ``watching.py``."""

from __future__ import annotations

import os

if "DDD_LAB_AUDIT" in os.environ:
    from tests.audit.watching import into_file

    into_file(os.environ["DDD_LAB_AUDIT"], os.environ["DDD_LAB_AUDIT_OF"])
