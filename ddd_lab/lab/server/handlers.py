"""How endpoints are served: who may call them, how long they may take, how failures are told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from functools import partial
from typing import Any, NamedTuple

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web
from tornado.iostream import StreamClosedError

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.lab.protocol.panel import HOLD, Refusal, RootNamed, StateWanted
from ddd_lab.lab.protocol.tree import TreeWanted
from ddd_lab.lab.server.endpoints import Endpoint, Server
from ddd_lab.lab.server.errors import (
    OtherVersionError,
    read_body,
    read_query,
    refusal,
    trust_asked,
)
from ddd_lab.lab.server.threads import Lanes
from ddd_lab.slow_log import slow_logged
from ddd_lab.version import __version__
from ddd_lab.visible import error_at_hand

STEP = 1.0
"""Seconds between looks at a project for a panel that waits: a program that ends tells nobody."""
TREE_STEP = 5.0
"""The same for the tree and the status bar, which stands open all day."""


class Place(NamedTuple):
    """What all handlers of a server share."""

    server: Server
    lanes: Lanes


class EndpointHandler(APIHandler):
    """Base of both kinds: work is done in threads, failures are answered in words."""

    def initialize(self, place: Place, endpoint: Endpoint) -> None:
        """Take what all handlers share, and what this one serves."""
        self.place = place
        self.endpoint = endpoint
        self.auth_resource = endpoint.rights
        # A panel that stands open is no work of a person.
        self._track_activity = not issubclass(endpoint.arguments, StateWanted)
        self.woken = asyncio.Event()
        self.gone = False

    async def reply(self, work: Awaitable[Message | None]) -> None:
        """Answer with what some work makes; nothing is 304."""
        try:
            result = await work
        except Exception as error:  # noqa: BLE001 - it is logged
            status, words = refusal(error) or (500, self._unforeseen(error))
            self.set_status(status)
            result = Refusal(message=words, trust=trust_asked(error))
        with contextlib.suppress(StreamClosedError):  # nobody is there any more
            if result is None:
                self.set_status(304)
                await self.finish()
            else:
                await self.finish(result.as_json())

    def _unforeseen(self, error: Exception) -> str:
        self.log.error("DDD Lab failed at %s\n%s", self.request.path, error_at_hand())
        return (
            f"DDD Lab failed because of an unexpected error ({error!r}). See the "
            "log of the Jupyter server."
        )

    def named(self, name: str) -> str | None:
        """A value that the address has; bytes that are no UTF-8 as Python keeps them."""
        values = self.request.query_arguments.get(name)
        # Tornado's own way would replace control characters, which a folder's name may have.
        return values[-1].decode("utf-8", "surrogateescape") if values else None

    def on_connection_close(self) -> None:
        """Wait no longer for somebody who has gone."""
        self.gone = True
        self.woken.set()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer what Jupyter itself refuses in the same form."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        words = error.log_message if isinstance(error, web.HTTPError) else None
        self.finish(Refusal(message=words or f"{status_code} {self._reason}").as_json())


class QueryHandler(EndpointHandler):
    """Questions."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Answer the question."""
        await self.reply(self._found())

    async def _found(self) -> Message | None:
        arguments = read_query(self.endpoint.arguments, self.named)
        if isinstance(arguments, StateWanted) and arguments.wait:
            return await self._news(arguments)
        return await self._asked(arguments)

    async def _asked(self, arguments: Message) -> Message | None:
        """The answer as things are now; what several ask at once is looked for once."""
        lane = arguments.root if isinstance(arguments, RootNamed) else "The folder of the server"
        work = partial(self.endpoint.run, self.place.server, arguments)
        with slow_logged(self.log, f"Request {self.request.path}"):
            patience = self.endpoint.patience if self.endpoint.slow else None
            return await self.place.lanes.ask(lane, self.request.uri or "", work, patience)

    async def _news(self, arguments: StateWanted) -> Message | None:
        """The answer as soon as it is another one than the panel has; None if that takes long."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + HOLD
        step = TREE_STEP if isinstance(arguments, TreeWanted) else STEP
        opened = partial(self.place.server.projects.at, arguments.root)
        project = await self.place.lanes.ask(arguments.root, "open", opened)
        with project.looks.listening(partial(loop.call_soon_threadsafe, self.woken.set)):
            while True:
                self.woken.clear()
                state = await self._asked(arguments)
                if state is not None or self.gone or loop.time() > deadline:
                    return state
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.woken.wait(), step)


class ActionHandler(EndpointHandler):
    """What is done for a person."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Do it, unless the panel is of another version."""
        await self.reply(self._done())

    async def _done(self) -> Message | None:
        version = self.named("version")
        if version not in (None, "", __version__):
            raise OtherVersionError(version)
        arguments = read_body(self.endpoint.arguments, self.request.body)
        root = arguments.root if isinstance(arguments, RootNamed) else ""
        work = partial(self.endpoint.run, self.place.server, arguments)
        with slow_logged(self.log, f"Request {self.request.path}"):
            return await self.place.lanes.act(root, work, self.endpoint.patience)


HANDLERS = {"GET": QueryHandler, "POST": ActionHandler}
