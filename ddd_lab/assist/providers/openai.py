"""OpenAI's chat completions, over the vendor's SDK; also for the servers that speak like it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ddd_lab.assist.providers.adapter import Adapter, Body, schema_as_text
from ddd_lab.assist.providers.failures import require_stream
from ddd_lab.assist.providers.profiles import ModelProfile
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.providers.reader import ReplyReader, Stop
from ddd_lab.assist.providers.server import STAND_IN
from ddd_lab.assist.replies import ReplyEvent, Usage
from ddd_lab.assist.requests import Message, Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_STOPS: Final[dict[str, Stop]] = {
    "tool_calls": "tools",
    "length": "length",
    "content_filter": "refusal",
}
_THINKING: Final = ("reasoning_content", "reasoning")


class OpenAIAdapter(Adapter):
    """A provider that speaks like OpenAI."""

    def body(self, request: Request, profile: ModelProfile) -> Body:
        """The document of a request."""
        system = list(filter(None, request.system))
        if request.schema is not None and profile.structured != "json_schema":
            system.append(schema_as_text(request))
        body: Body = {
            "model": request.model,
            "messages": list(_messages("\n\n".join(system), request.messages, profile)),
            profile.max_tokens_field: request.max_tokens,
        }
        if profile.stream_usage:
            body["stream_options"] = {"include_usage": True}
        if request.temperature is not None and profile.sampling:
            body["temperature"] = request.temperature
        if request.effort and profile.effort:
            body["reasoning_effort"] = request.effort
        if request.tools:
            body["tools"] = functions(request)
        if request.schema is not None and profile.structured == "json_schema":
            schema = dict(request.schema)
            answer = {"name": "answer", "schema": schema, "strict": _is_strict(schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": answer}
        elif request.schema is not None and profile.structured == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    async def read(self, body: Body, reader: ReplyReader) -> AsyncIterator[ReplyEvent]:
        """The reply of a completion."""
        calls = _Calls(reader)
        stop: str | None = None
        async with (
            self._client() as client,
            await client.chat.completions.create(**body, stream=True) as chunks,
        ):
            require_stream(chunks.response.headers.get("content-type", ""))
            reader.begin()
            async for chunk in chunks:
                reader.model = chunk.model or reader.model
                if chunk.usage is not None:
                    reader.usage = _usage(chunk.usage)
                for choice in chunk.choices or ():
                    stop = choice.finish_reason or stop
                    for event in _pieces(choice.delta, reader):
                        yield event
                    calls.take(choice.delta)
        if reader.refusal:
            stop = "content_filter"
        if stop != "length":  # a call that is cut off is no call
            calls.complete()
        for last in reader.end(stop, _STOPS):
            yield last

    async def fetch_models(self) -> list[ServedModel]:
        """The models that the server lists; some list none of their context."""
        async with self._client(quick=True) as client:
            return [
                ServedModel(model.id, _context(model.model_extra or {}))
                async for model in client.models.list()
            ]

    def _client(self, *, quick: bool = False) -> AsyncOpenAI:
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            api_key=STAND_IN,
            base_url=self.server.base_url,
            max_retries=0,
            http_client=self.server.client(quick=quick),
        )


def functions(request: Request) -> list[Body]:
    """The tools as functions, as OpenAI and Ollama take them."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": {"type": "object", "properties": {}, **tool.parameters},
            },
        }
        for tool in request.tools
    ]


class _Calls:
    """Tool calls while they come; some servers give no index, some no id."""

    def __init__(self, reader: ReplyReader) -> None:
        self._reader = reader
        self._calls: list[Body] = []
        self._at: dict[int, Body] = {}
        self._thinking: dict[str, str] = {}

    def take(self, delta: Any) -> None:
        """Take what a delta says of them, and the thinking that leads to them."""
        extra = (delta.model_extra or {}) if delta else {}
        for name in _THINKING:
            if isinstance(extra.get(name), str):
                self._thinking[name] = self._thinking.get(name, "") + extra[name]
        for part in (delta and delta.tool_calls) or ():
            index = part.index or 0
            call = self._at.get(index)
            if call is None or (part.id and call["id"] and part.id != call["id"]):
                call = {"id": "", "name": "", "arguments": "", "extra": {}}
                self._at[index] = call
                self._calls.append(call)
            call["id"] = part.id or call["id"]
            call["extra"].update(part.model_extra or {})
            if part.function is not None:
                call["name"] = call["name"] or part.function.name or ""
                call["arguments"] += self._reader.unshown(part.function.arguments or "")

    def complete(self) -> None:
        """Give them to the reader."""
        for call in self._calls:
            self._reader.tool_call(
                call["id"],
                call["name"],
                call["arguments"],
                thinking=self._thinking,
                extra=call["extra"],
            )


def _pieces(delta: Any, reader: ReplyReader) -> Iterator[ReplyEvent]:
    if delta is None:
        return
    extra = delta.model_extra or {}
    thought = next((extra[name] for name in _THINKING if extra.get(name)), None)
    if isinstance(thought, str):
        yield from reader.thinking(thought)
    if delta.content:
        yield from reader.text(delta.content)
    reader.refusal += reader.unshown(delta.refusal or "")


def _messages(system: str, messages: tuple[Message, ...], profile: ModelProfile) -> Iterator[Body]:
    """The conversation with one system message, since some servers refuse a second."""
    if system and profile.system_role != "user":
        yield {"role": profile.system_role, "content": system}
        system = ""
    for message in messages:
        if message.role == "tool":
            result = {"role": "tool", "tool_call_id": message.tool_call_id}
            yield {**result, "content": message.text}
        elif message.role == "assistant":
            if message.text or message.tool_calls:
                yield _turn(message)
        else:
            text = f"{system}\n\n{message.text}" if system else message.text
            system = ""
            yield {"role": "user", "content": text}


def _turn(message: Message) -> Body:
    turn: Body = {"role": "assistant", "content": message.text}
    for call in message.tool_calls:
        turn.update(call.carried.get("thinking", {}))
    if message.tool_calls:
        turn["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
                **call.carried.get("extra", {}),
            }
            for call in message.tool_calls
        ]
    return turn


def _usage(told: Any) -> Usage | None:
    """OpenAI counts what is cached as part of the prompt; we do not."""
    details = told.prompt_tokens_details
    read = (details and details.cached_tokens) or 0
    written = (details and getattr(details, "cache_write_tokens", 0)) or 0
    prompt, output = told.prompt_tokens or 0, told.completion_tokens or 0
    if not prompt and not output:
        return None
    return Usage(max(0, prompt - read - written), read, written, output)


def _context(extra: Mapping[str, Any]) -> int | None:
    """What servers that list it call it: vLLM, OpenRouter, LM Studio."""
    for name in ("max_model_len", "context_length", "max_context_length"):
        if isinstance(extra.get(name), int):
            return int(extra[name])
    return None


def _is_strict(schema: object) -> bool:
    """Whether OpenAI can hold a model to it to the letter: no object may leave anything open."""
    if isinstance(schema, list):
        return all(map(_is_strict, schema))
    if not isinstance(schema, Mapping):
        return True
    if schema.get("type") == "object" or "properties" in schema:
        closed = schema.get("additionalProperties") is False
        if not closed or set(schema.get("required", ())) != set(schema.get("properties", ())):
            return False
    return all(map(_is_strict, schema.values()))
