"""How long tests wait for what must come."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 120.0
"""Seconds; generous, since nothing waits longer than it has to."""
