"""What the browser can ask for: one small function per operation, found by its name.

A module of this folder whose name does not start with an underscore declares operations with
:func:`~ddd_lab.canvas.commands._registry.operation`; adding one is adding a function, with the
models of its arguments and of its result beside it. Each gets the session that it was asked in and
its validated arguments. What it raises becomes the reply's failure, in words for the person who
asked.
"""

from __future__ import annotations

import importlib
import pkgutil

from ddd_lab.canvas.commands._registry import CHANGES, OPERATIONS

__all__ = ["CHANGES", "OPERATIONS"]

for _module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
    if not _module.name.startswith("_"):
        importlib.import_module(f"{__name__}.{_module.name}")
