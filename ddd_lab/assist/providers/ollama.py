"""Ollama's own API: only there can a prompt's length be asked for and checked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ddd_lab.assist.providers.adapter import Adapter, Body, schema_as_text
from ddd_lab.assist.providers.openai import functions
from ddd_lab.assist.providers.profiles import ModelProfile
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.providers.reader import ReplyReader, Stop
from ddd_lab.assist.providers.server import STAND_IN
from ddd_lab.assist.replies import LoadingModel, ReplyEvent, Usage
from ddd_lab.assist.requests import Message, Request

if TYPE_CHECKING:
    import httpx2

_STOPS: Final[dict[str, Stop]] = {"length": "length"}
_USUAL_CONTEXT: Final = 16_384
_FEWEST_LETTERS_PER_TOKEN: Final = 2.5


class OllamaAdapter(Adapter):
    """A provider that speaks like Ollama."""

    def body(self, request: Request, profile: ModelProfile) -> Body:
        """The document of a request; the schema is in the prompt too, for models that need it."""
        system = list(filter(None, request.system))
        if request.schema is not None:
            system.append(schema_as_text(request))
        options: Body = {
            "num_ctx": _context(request, profile.context),
            "num_predict": request.max_tokens,
        }
        if request.temperature is not None and profile.sampling:
            options["temperature"] = request.temperature
        body: Body = {
            "model": request.model,
            "messages": list(_messages("\n\n".join(system), request.messages)),
            "options": options,
            "stream": True,
            "truncate": False,
            "shift": False,
        }
        if request.effort and profile.effort:
            body["think"] = request.effort
        if request.tools:
            body["tools"] = functions(request)
        if request.schema is not None and profile.structured != "none":
            as_schema = profile.structured == "json_schema"
            body["format"] = dict(request.schema) if as_schema else "json"
        return body

    async def read(self, body: Body, reader: ReplyReader) -> AsyncIterator[ReplyEvent]:
        """The reply of a chat."""
        stop: str | None = None
        async with self.server.client() as client:
            if not await self._is_loaded(client, body["model"]):
                yield LoadingModel()
            request = client.build_request("POST", self._url("chat"), **self._sent(json=body))
            response = await client.send(request, stream=True)
            try:
                if response.is_error or response.is_redirect:
                    await response.aread()
                    raise RefusedError(response)
                reader.begin()
                async for line in response.aiter_lines():
                    document = json.loads(line) if line.strip() else {}
                    if "error" in document:
                        raise RefusedError(response, document)
                    for event in _pieces(document, reader):
                        yield event
                    if document.get("done"):
                        stop = document.get("done_reason") or "stop"
                        reader.usage = _usage(document)
            finally:
                await response.aclose()
        for last in reader.end(stop, _STOPS):
            yield last

    async def fetch_models(self) -> list[ServedModel]:
        """The models on the server's disk; of our own, also how much it takes."""
        own = self.server.entry.model_id
        shown: Body = {}
        async with self.server.client(quick=True) as client:
            listed = (await self._ask(client, "GET", "tags")).get("models") or ()
            if any(_same(each["name"], own) for each in listed):
                shown = await self._ask(client, "POST", "show", json={"model": own})
        return [_served(each, shown if _same(each["name"], own) else {}) for each in listed]

    async def _is_loaded(self, client: httpx2.AsyncClient, model: str) -> bool:
        """Whether a model is in memory; True where the server cannot say."""
        import httpx2

        try:
            document = await self._ask(client, "GET", "ps", timeout=5)
        except httpx2.ConnectError:
            raise
        except (httpx2.HTTPError, RefusedError, ValueError):
            return True
        return any(_same(each.get("name", ""), model) for each in document.get("models") or ())

    async def _ask(
        self, client: httpx2.AsyncClient, method: str, what: str, **options: Any
    ) -> Body:
        response = await client.request(method, self._url(what), **self._sent(**options))
        if response.is_error or response.is_redirect:
            raise RefusedError(response)
        document: Body = response.json()
        return document

    def _url(self, what: str) -> str:
        return f"{self.server.base_url}/api/{what}"

    def _sent(self, **options: Any) -> Body:
        return {"headers": {"Authorization": f"Bearer {STAND_IN}"}, **options}


class RefusedError(Exception):
    """The server answered with an error, before or in the middle of a reply.

    Attributes:
        response: of HTTP.
        body: its document, or its text where that is none.
    """

    def __init__(self, response: httpx2.Response, body: object = None) -> None:
        super().__init__("refused")
        self.response = response
        self.body = body
        if body is None:
            try:
                self.body = response.json()
            except ValueError:
                self.body = response.text


def _pieces(document: Mapping[str, Any], reader: ReplyReader) -> Iterator[ReplyEvent]:
    reader.model = document.get("model") or reader.model
    message = document.get("message") or {}
    if message.get("thinking"):
        yield from reader.thinking(message["thinking"])
    if message.get("content"):
        yield from reader.text(message["content"])
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        arguments = function.get("arguments")
        reader.unshown(str(arguments))
        reader.tool_call(call.get("id", ""), function.get("name", ""), arguments)


def _messages(system: str, messages: tuple[Message, ...]) -> Iterator[Body]:
    if system:
        yield {"role": "system", "content": system}
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    for message in messages:
        turn: Body = {"role": message.role, "content": message.text}
        if message.role == "tool":
            turn["tool_name"] = names.get(message.tool_call_id, "")
        elif message.tool_calls:
            turn["tool_calls"] = [
                {"function": {"name": call.name, "arguments": dict(call.arguments)}}
                for call in message.tool_calls
            ]
        elif not message.text:
            continue
        yield turn


def _context(request: Request, most: int | None) -> int:
    """Tokens to make room for, in few steps, since another number loads the model anew."""
    letters = sum(map(len, request.system)) + sum(len(each.text) for each in request.messages)
    letters += len(json.dumps(functions(request))) + len(json.dumps(request.schema))
    needed = int(letters / _FEWEST_LETTERS_PER_TOKEN) + request.max_tokens
    room = _USUAL_CONTEXT
    while room < needed:
        room *= 2
    return min(room, most or room)


def _usage(document: Mapping[str, Any]) -> Usage | None:
    prompt, output = document.get("prompt_eval_count"), document.get("eval_count")
    return Usage(prompt, output=output or 0) if prompt else None


def _served(listed: Mapping[str, Any], shown: Mapping[str, Any]) -> ServedModel:
    """A model of the list, with what is shown of it."""
    abilities = listed.get("capabilities") or shown.get("capabilities") or ()
    about: Mapping[str, Any] = shown.get("model_info") or {}
    context = about.get(f"{about.get('general.architecture', '')}.context_length")
    return ServedModel(listed["name"], context, abilities=frozenset(abilities))


def _same(one: str, other: str) -> bool:
    """Whether two names mean one model; the server lists names with their tag."""
    return one.removesuffix(":latest") == other.removesuffix(":latest")
