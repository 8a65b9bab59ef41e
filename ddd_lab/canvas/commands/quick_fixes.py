"""Quick fixes: what could be done about problems, what it would change, and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StrictInt

from ddd_lab.canvas.boards.problem_counts import key_of
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, Ids, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.problem import Problem
from ddd_lab.text_diff import unified_diff

if TYPE_CHECKING:
    from ddd_lab.checks.fixes import Fix


class Problems(Arguments):
    """Problems, by key; all of them where left out."""

    keys: Ids | None = None


class OneFix(Arguments):
    """A fix of a problem, by its place in the list of them."""

    key: Text
    index: Annotated[StrictInt, Field(ge=0)] = 0


class FixTitles(Message):
    """What the fixes of problems are called, by the problems' keys."""

    fixes: dict[str, list[str]]


class FixPreview(Message):
    """What a fix is called, and the lines that it would change."""

    title: str
    diff: str


class AppliedFix(Message):
    """What the fix that was carried out is called."""

    title: str


class AppliedFixes(Message):
    """What the fixes that were carried out are called."""

    titles: list[str]


@operation("nothing")
def fixes(session: CanvasSession, request: Problems) -> FixTitles:
    """Say what the quick fixes of some problems would do; those that have none are left out."""
    keys = None if request.keys is None else set(request.keys)
    problems = _known(session)
    wanted = [problem for key, problem in problems.items() if keys is None or key in keys]
    titles = session.workbench.fix_titles(wanted)
    return FixTitles(fixes={key_of(problem): fix_titles for problem, fix_titles in titles.items()})


@operation("nothing")
def preview_fix(session: CanvasSession, chosen: OneFix) -> FixPreview:
    """Say which lines a fix would change."""
    fix = _fix(session, chosen)
    texts = session.workbench.preview_fix(fix)
    diffs = (_diff(path, old, new) for path, (old, new) in texts.items())
    return FixPreview(title=fix.title, diff="".join(diffs))


@operation("project")
def fix(session: CanvasSession, request: OneFix) -> AppliedFix:
    """Carry a fix out, as one step, and say what it did."""
    chosen = _fix(session, request)
    session.workbench.apply_fix(chosen)
    return AppliedFix(title=chosen.title)


@operation("project")
def fix_all(session: CanvasSession, _: Arguments) -> AppliedFixes:
    """Carry out every fix that nobody needs to be asked about, as one step."""
    return AppliedFixes(titles=[done.title for done in session.workbench.fix_all()])


def _known(session: CanvasSession) -> dict[str, Problem]:
    if session.broadcaster.problems is None:
        session.broadcaster.check()
    return {key_of(problem): problem for problem in session.broadcaster.problems or ()}


def _fix(session: CanvasSession, chosen: OneFix) -> Fix:
    problem = _known(session).get(chosen.key)
    if problem is None:
        raise EditError("this problem is gone, or the files have changed; look at the list again")
    available = session.workbench.fixes(problem)
    if chosen.index >= len(available):
        raise EditError("there is no such fix any more: the design has changed")
    return available[chosen.index]


def _diff(path: str, old: str, new: str) -> str:
    before = f"a/{path}" if old else "/dev/null"
    return unified_diff(old, new, before, f"b/{path}")
