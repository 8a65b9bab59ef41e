"""Git's refusals in plain words: what is wrong, then what to do."""

from __future__ import annotations

import re
from typing import Final

from ddd_lab.files.disk.git import GitError

SIGN_IN: Final = (
    "The remote asks who you are, and Git has no answer at hand. Run “git push” once in a terminal "
    "to sign in, or set up a credential helper or an SSH key"
)
AUTHOR: Final = (
    "Git does not know who you are. Run in a terminal: git config --global user.name "
    '"Your Name" and git config --global user.email you@example.org'
)
LOCKED: Final = (
    "Another Git command is at work here, or was cut off. Wait for it; if none is running, "
    "remove the file index.lock in the .git folder"
)
UNWRITABLE: Final = (
    "The repository cannot be written to, so nothing can be staged or committed. "
    "Check who may write in its .git folder"
)
FOREIGN: Final = (
    "The repository belongs to somebody else, so Git does not work in it. If you know whose it "
    "is, run in a terminal: git config --global --add safe.directory"
)

_KNOWN: Final = {
    AUTHOR: r"please tell me who you are|unable to auto-detect email|useconfigonly|empty ident",
    LOCKED: r"index\.lock': file exists|another git process|cannot lock ref",
    FOREIGN: r"dubious ownership",
    SIGN_IN: (
        r"terminal prompts disabled|could not read (username|password)|authentication failed"
        r"|permission denied \(|host key verification failed|invalid username or password"
    ),
    UNWRITABLE: (
        r"permission denied|read-only file system|insufficient permission|unable to create"
    ),
    "Git's list of what is staged is damaged. Remove the file index in the .git folder, then run "
    "in a terminal: git reset": r"index file (smaller|corrupt|open failed)|bad (index|signature)",
    "A settings file of Git cannot be read. Correct the line that Git names": (
        r"bad (numeric )?config"
    ),
    "The repository is damaged. Look in a terminal what is missing (git fsck --full), and get it "
    "from a backup or another clone": (
        r"object file .* is empty|(loose|bad) object|object .* (is corrupt|missing)|unable to read"
    ),
    "The remote has commits that are not here yet. Pull first, then push": (
        r"non-fast-forward|fetch first|tip of your current branch is behind"
    ),
    "Changes that are not committed would be overwritten. Commit or discard them first": (
        r"would be overwritten by (merge|checkout)"
    ),
    "The remote was not found. Look at its address in a terminal: git remote -v": (
        r"no such remote|does not appear to be a git repository|repository .*not found"
        r"|could not read from remote repository"
    ),
    "The remote cannot be reached. Check the network and try again": (
        r"could not resolve host|connection (refused|timed out)|failed to connect"
        r"|network is unreachable"
    ),
    "The remote has a history of its own, which has nothing in common with this one": (
        r"refusing to merge unrelated histories"
    ),
}
"""What is to be said, by what Git says."""
_BY_REMOTE = re.compile(r"\[remote rejected\]|remote: error|hook declined")


def in_words(error: GitError) -> str:
    """A refusal in plain words, with what a hook or a remote has said."""
    complaint = error.complaint
    if not complaint:
        return str(error)
    if _BY_REMOTE.search(complaint):
        lines = [line.strip() for line in complaint.split("\n")]
        spoken = [line for line in lines if line.startswith("remote:") or "[remote rej" in line]
        return "\n".join(["The remote refuses. It says:", *spoken])
    for words, pattern in _KNOWN.items():
        if re.search(pattern, complaint, re.IGNORECASE):
            return f"{words}. Git says: {_first(complaint)}"
    return complaint


def _first(complaint: str) -> str:
    """The line that says what is wrong."""
    lines = [line.strip() for line in complaint.split("\n") if line.strip()]
    marked = (line for line in lines if line.lower().startswith(("fatal:", "error:")))
    return next(marked, lines[0])
