"""Git for a design that is open: what it changes in files is a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.documents.conflict_markers import Choice
from ddd_lab.files.documents.document import Document
from ddd_lab.files.workspace.merge_conflicts import ConflictPlace, merge_conflicts, resolve_merge
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.git import committing, discarding, history, sharing
from ddd_lab.git.committing import Commit
from ddd_lab.git.discarding import Discarded
from ddd_lab.git.history import FileHistory
from ddd_lab.git.message import offered_message
from ddd_lab.git.restoring import version_to_restore
from ddd_lab.git.sharing import Pulled
from ddd_lab.git.spec_paths import path_of
from ddd_lab.git.status import GitStatus, read_status
from ddd_lab.plurals import plural
from ddd_lab.spec.no_such import no_such


class DesignGit:
    """The repository of an open design. Files are named by path, flows and domains by their keys.

    Git refuses with a `GitError`, whose words say what to do. Where the repository itself names
    programs (hooks, filters), whatever writes asks for trust in the project first.

    Args:
        workspace: of the design.

    Example:
        >>> project.git.status()
        on main
        There is no remote, so there is nothing to pull or push. Add one in a terminal: git \
remote add origin ADDRESS.
        Nothing differs from the last commit.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._root = workspace.root
        self._discarded: list[Discarded] = []

    def __repr__(self) -> str:
        return repr(self.status())

    def _repr_html_(self) -> str:
        return self.status()._repr_html_()

    def status(self) -> GitStatus:
        """Branch, what is ahead and behind, and each file that differs, with its changes in words.

        Returns:
            The status; where there is no repository it says so. A cell shows it.

        Example:
            >>> project.git.status().branch
            'main'
        """
        self._workspace.take_outside_changes()
        return read_status(self._root, self._workspace.dirty)

    def init(self) -> GitStatus:
        """Make the project's folder a Git repository.

        Returns:
            The status.

        Raises:
            GitError: it lies in one already, or Git refuses.

        Example:
            >>> project.git.init()
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: This design lies in a repository already
        """
        sharing.init(self._root)
        return self.status()

    def stage(self, *names: str) -> GitStatus:
        """Have files, as they are saved, in the next commit.

        Args:
            names: paths, or keys of flows and domains; everything that differs if left out.

        Returns:
            The status.

        Raises:
            GitError: Git refuses.

        Example:
            >>> project.git.stage().staged
            ()
        """
        status = self.status()
        all_of_it = [file.path for file in (*status.changed, *status.untracked)]
        committing.stage(self._root, self._paths(names) or all_of_it)
        return self.status()

    def unstage(self, *names: str) -> GitStatus:
        """Leave files out of the next commit; on disk they stay as they are.

        Args:
            names: paths, or keys of flows and domains; everything that is staged if left out.

        Returns:
            The status.

        Raises:
            GitError: Git refuses.

        Example:
            >>> project.git.unstage().staged
            ()
        """
        all_of_it = [
            path for file in self.status().staged for path in (file.path, file.was) if path
        ]
        committing.unstage(self._root, self._paths(names) or all_of_it)
        return self.status()

    def discard(self, *names: str) -> list[str]:
        """Let files say again what is staged or committed, as one step that `undo` takes back.

        A file that Git does not know is removed. The files are saved at once; undoing brings back
        what they said, to be saved again. What is no design, or cannot be read as one, no undo
        knows; `put_back` brings it back.

        Args:
            names: paths, or keys of flows and domains.

        Returns:
            The paths.

        Raises:
            GitError: one of them has no changes to discard.

        Example:
            >>> project.git.discard("lending/return-item")
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: specs/domains/lending/flows/return-item.yaml has no \
changes to discard
        """
        paths = self._paths(names)
        if not paths:
            raise GitError("Name the files whose changes are to be discarded")
        chosen = discarding.discardable(self.status(), paths)
        former = {path: self._before(path, is_new=is_new) for path, is_new in chosen.items()}
        unreadable = [path for path, document in former.items() if document is None]
        if unreadable:  # only Git can keep what they said
            self._discarded = discarding.discard(self._root, unreadable)
            self._workspace.reload(unreadable)
        if readable := {path: document for path, document in former.items() if document}:
            models = {path: one.version and one.version.model for path, one in readable.items()}
            texts = {path: one.text() for path, one in readable.items() if one.version}
            label = f"discard changes of {plural(len(models), 'file')}"
            self._workspace.change(models, label, texts=texts)
            self._workspace.save(models)
        return paths

    def _before(self, path: str, *, is_new: bool) -> Document | None:
        """What a file said before its changes; None where it cannot be read, now or then."""
        document = Document(path)
        if not is_new:
            document.load(self._staged(path))
        current = self._workspace.document(path)
        is_readable = current is not None and current.broken is None and document.broken is None
        return document if is_readable else None

    def put_back(self) -> list[str]:
        """Have back what `discard` last took from files that undo does not know.

        Returns:
            Their paths.

        Raises:
            GitError: one of them was changed since; nothing is written then.

        Example:
            >>> project.git.put_back()
            []
        """
        paths = discarding.put_back(self._root, self._discarded)
        self._discarded = []
        self._workspace.reload(paths)
        return paths

    @property
    def message(self) -> str:
        """The message that is offered for the next commit, made from what is staged.

        Example:
            >>> project.git.message
            ''
        """
        return offered_message(self.status())

    def commit(self, message: str = "") -> Commit:
        """Commit what is staged of the design, and nothing else.

        Hooks run as they do in a terminal. Unsaved edits are not in it.

        Args:
            message: what it says; the one that is offered if left out.

        Returns:
            The commit.

        Raises:
            GitError: nothing is staged, or Git or a hook refuses.

        Example:
            >>> project.git.commit("Lend for four weeks")
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: Nothing is staged. Nothing has changed
        """
        self._workspace.take_outside_changes()
        unsaved = sorted(self._workspace.dirty)
        done = committing.commit(self._root, message or self.message or "Commit", unsaved)
        self._workspace.reload()  # a hook may have changed files
        return done

    def pull(self) -> Pulled:
        """Fetch what the others have committed and merge it.

        Returns:
            What came, in words; files that conflict are named.

        Raises:
            GitError: there is nothing to pull from, or Git refuses.

        Example:
            >>> project.git.pull()
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: There is no remote, so there is nothing to pull or \
push. Add one in a terminal: git remote add origin ADDRESS
        """
        pulled = sharing.pull(self._root)
        self._workspace.reload()
        return pulled

    def push(self) -> str:
        """Send the commits of this branch to its remote; a new branch is published.

        Returns:
            What was done, in words.

        Raises:
            GitError: there is no remote, or it refuses.

        Example:
            >>> project.git.push()
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: There is no remote, so there is nothing to pull or \
push. Add one in a terminal: git remote add origin ADDRESS
        """
        return sharing.push(self._root)

    def abort(self) -> str:
        """Take back a merge, rebase, cherry-pick or revert that is in progress.

        Returns:
            What was done, in words.

        Raises:
            GitError: nothing is in progress.

        Example:
            >>> project.git.abort()
            Traceback (most recent call last):
            ddd_lab.files.disk.git.GitError: Nothing is in progress that could be aborted
        """
        done = sharing.abort(self._root)
        self._workspace.reload()
        return done

    @property
    def conflicts(self) -> dict[str, tuple[ConflictPlace, ...]]:
        """What a merge has left to decide: for each file the places that both sides changed.

        Each has ``base``, ``current`` and ``incoming``, the lines of its versions. In a rebase,
        ``incoming`` is one's own commit.

        Example:
            >>> project.git.conflicts
            {}
        """
        self._workspace.take_outside_changes()
        for path in list(self._workspace.documents):
            self._workspace.document(path)  # it may not have been read yet
        return merge_conflicts(self._workspace)

    def resolve(self, name: str, *choices: Choice, stage: bool = False) -> None:
        """Choose a version for each place of a file in conflict, as one step that undo takes back.

        Args:
            name: key of a flow or domain, or a path.
            choices: ``base``, ``current`` or ``incoming`` for each place, in their order; a single
                one is for all of them.
            stage: save the file and stage it, which tells Git that it is resolved.

        Raises:
            EditError: the file is not in conflict, or what was chosen does not fit together.
            GitError: it cannot be staged.

        Example:
            >>> project.git.resolve("lending/return-item", "incoming")
            Traceback (most recent call last):
            ddd_lab.spec.models.base.EditError: \
specs/domains/lending/flows/return-item.yaml has no conflicts of a merge
        """
        path = self._path(name)
        resolve_merge(self._workspace, path, choices)
        if stage:
            self._workspace.save([path])
            committing.stage(self._root, [path])

    def history(self, name: str, limit: int = history.MOST) -> FileHistory:
        """The versions of a flow or another file, newest first, with what each changed in words.

        Args:
            name: key of a flow or domain, or a path; the file need not exist any more.
            limit: the most versions, the newest of them.

        Returns:
            The versions; a cell shows them.

        Raises:
            GitError: there is no repository.
            KeyError: there is no such file, and never was.

        Example:
            >>> [version.subject for version in project.git.history("lending/return-item")]
            ['First commit']
        """
        versions = history.read_history(self._root, self._path(name), limit)
        if not versions and not self._workspace.exists(self._path(name)):
            design = self._workspace.design
            raise no_such("file", name, [*design.domains, *design.flow_keys, *design.paths])
        return versions

    def restore(self, name: str, revision: str) -> str:
        """Let a flow or another file say what it said at a revision, as one step to undo.

        It is an edit like any other: save it, then commit it.

        Args:
            name: key of a flow or domain, or a path; a file that was removed is there again.
            revision: as Git names it: a commit of the history, a tag, ``HEAD~3``.

        Returns:
            What was done, as the undo button calls it.

        Raises:
            RevisionError: there was no such file then.
            EditError: the version cannot be read, or the file is broken now.

        Example:
            >>> project.git.restore("lending/return-item", "HEAD")
            'restore lending/return-item as of HEAD'
        """
        path = self._path(name)
        document = version_to_restore(self._root, path, revision)
        model = document.version.model if document.version else None
        short = revision[:8] if len(revision) == 40 else revision
        label = f"restore {name} as of {short}"
        self._workspace.change({path: model}, label, texts={path: document.text()})
        return label

    def _staged(self, path: str) -> bytes:
        """What Git's index has of a file."""
        git = Git(self._root)
        entry = git.text("ls-files", "--stage", "-z", "--full-name", "--", path)
        hash = entry.split(" ")[1] if entry else ""
        contents = git.contents([hash]) if hash else {}
        if hash not in contents:
            raise GitError(f"Git has no version of {path}")
        return contents[hash]

    def _paths(self, names: Sequence[str]) -> list[str]:
        return [self._path(name) for name in names]

    def _path(self, name: str) -> str:
        return path_of(self._workspace, name)
