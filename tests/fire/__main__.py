"""Runs the full count and prints what came of it.

Usage: python -m tests.fire
"""

from __future__ import annotations

import datetime
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.fire.kills import kill_renames
from tests.fire.rounds import fire

ROUNDS = 200
KILLS = 200
PAUSES = (0.0, 0.1, 0.5)


_ABOUT = """\
Three programs in processes of their own, two with the API and one canvas by its messages, edit
each its own node of one flow, in every fourth round all of them another one, too. While that is
unsaved, Git checks out a commit that changes a fourth node. Then all of them save, after a pause
that varies. A save is lost if it was reported as done and is neither in the file at the end of the
round nor in a conflict that names it.
"""


def main() -> int:
    """Print a table; the status says whether anything was lost (1) or not (0)."""
    today = datetime.datetime.now(datetime.UTC).date()
    machine = f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()})"
    print(f"# Saving under fire\n\n{today}: {machine}, Python {platform.python_version()}.\n")
    print(_ABOUT)
    print("| mean pause | rounds | saves | checkouts | conflicts told | lost |")
    print("|------------|--------|-------|-----------|----------------|------|")
    lost = 0
    for pause in PAUSES:
        with tempfile.TemporaryDirectory(prefix="ddd-fire-") as folder:
            report = fire(Path(folder), ROUNDS, pause)
        cells = f"{report.saves} | {report.checkouts} | {report.conflicts} | {len(report.lost)}"
        print(f"| {pause:g} s | {ROUNDS} | {cells} |", flush=True)
        lost += len(report.lost)
        for words in report.lost:
            print(words, file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="ddd-fire-") as folder:
        kills = kill_renames(Path(folder), KILLS)
    print(
        f"\n{KILLS} kills in the save of a rename of 50 flows: {kills.old} wholly old, {kills.new} "
        f"wholly new, {kills.half} half. {kills.cut_off} were cut off and finished at the next "
        f"opening, {kills.unsaid} of them without a word."
    )
    return 1 if lost or kills.half or kills.unsaid else 0


if __name__ == "__main__":
    sys.exit(main())
