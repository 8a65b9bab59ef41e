"""Addresses from data become links only where they lead to the web, or to the same server."""

from __future__ import annotations

import pytest

from ddd_lab.lab.addresses import link_address
from ddd_lab.lab.terminals import TerminalLink


@pytest.mark.parametrize(
    "address",
    ["/terminals/1", "/user/ada/terminals/orders_2", "https://example.org/x?y=1#z", "http://a:8/b"],
)
def test_an_address_of_the_web_or_of_this_server_is_kept(address: str) -> None:
    assert link_address(address) == address
    assert f"href='{address}'" in TerminalLink(name="x", url=address)._repr_html_()


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)//terminals/t", "java\nscript:alert(1)"),
        *(" javascript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x"),
        *("file:///etc/passwd", "//evil.example/x", "/\\evil.example", "\\\\evil.example", "x", ""),
        *("http:evil", "https://[", "blob:https://a/b", "/\tx"),
    ],
)
def test_any_other_address_becomes_no_link(address: str) -> None:
    assert link_address(address) == ""
    html = TerminalLink(name="x", url=address)._repr_html_()
    assert html == "Terminal x"
