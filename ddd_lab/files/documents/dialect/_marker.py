"""The marker for a key that should not be there."""

from __future__ import annotations

from typing import Any

GONE: Any = object()
