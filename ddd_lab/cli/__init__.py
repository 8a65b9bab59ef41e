"""The command line: ``ddd-lab``, the same calls as in a notebook, headless.

One module per command. Each has ``add(commands)``, which declares its arguments, and a function
that carries it out and returns the exit status: 0 fine, 1 the design has errors, 2 the call could
not be carried out. What a command needs is imported when it runs, so that ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence

from ddd_lab import __version__
from ddd_lab.cli._errors import CallError, Status
from ddd_lab.cli._output import print_err

__all__ = ["COMMANDS", "main", "program"]

COMMANDS = (
    *("new", "check", "show", "trace", "search", "export", "diff", "log"),
    *("status", "implement", "runs", "tests", "accept", "claude-md", "git-setup"),
    *("ask", "review", "memory", "decide", "models", "usage", "trust", "lab"),
)

_EPILOG = """\
examples:
  ddd-lab new shop --kit web-service       begin a design; --list shows the kits
  ddd-lab check .                          what is wrong with the design in this folder
  ddd-lab show . lending/borrow-item       a flow as text
  ddd-lab trace . lending/return-item      where a flow leads: events, calls, agents
  ddd-lab search . "open loans"            where these words stand
  ddd-lab export . "" --to svg -o map.svg  the System Map as a picture
  ddd-lab diff HEAD .                      what changed since the last commit
  ddd-lab log . lending/borrow-item        the history of a flow in words
  ddd-lab status . --stale                 flows whose spec or code has changed
  ddd-lab memory .                         summary, status and decisions
  ddd-lab implement orders/place-order     have Claude Code implement a flow
  ddd-lab runs                             what Claude Code did, and is doing
  ddd-lab ask . "Orders need a refund"     ask a language model; --apply takes what it proposes
  ddd-lab review . lending/borrow-item     have a flow reviewed
  ddd-lab models                           language models, their prices, what they are for
  ddd-lab usage                            what they took: tokens and cost
  ddd-lab trust .                          let the commands of this design run
  ddd-lab lab .                            open the design in JupyterLab

exit status: 0 fine, 1 the design has errors, 2 the call could not be carried out
"""


def program() -> int:
    """Carry out one command as a program of its own; returns the exit status."""
    gc.set_threshold(50_000)  # it ends soon: garbage in circles may wait
    status = main()
    gc.freeze()  # all that is left ends with the process: nobody has to look through it
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Args:
        arguments: what follows the program's name; by default what it was called with.

    Returns:
        The exit status: 0 fine, 1 the design has errors, 2 the call could not be carried out.

    Raises:
        SystemExit: help or the version was asked for (0), or the arguments make no sense (2).
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    # What follows -- goes to JupyterLab; argparse would take the first of it for the path.
    cut = words.index("--") if words[:1] == ["lab"] and "--" in words else len(words)
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        from ddd_lab.spec.no_such import meant

        hint = meant(words[0], COMMANDS, "; `ddd-lab --help` lists all")
        print_err(f"ddd-lab: there is no command {words[0]!r}{hint}")
        return Status.FAILED
    parser = _parser(words[0] if words else "")
    args = parser.parse_args(words[:cut], argparse.Namespace(rest=words[cut + 1 :]))
    if args.run is None:
        print_err(parser.format_help())
        return Status.FAILED
    try:
        status: int = args.run(args)
    except CallError as error:
        print_err(f"ddd-lab {args.command}: {error}")
        return Status.FAILED
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except Exception:  # noqa: BLE001 - Python's own status for it is 1: "the design has errors"
        import traceback

        print_err(traceback.format_exc())
        print_err(
            f"ddd-lab {args.command}: this is a mistake in DDD Lab {__version__}, not in your "
            "design; please report the lines above"
        )
        return Status.FAILED
    return status


def _parser(wanted: str) -> argparse.ArgumentParser:
    """The parser of all commands; where one of them is called, only that one is imported."""
    parser = argparse.ArgumentParser(
        prog="ddd-lab",
        description="Software designs as YAML in Git: check, look at, compare and edit them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ddd-lab {__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for name in (wanted,) if wanted in COMMANDS else COMMANDS:
        importlib.import_module(f"{__name__}.{name.replace('-', '_')}").add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(program())
