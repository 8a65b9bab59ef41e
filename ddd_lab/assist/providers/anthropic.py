"""Anthropic's Messages, over the vendor's SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Final

from ddd_lab.assist.providers.adapter import Adapter, Body, schema_as_text
from ddd_lab.assist.providers.corrections import profile_of
from ddd_lab.assist.providers.failures import require_stream
from ddd_lab.assist.providers.profiles import ModelProfile
from ddd_lab.assist.providers.provider import ServedModel
from ddd_lab.assist.providers.reader import ReplyReader, Stop
from ddd_lab.assist.providers.server import STAND_IN
from ddd_lab.assist.replies import ReplyEvent, Usage
from ddd_lab.assist.requests import Message, Request

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_STOPS: Final[dict[str, Stop]] = {
    "tool_use": "tools",
    "max_tokens": "length",
    "refusal": "refusal",
    "model_context_window_exceeded": "context",
}
_CACHED: Final = {"cache_control": {"type": "ephemeral"}}


class AnthropicAdapter(Adapter):
    """A provider that speaks like Anthropic."""

    def count_tokens(self, request: Request) -> int | None:
        """Tokens by Anthropic's own count, which is free."""
        body = self.body(request, profile_of(self.server.entry))
        counted = {"model", "system", "messages", "tools", "output_config"}

        async def count() -> int:
            async with self._client(quick=True) as client:
                fields = {name: value for name, value in body.items() if name in counted}
                return (await client.messages.count_tokens(**fields)).input_tokens

        return self._once(count, request.model)

    def body(self, request: Request, profile: ModelProfile) -> Body:
        """The document of a request; its beginning is the same from turn to turn."""
        body: Body = {
            "model": request.model,
            "max_tokens": request.max_tokens,
            "messages": list(_messages(request.messages)),
        }
        texts = [text for text in request.system if text]
        output: Body = {}
        if request.schema is not None and profile.structured == "json_schema":
            from anthropic import transform_schema

            schema = transform_schema(dict(request.schema))
            output["format"] = {"type": "json_schema", "schema": schema}
        elif request.schema is not None:
            texts.append(schema_as_text(request))
        if request.effort and profile.effort:
            output["effort"] = request.effort
        if output:
            body["output_config"] = output
        if texts:
            body["system"] = [{"type": "text", "text": text} for text in texts]
        if request.tools:
            body["tools"] = [
                {
                    "name": tool.name,
                    "description": tool.description,
                    "input_schema": {"type": "object", **tool.parameters},
                }
                for tool in request.tools
            ]
        if request.temperature is not None and profile.sampling:
            # The SDK has no such argument any more; older models still take it.
            body["extra_body"] = {"temperature": request.temperature}
        if profile.cache:
            _mark_for_cache(body)
        return body

    async def read(self, body: Body, reader: ReplyReader) -> AsyncIterator[ReplyEvent]:
        """The reply of a message."""
        blocks = _Blocks(reader)
        stop: str | None = None
        async with (
            self._client() as client,
            await client.messages.create(**body, stream=True) as events,
        ):
            require_stream(events.response.headers.get("content-type", ""))
            reader.begin()
            async for event in events:
                match event.type:
                    case "message_start":
                        reader.model = event.message.model or reader.model
                        reader.usage = _usage(event.message.usage, reader.usage)
                    case "content_block_start":
                        blocks.begin(event.index, event.content_block)
                    case "content_block_delta":
                        for piece in blocks.grow(event.index, event.delta):
                            yield piece
                    case "content_block_stop":
                        blocks.end(event.index)
                    case "message_delta":
                        stop = event.delta.stop_reason
                        reader.usage = _usage(event.usage, reader.usage)
                        details = event.delta.stop_details
                        reader.refusal = (details and details.explanation) or ""
                    case _:
                        pass
        for last in reader.end(stop, _STOPS):
            yield last

    async def fetch_models(self) -> list[ServedModel]:
        """The models that the key may use."""
        found: list[ServedModel] = []
        async with self._client(quick=True) as client:
            async for model in client.models.list(limit=1000):
                retires = getattr(model, "retires_at", None)
                found.append(
                    ServedModel(
                        model.id,
                        model.max_input_tokens,
                        retires.date().isoformat() if retires else "",
                        frozenset(_abilities(model.capabilities)),
                    )
                )
        return found

    def _client(self, *, quick: bool = False) -> AsyncAnthropic:
        from anthropic import AsyncAnthropic

        return AsyncAnthropic(
            api_key=STAND_IN,
            base_url=self.server.base_url,
            max_retries=0,
            http_client=self.server.client(quick=quick),
        )


class _Blocks:
    """The blocks of a message while they come: text, thinking, tool calls."""

    def __init__(self, reader: ReplyReader) -> None:
        self._reader = reader
        self._open: dict[int, Body] = {}
        self._json: dict[int, str] = {}
        self._thoughts: list[Body] = []

    def begin(self, index: int, block: Any) -> None:
        """Begin a block."""
        self._open[index] = block.model_dump(exclude_none=True)
        self._json[index] = ""

    def grow(self, index: int, delta: Any) -> Iterator[ReplyEvent]:
        """Take a delta into its block, and say what of it is for a person."""
        match delta.type:
            case "text_delta":
                yield from self._reader.text(delta.text)
            case "thinking_delta":
                self._open[index]["thinking"] += delta.thinking
                yield from self._reader.thinking(delta.thinking)
            case "signature_delta":
                self._open[index]["signature"] = delta.signature
            case "input_json_delta":
                self._json[index] += self._reader.unshown(delta.partial_json)
            case _:
                pass

    def end(self, index: int) -> None:
        """End a block; the vendor wants the thinking before a tool call back with its result."""
        block, document = self._open.pop(index), self._json.pop(index)
        if block["type"] in {"thinking", "redacted_thinking"}:
            self._thoughts.append(block)
        elif block["type"] == "tool_use":
            carried = {"thinking": tuple(self._thoughts)} if self._thoughts else {}
            arguments = document or block["input"]
            self._reader.tool_call(block["id"], block["name"], arguments, **carried)
            self._thoughts = []


def _messages(messages: tuple[Message, ...]) -> Iterator[Body]:
    """The conversation; results of tools are turns of the user, all of one round in one turn."""
    results: list[Body] = []
    for message in messages:
        if message.role == "tool":
            result = {"type": "tool_result", "tool_use_id": message.tool_call_id}
            results.append({**result, "content": message.text})
            continue
        if results:
            yield {"role": "user", "content": results}
            results = []
        content = list(_content(message))
        if content:
            yield {"role": message.role, "content": content}
    if results:
        yield {"role": "user", "content": results}


def _content(message: Message) -> Iterator[Body]:
    for call in message.tool_calls:
        yield from call.carried.get("thinking", ())
    if message.text.strip():
        yield {"type": "text", "text": message.text}
    for call in message.tool_calls:
        block = {"type": "tool_use", "id": call.id, "name": call.name}
        yield {**block, "input": dict(call.arguments)}


def _mark_for_cache(body: Body) -> None:
    """Keep the system text in the vendor's cache, and a conversation once it goes on."""
    if body.get("system"):
        body["system"][-1].update(_CACHED)
    if len(body["messages"]) > 1:
        body["messages"][-1]["content"][-1].update(_CACHED)


def _usage(told: Any, before: Usage | None) -> Usage | None:
    """What is told is the sum so far; what is not told stays."""
    before = before or Usage()

    def of(name: str, known: int) -> int:
        return getattr(told, name, None) or known

    usage = Usage(
        input=of("input_tokens", before.input),
        cache_read=of("cache_read_input_tokens", before.cache_read),
        cache_write=of("cache_creation_input_tokens", before.cache_write),
        output=of("output_tokens", before.output),
    )
    return usage if usage.output or usage.input else None


def _abilities(capabilities: Any) -> Iterator[str]:
    """Those that we ask for, by our names."""
    if capabilities is None:
        return
    yield "tools"
    for ours, theirs in (
        ("structured", "structured_outputs"),
        ("thinking", "thinking"),
        ("effort", "effort"),
    ):
        if getattr(getattr(capabilities, theirs, None), "supported", False):
            yield ours
