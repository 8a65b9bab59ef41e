"""``ddd-lab export``: a map as a picture or as Mermaid text, the whole design as a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from ddd_lab.cli._errors import CallError, Commands, Status, add_path, command, open_project, place
from ddd_lab.cli._output import print_err, write_raw

_ENDINGS = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid", ".html": "html"}

_EXAMPLES = """\
  ddd-lab export . "" --to svg -o system.svg          the System Map as a picture
  ddd-lab export . lending -o lending.mmd             a domain as Mermaid, by the file's name
  ddd-lab export . lending/borrow-item --to svg --theme dark > borrow.svg
  ddd-lab export . @flows --to mermaid                all flows and the links between them
  ddd-lab export . --to html -o library.html          the whole design as one page to send around
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "export",
        "write a map or a flow as SVG or Mermaid, or all of it as HTML",
        "Write the system, a domain or a flow as SVG or as Mermaid text, or the whole design "
        "as one HTML page, which opens at that place and needs neither network nor DDD Lab.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument(
        "at",
        metavar="AT",
        nargs="?",
        default="",
        help='"" or . for the System Map, domain, domain/flow, or @flows',
    )
    parser.add_argument(
        "--to",
        choices=("html", "mermaid", "svg"),
        help="format (default: by the ending of FILE, else mermaid)",
    )
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="theme of an SVG"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="file to write (default: standard output)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.maps import mermaid, svg

    kind = args.to or (_ENDINGS.get(Path(args.output).suffix.lower()) if args.output else None)
    project = open_project(args.path)
    at = place(project, args.at)
    if kind == "svg":
        text = svg(project.design, at, theme=args.theme)
    elif kind == "html":
        text = project.html(at)
    else:
        text = mermaid(project.design, at)
    hand_over(text if text.endswith("\n") else f"{text}\n", args.output)
    return Status.FINE


def hand_over(text: str, output: str | None) -> None:
    """Write a text into a file, or to the standard output."""
    if output in (None, "-"):
        write_raw(text)
    else:
        _write(Path(output), text)
        print_err(f"wrote {output}")


_OF_DESIGNS = (".yaml", ".yml")


def _write(path: Path, text: str) -> None:
    from ddd_lab.files.disk.storage import write

    if not path.absolute().parent.is_dir():
        raise CallError(f"there is no folder {path.absolute().parent}; make it first")
    if path.is_dir():
        raise CallError(f"{path} is a folder; give the name of a file")
    if path.suffix.lower() in _OF_DESIGNS:
        raise CallError(f"{path} is the name of a YAML file, which this is not; give another name")
    try:
        real = path.resolve()
        write(real.parent, real.name, text.encode("utf-8", "replace"))
    except OSError as error:
        raise CallError(f"{path} cannot be written: {error.strerror or error}") from error
