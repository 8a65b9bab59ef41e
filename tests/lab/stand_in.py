"""A program in Claude Code's place: it does what a script says, then stays at its prompt.

Called as ``python stand_in.py SCRIPT.json ... --settings FILE ... -- PROMPT``. The script is a list
of steps: ``{"write": {path: text}}``, ``{"tell": event, ...}`` (to the hooks), ``{"until": path}``
(wait for a file), ``{"exit": status}``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def main(words: list[str]) -> int:
    settings = json.loads(Path(words[words.index("--settings") + 1]).read_text())
    for step in json.loads(Path(words[0]).read_text()):
        if "exit" in step:
            return int(step["exit"])
        take(step, settings)
    while input("> ") != "/exit":
        pass
    return 0


def take(step: dict[str, Any], settings: dict[str, Any]) -> None:
    for path, text in step.get("write", {}).items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
    while "until" in step and not Path(step["until"]).exists():
        time.sleep(0.05)
    if "tell" in step:
        hook = settings["hooks"][step["tell"]][0]["hooks"][0]["command"]
        told = json.dumps({"hook_event_name": step["tell"], **step})
        subprocess.run(hook, shell=True, input=told.encode(), check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
