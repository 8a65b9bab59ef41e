"""What can be done where this runs: a browser (JupyterLite) has no programs, threads or sockets.

Whoever needs one of these asks here first. The canvas greys what cannot be done, and says why.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Literal

from ddd_lab.visible import VisibleError

Capability = Literal["git", "implementing", "models", "other_programs", "watching"]

_IN_BROWSER: Mapping[Capability, str] = {
    "git": "There is no Git in a browser: download the files and commit them on your computer",
    "implementing": "Claude Code cannot run in a browser: install DDD Lab on your computer for it",
    "models": "Language models cannot be asked from a browser: install DDD Lab for it",
    "other_programs": "No other program runs in a browser",
    "watching": "Nobody else changes files in a browser, so they are not watched",
}


class LackError(VisibleError, RuntimeError):
    """This cannot be done where it runs; the message says why, and what to do."""


def in_browser() -> bool:
    """Whether Python itself runs in a browser."""
    return sys.platform == "emscripten"


def capabilities() -> dict[Capability, str]:
    """Why something cannot be done here, for everything that may not be possible; empty if it can.

    Example:
        >>> from ddd_lab.capabilities import capabilities
        >>> capabilities()["git"]
        ''
    """
    return {name: why if in_browser() else "" for name, why in _IN_BROWSER.items()}


def lack_of(capability: Capability) -> str:
    """Why something cannot be done here; empty if it can."""
    return capabilities()[capability]


def require(capability: Capability) -> None:
    """Refuse what cannot be done here.

    Raises:
        LackError: it cannot.
    """
    if lack := lack_of(capability):
        raise LackError(lack)
