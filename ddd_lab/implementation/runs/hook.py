"""What Claude Code calls as a turn goes on and ends: notes that into the folder of the run.

Called as ``python hook.py FOLDER`` with JSON on its standard input. It must be quick, needs nothing
of the rest of the lab, and never stands in Claude Code's way: it says nothing and always succeeds.
What a person types, and what tools read and write, is not noted.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time

KEPT = (
    "hook_event_name",
    "session_id",
    "transcript_path",
    "last_assistant_message",
    "notification_type",
    "source",
    "reason",
    "error",
    "tool_name",
)
_BELOW_DDD = 3
"""Steps that end a run's folder: ``.ddd/runs/<id>``."""
_FLAGS = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


def main() -> None:
    """Append one line to the run's record."""
    try:
        event = json.load(sys.stdin)
        entry = {key: event[key] for key in KEPT if key in event}
        entry["at"] = time.time()
        # It begins anew, whatever a full disk has left of the line before.
        _append(sys.argv[1], f"\n{json.dumps(entry)}\n".encode())
    except Exception:  # noqa: BLE001 - a hook that fails would trouble the person's session
        pass


def _append(folder: str, line: bytes) -> None:
    """Append to the record, as the storage does: through no link, and to a regular file only."""
    path = os.path.join(folder, "hooks.jsonl")  # noqa: PTH118 - starts quicker without
    above = path
    for _ in range(_BELOW_DDD + 1):
        if os.path.islink(above):  # noqa: PTH114
            return
        above = os.path.dirname(above)  # noqa: PTH120
    file = os.open(path, _FLAGS, 0o644)
    try:
        if stat.S_ISREG(os.fstat(file).st_mode):
            os.write(file, line)
    finally:
        os.close(file)


if __name__ == "__main__":
    main()
