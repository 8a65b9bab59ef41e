"""Sphinx's settings for the documentation (``make docs``)."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ddd_lab import __version__
from ddd_lab.cli import COMMANDS, main
from ddd_lab.spec.catalogue import NodeType, catalogue
from ddd_lab.spec.models.flow import NodeData

ROOT = Path(__file__).parents[1]

project = "DDD Lab"
author = "DDD Lab contributors"
copyright = f"2026, {author}"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["schema/**"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = f"DDD Lab {release}"
html_static_path: list[str] = []
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_inherit_docstrings = True
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# Roles in texts must lead somewhere; types in signatures are often internal or of other packages.
nitpicky = True
suppress_warnings = ["ref.python"]  # the builtin `type` is taken for one of our attributes
nitpick_ignore_regex = [("py:(class|exc|obj)", ".*")]


# Pages whose text is a file of the repository's root.
PAGES = {
    "security": "SECURITY.md",
    "changelog": "CHANGELOG.md",
    "contribute/index": "CONTRIBUTING.md",
}
LINK = re.compile(r"(?<!!)\[([^]]*)\]\(([^():#]+)(#[^()]*)?\)")


def read_page(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Take the text of a page from the repository's root; lead links to where the site has them."""
    page = ROOT / PAGES.get(docname, f"docs/{docname}.md")
    pages = {ROOT / path: f"/{name}.md" for name, path in PAGES.items()}

    def link(match: re.Match[str]) -> str:
        text, target, anchor = match[1], match[2], match[3] or ""
        path = (page.parent / target).resolve()
        if path in pages:
            return f"[{text}]({pages[path]}{anchor})"
        if path.is_relative_to(ROOT / "docs"):
            return (
                text if path.is_dir() else f"[{text}](/{path.relative_to(ROOT / 'docs')}{anchor})"
            )
        return text if path.exists() else match[0]

    source[0] = LINK.sub(link, page.read_text("utf-8"))


def read_docstring(
    _app: Sphinx, what: str, _name: str, _member: object, _options: object, lines: list[str]
) -> None:
    """Keep Napoleon from taking a sentence with a colon for a type: our types are annotations."""
    if what in ("attribute", "property") and lines:
        lines[0] = f": {lines[0]}"
    for index, line in enumerate(lines[:-1]):
        if line.strip() in ("Returns:", "Yields:"):
            text = lines[index + 1].lstrip()
            lines[index + 1] = lines[index + 1].replace(text, f": {text}", 1)


class Commands(SphinxDirective):
    """A section for every command with what its ``--help`` prints."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._section(command) for command in COMMANDS]

    def _section(self, command: str) -> nodes.section:
        printed = io.StringIO()
        with contextlib.suppress(SystemExit), contextlib.redirect_stdout(printed):
            main([command, "--help"])
        title = f"ddd-lab {command}"
        section = nodes.section(ids=[nodes.make_id(title)], names=[title])
        section += nodes.title(title, title)
        section += nodes.literal_block(printed.getvalue(), printed.getvalue(), language="text")
        return section


class NodeTypes(SphinxDirective):
    """A section for every node type: its outputs and its settings."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._section(kind) for kind in catalogue().values()]

    def _section(self, kind: NodeType) -> nodes.section:
        node = NodeData(id="new", type=kind.type, spec=dict(kind.new))
        outputs = ", ".join(port.name for port in kind.ports(node)) or "none"
        section = nodes.section(ids=[nodes.make_id(kind.type)], names=[kind.type])
        section += nodes.title("", "", nodes.literal(kind.type, kind.type))
        section += nodes.paragraph("", f"{kind.title}. {kind.help} Outputs: {outputs}.")
        settings = kind.spec.model_json_schema()["properties"]
        section += nodes.definition_list("", *(self._setting(*item) for item in settings.items()))
        return section

    def _setting(self, name: str, schema: dict[str, Any]) -> nodes.definition_list_item:
        words = ", ".join(map(str, schema.get("x-enum", ())))
        about = " ".join(filter(None, [schema.get("description"), words and f"One of: {words}."]))
        term = nodes.term("", "", nodes.literal(name, name))
        return nodes.definition_list_item(
            "", term, nodes.definition("", nodes.paragraph("", about))
        )


def setup(app: Sphinx) -> None:
    """Add what Sphinx does not have."""
    os.environ["COLUMNS"] = "90"  # what argparse wraps its texts to
    app.connect("source-read", read_page)
    app.connect("autodoc-process-docstring", read_docstring, priority=400)  # before Napoleon
    app.add_directive("commands", Commands)
    app.add_directive("node-types", NodeTypes)
