"""The endpoints: who may call them, what they take and answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from ddd_lab.lab import protocol
from ddd_lab.lab.server import mutations, queries, runs
from ddd_lab.lab.server.errors import (
    BadCallError,
    other_version,
    read_body,
    refusal,
    trust_asked,
)
from ddd_lab.lab.server.project_cache import OpenProject, OpenProjects
from ddd_lab.lab.server.project_discovery import ProjectFinder
from ddd_lab.lab.server.run_views import run_view
from ddd_lab.lab.server.state import project_state
from ddd_lab.lab.server.threads import Lanes
from ddd_lab.slow_log import slow_logged
from ddd_lab.version import __version__
from ddd_lab.visible import error_at_hand

Wanted = TypeVar("Wanted", bound=protocol.RootNamed)

_PATIENCE = 60.0
"""Seconds that a deed may take which runs no tests: a terminal may take half of them."""


class Place(NamedTuple):
    """What all handlers of a server share."""

    finder: ProjectFinder
    projects: OpenProjects
    lanes: Lanes


class Handler(APIHandler):
    """Base of all endpoints: work is done in threads, failures are answered in words."""

    auth_resource = "contents"

    def initialize(self, place: Place) -> None:
        """Take what all handlers share."""
        self.place = place

    async def reply(self, work: Awaitable[protocol.Message | None]) -> None:
        """Answer with what some work makes; nothing is 304."""
        try:
            with slow_logged(self.log, f"Request {self.request.path}"):
                answer = await work
        except Exception as error:  # noqa: BLE001 - it is logged
            found = refusal(error)
            if found is None:
                self.log.error("DDD Lab failed at %s\n%s", self.request.path, error_at_hand())
                words = f"DDD Lab has failed at this ({error!r}); the server's log says more"
                found = 500, words
            status, words = found
            self.set_status(status)
            answer = protocol.Refusal(message=words, trust=trust_asked(error))
        if answer is None:
            self.set_status(304)
            await self.finish()
        else:
            await self.finish(answer.as_json())

    async def act(
        self,
        model: type[Wanted],
        deed: Callable[[OpenProject, Wanted], protocol.Message],
        patience: float | None = _PATIENCE,
    ) -> None:
        """Answer with what a deed makes of the body.

        Args:
            model: of the body.
            deed: what is wanted.
            patience: seconds that it may take; None for as long as it takes.
        """
        version = self.named("version")
        if version not in ("", __version__):
            await self._refuse(409, other_version(version))
            return
        try:
            wanted = read_body(model, self.request.body)
        except BadCallError as error:
            await self._refuse(400, str(error))
            return
        work = partial(self._done, wanted, deed)
        await self.reply(self.place.lanes.act(wanted.root, work, patience))

    async def _refuse(self, status: int, message: str) -> None:
        self.set_status(status)
        await self.finish(protocol.Refusal(message=message).as_json())

    def _done(
        self, wanted: Wanted, deed: Callable[[OpenProject, Wanted], protocol.Message]
    ) -> protocol.Message:
        project = self.place.projects.at(wanted.root)
        try:
            return deed(project, wanted)
        finally:
            project.looks.notice()  # who asks next sees what was done

    async def ask(self, question: Callable[[OpenProject], protocol.Message | None]) -> None:
        """Answer a question about the project that the address names."""
        root = self.named("root")
        await self.reply(
            self.place.lanes.ask(
                root, self.request.uri or "", lambda: question(self.place.projects.at(root))
            )
        )

    def named(self, name: str) -> str:
        """A value that the address must have; bytes that are no UTF-8 as Python keeps them."""
        given = self.request.query_arguments.get(name)
        # Tornado's own way would replace control characters, which a folder's name may have.
        return given[-1].decode("utf-8", "surrogateescape") if given else ""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer what Jupyter itself refuses in the same form."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        words = error.log_message if isinstance(error, web.HTTPError) else None
        self.finish(protocol.Refusal(message=words or f"{status_code} {self._reason}").as_json())


class TerminalHandler(Handler):
    """Base of those that start programs: for who may open terminals, which is the same."""

    auth_resource = "terminals"


class ProjectsHandler(Handler):
    """The projects below the server's folder."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """List them."""
        await self.reply(
            self.place.lanes.ask("The folder of the server", "projects", self.place.finder.projects)
        )


class ProjectHandler(Handler):
    """One project."""

    _track_activity = False
    """Asked every second by a panel that stands open, which is no work of a person."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Say how it stands, unless that is known."""
        known = self.named("rev")

        def changed(project: OpenProject) -> protocol.ProjectState | None:
            state = project_state(project, watched=True)
            return None if state.rev == known else state

        await self.ask(changed)


class PromptHandler(Handler):
    """Prompts."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Make one; nothing is kept."""
        await self.act(protocol.PromptWanted, queries.prompt)


class RunHandler(Handler):
    """One run."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Show it."""
        id = self.named("id")
        await self.ask(lambda project: run_view(project, project.run(id)))


class StartHandler(TerminalHandler):
    """New runs."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Start one in a terminal."""
        await self.act(protocol.RunWanted, runs.start_run)


class StopHandler(TerminalHandler):
    """The end of runs."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Stop one."""
        await self.act(protocol.RunNamed, runs.stop_run)


class ResumeHandler(TerminalHandler):
    """Runs whose program is gone."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Go on with one in a new terminal."""
        await self.act(protocol.RunNamed, runs.resume_run)


class ConfirmHandler(TerminalHandler):
    """Which files implement which flow."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Store it, and run the tests."""
        await self.act(protocol.Confirmed, runs.confirm_run, patience=None)


class TestsHandler(TerminalHandler):
    """Tests."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Run them."""
        await self.act(protocol.TestsWanted, runs.run_tests_of, patience=None)


class DriftHandler(Handler):
    """What moved between spec and code."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Show it."""
        key = self.named("flow")
        await self.ask(lambda project: queries.drift(project, key))


class AcceptHandler(Handler):
    """Drifts that are accepted."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Accept one."""
        await self.act(protocol.Accepted, mutations.accept)


class QueueHandler(TerminalHandler):
    """The queue."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Do something with it."""
        await self.act(protocol.QueueWanted, mutations.change_queue)


class ClaudeMdHandler(Handler):
    """``CLAUDE.md``."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Bring it up to date."""
        await self.act(
            protocol.RootNamed, lambda project, _: mutations.regenerate_claude_md(project)
        )


class TrustHandler(TerminalHandler):
    """Projects that a person trusts."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Trust one: only where that is what the person was shown."""
        await self.act(protocol.TrustWanted, mutations.trust_project)


class RevokeHandler(TerminalHandler):
    """Projects that a person no longer trusts."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Trust one no longer."""
        await self.act(protocol.RootNamed, lambda project, _: mutations.revoke_trust(project))


class EventsHandler(Handler):
    """What has happened."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """List the newest events."""
        await self.ask(queries.events)


ENDPOINTS: dict[str, type[Handler]] = {
    "projects": ProjectsHandler,
    "project": ProjectHandler,
    "prompt": PromptHandler,
    "run": RunHandler,
    "run/start": StartHandler,
    "run/stop": StopHandler,
    "run/resume": ResumeHandler,
    "run/confirm": ConfirmHandler,
    "tests": TestsHandler,
    "drift": DriftHandler,
    "accept": AcceptHandler,
    "queue": QueueHandler,
    "claude-md": ClaudeMdHandler,
    "trust": TrustHandler,
    "trust/revoke": RevokeHandler,
    "events": EventsHandler,
}
