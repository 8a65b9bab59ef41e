"""Writing to the terminal or a pipe, whatever its encoding and however soon it closes."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any, TextIO

from ddd_lab.cli._errors import CallError
from ddd_lab.visible import one_line, visible, visible_json


def print_out(text: str) -> None:
    """Print text for people, in a terminal or a file: nothing in it acts on who shows it.

    What the terminal cannot show becomes a question mark.
    """
    stream = sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    _write(stream, visible(text, lines=True).encode(encoding, "replace"))


def write_raw(text: str) -> None:
    """Print text for other programs: always UTF-8, whatever the terminal's encoding."""
    _write(sys.stdout, text.encode("utf-8", "replace"))


def hand_over_json(document: Any) -> None:
    """Print one JSON document."""
    write_raw(visible_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n")


def print_err(text: str) -> None:
    """Print a message to the error output; where that is closed, there is nobody to tell."""
    with contextlib.suppress(CallError):
        stream = sys.stderr
        encoding = getattr(stream, "encoding", None) or "utf-8"
        shown = visible(text.rstrip("\n"), lines=True)
        _write(stream, f"{shown}\n".encode(encoding, "replace"))


def answer(question: str) -> str:
    """What a person says to a question; nothing where the input has ended."""
    print_out(question)
    return sys.stdin.readline().strip()


def plain(text: str) -> str:
    """Text of a design on one line, whatever its length."""
    return one_line(text, 0)


def _write(stream: TextIO | None, content: bytes) -> None:
    # Python sets a stream to None when its file was closed before the program began.
    if stream is None:
        return
    try:
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(content.decode(stream.encoding or "utf-8", "replace"))
        else:
            stream.flush()
            buffer.write(content)
        stream.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`): the rest of the output, Python's own last flush
        # included, goes nowhere, and the exit status stays what it is.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise CallError(f"the output cannot be written: {error}") from error
