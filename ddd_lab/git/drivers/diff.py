"""What ``git diff`` shows for a file of a design: what changed in words, then the patch itself.

Git starts it as ``python -P -m ….diff PATH OLD-FILE OLD-HASH OLD-MODE NEW-FILE …`` for each file.
Programs that apply patches skip the words.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git_programs import HEADINGS

MOST: Final = 40
"""Files of one comparison that are told in words; of more, only the patches are shown."""
_NONE: Final = "/dev/null"
_ODD: Final = re.compile(r'[\x00-\x1f"\\]')


class _Side(NamedTuple):
    file: str
    mode: str

    @property
    def exists(self) -> bool:
        return self.file != _NONE

    def content(self) -> bytes | None:
        path = Path(self.file).resolve()
        return storage.read(path.parent, path.name) if self.exists else None


def main(arguments: Sequence[str]) -> None:
    """Print the comparison of one file."""
    path = arguments[0]
    if len(arguments) < 7:
        _print([f"* Unmerged path {path}"])
        return
    old, new = _Side(arguments[1], arguments[3]), _Side(arguments[4], arguments[6])
    in_colour = _in_colour()
    lines = _words(path, old, new)
    patch = _patch(old, new, in_colour=in_colour)
    _print([*lines, *_header(path, old, new, patch, in_colour=in_colour), *_hunks(patch)])


def _words(path: str, old: _Side, new: _Side) -> list[str]:
    if int(os.environ.get("GIT_DIFF_PATH_TOTAL", "1")) > MOST:
        return []
    from ddd_lab.files.workspace.snapshot import compare_files
    from ddd_lab.git.status import described

    # Which kind of file it is does not depend on where in the repository the design lies.
    inner = f"specs/{path.rpartition('specs/')[2]}"
    difference = compare_files(inner, old.content(), new.content())
    if difference is not None and difference.state in ("added", "removed"):
        return [f"{path}: {difference.state}"]
    words, _ = described(difference)
    return [path, *(f"  {line}" for line in words)]


def _patch(old: _Side, new: _Side, *, in_colour: bool) -> list[str]:
    """What Git says of the two files; its headings name them as they lie on the disk."""
    colour = "always" if in_colour else "never"
    command = ["git", "-c", f"diff.default.xfuncname={HEADINGS}", "diff", "--no-index"]
    command += ["--no-ext-diff", "--no-textconv", f"--color={colour}", "--", old.file, new.file]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return done.stdout.decode("utf-8", "surrogateescape").splitlines()


def _header(path: str, old: _Side, new: _Side, patch: list[str], *, in_colour: bool) -> list[str]:
    before, after = (_quoted(f"{side}/{path}") for side in "ab")
    lines = [f"diff --git {before} {after}"]
    if not old.exists:
        lines.append(f"new file mode {new.mode}")
    elif not new.exists:
        lines.append(f"deleted file mode {old.mode}")
    elif old.mode != new.mode:
        lines += [f"old mode {old.mode}", f"new mode {new.mode}"]
    lines += [plain for line in patch if (plain := _plain(line)).startswith("index ")][:1]
    if _hunks(patch):
        lines += [f"--- {before if old.exists else _NONE}", f"+++ {after if new.exists else _NONE}"]
    return [f"\x1b[1m{line}\x1b[m" for line in lines] if in_colour else lines


def _hunks(patch: list[str]) -> list[str]:
    first = next((n for n, line in enumerate(patch) if _plain(line).startswith("@@ ")), len(patch))
    return patch[first:]


def _plain(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def _quoted(name: str) -> str:
    """A name as Git writes it in a patch."""
    if not _ODD.search(name):
        return name
    return '"' + _ODD.sub(lambda odd: f"\\{ord(odd[0]):03o}", name) + '"'


def _in_colour() -> bool:
    return sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE") == "true"


def _print(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


if __name__ == "__main__":
    main(sys.argv[1:])
