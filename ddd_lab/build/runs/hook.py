"""What Claude Code calls as a turn goes on and ends: notes that into the folder of the run.

Called as ``python hook.py FOLDER`` with JSON on its standard input. It must be quick, needs nothing
of the rest of the lab, and never stands in Claude Code's way: it says nothing and always succeeds.
What a person types, and what tools read and write, is not noted.
"""

from __future__ import annotations

import json
import os
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


def main() -> None:
    """Append one line to the run's record."""
    try:
        given = json.load(sys.stdin)
        entry = {key: given[key] for key in KEPT if key in given}
        entry["at"] = time.time()
        # It begins anew, whatever a full disk has left of the line before.
        line = f"\n{json.dumps(entry)}\n".encode()
        path = os.path.join(sys.argv[1], "hooks.jsonl")  # noqa: PTH118 - starts quicker without
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(file, line)
        os.close(file)
    except Exception:  # noqa: BLE001 - a hook that fails would trouble the person's session
        pass


if __name__ == "__main__":
    main()
