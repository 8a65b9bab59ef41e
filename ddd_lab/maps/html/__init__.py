"""HTML export: the whole design as one page that opens from disk and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable
from html import escape

from ddd_lab.bundle import bundle
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps.html.collect import collected
from ddd_lab.maps.location import placed_at
from ddd_lab.maps.svg.theme import FONT, page_colours
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.problem import Problem
from ddd_lab.visible import one_line, visible

_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
"""Nothing is fetched or sent; only our own script and styles count, by their hashes."""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<noscript>This page draws with JavaScript. Allow it for this file to see the design.</noscript>
<script type="application/octet-stream" id="contents">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def html_page(workspace: Workspace, name: str, problems: Iterable[Problem], at: str = "") -> str:
    """A design as one HTML page.

    Args:
        name: of the design.
        problems: that it lists.
        at: where it opens: nothing for the System Map, ``domain`` or ``domain/flow``.

    Raises:
        BundleError: its front end was not built.
        KeyError: there is nothing at that place.
    """
    if placed_at(workspace.design, at).level == "flows":
        raise KeyError("The page has no map of all flows; name a domain or a flow to open it at.")
    contents = json.dumps(_shown(collected(workspace, name, problems, at).model_dump()))
    script = bundle("page.js", "maps.html")
    colours = "".join(f"--{colour}:{value};" for colour, value in page_colours().items())
    style = f":root{{{colours}font-family:{FONT}}}{bundle('page.css', 'maps.html')}"
    return _PAGE.format(
        title=escape(one_line(name)),
        policy=f"{_POLICY}; script-src {_hash(script)}; style-src {_hash(style)}",
        style=style,
        script=script,
        data=base64.b64encode(zlib.compress(contents.encode(), 9)).decode(),
    )


def _shown(value: Data) -> Data:
    """Plain data in which everything that would act on a screen is shown instead."""
    if isinstance(value, str):
        return visible(value, lines=True)
    if isinstance(value, dict):
        return {_shown(key): _shown(item) for key, item in value.items()}
    return [_shown(item) for item in value] if isinstance(value, (list, tuple)) else value


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
