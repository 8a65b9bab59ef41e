"""Addresses from data that become links."""

from __future__ import annotations

from urllib.parse import urlsplit

_WEB = frozenset(("http", "https"))


def link_address(address: str) -> str:
    """An address as a link may have it: of the web, or of the server that shows it.

    Returns:
        The address, or nothing where it is another one: a link that runs JavaScript, or a file's.
    """
    # Browsers drop control characters and blanks around an address, and take \\ for a slash.
    if not address.isprintable() or address != address.strip() or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme:
        return address if parts.scheme in _WEB and parts.netloc else ""
    return address if address.startswith("/") and not address.startswith("//") else ""
