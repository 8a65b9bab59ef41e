"""Which addresses of servers are on this machine."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_LOOPBACK: Final = re.compile(r"localhost|127(\.\d+){3}|::1")


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine, whoever reads it.

    >>> is_loopback("http://127.0.0.1:8000/v1"), is_loopback("http://127.0.0.1@example.org")
    (True, False)
    """
    if "@" in url or "\\" in url:  # readers differ in what the host is
        return False
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False
    return _LOOPBACK.fullmatch(host or "") is not None
