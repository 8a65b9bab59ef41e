"""What Git does for a person, and when that asks for trust.

A person's own settings may name what they like: those run as in any terminal. What the repository
itself names (hooks, filters, helpers in its ``.git``) came with the folder, and runs only where the
person trusts the project. A repository that names nothing needs no trust.
"""

from __future__ import annotations

from pathlib import Path

from ddd_lab.files.disk.git import ActingGit, GitError
from ddd_lab.git.refusals import in_words
from ddd_lab.implementation.trust import require_trust
from ddd_lab.implementation.trust_request import names_git_programs


def act(root: Path, *words: str, stdin: bytes = b"", index: str = "") -> str:
    """Have Git do something in the repository of a project.

    Args:
        words: the command; names that come from data go behind ``--``.
        stdin: what it reads.
        index: the file that stands for the repository's own index.

    Returns:
        What Git answers.

    Raises:
        GitError: Git refuses; says why and what to do.
        NotTrustedError: the repository names programs, and nobody trusts it.
        ConfigError: it cannot be said what would be run.
    """
    if names_git_programs(root):
        require_trust(root, "Git, which would run what its repository names,")
    try:
        return ActingGit(root).ask(*words, stdin=stdin, index=index)
    except GitError as error:
        raise GitError(in_words(error), error.complaint) from error


def act_on(root: Path, paths: list[str], *words: str) -> str:
    """The same with paths, of which there may be more than a command line holds."""
    stdin = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
    return act(root, *words, "--pathspec-from-file=-", "--pathspec-file-nul", stdin=stdin)
