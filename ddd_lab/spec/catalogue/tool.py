"""Tool and memory: what an agent can use and what it remembers.

Both mostly live inside an agent loop or at the top of an agent flow's file; as nodes they have no
outputs.
"""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import Range, Settings
from ddd_lab.spec.catalogue._fields import Amount, Flag, Names, Part, Ref, setting, summed, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.lenient import first, part

MEMORY_TYPES = ("conversation_history", "vector_store", "key_value")


class ToolParameter(Part):
    """One parameter of a tool."""

    model_config = summed("{type}{required?, required}", "{description}")

    type: str | None = words(
        "Type of its value.", "string", "number", "integer", "boolean", "array", "object"
    )
    required: Flag | None = setting("Whether the agent must give it.")
    description: str | None = setting("What it means, for the model to read.")
    enum: list[Any] | None = setting("The values allowed.")
    default: Any = setting("Value when the agent gives none.")


class ListedParameter(ToolParameter):
    """One parameter of a tool, where the file lists them."""

    model_config = summed("{name}", "{type}{required?, required}", "description")

    name: str | None = setting("Its name.")


class ToolImplementation(Part):
    """What happens when the agent uses the tool."""

    type: str | None = words(
        "What does the work.",
        *("service_call", "data_store", "event", "sub_flow", "llm_call", "transform"),
        *("mcp", "function"),
    )
    service: str | None = setting("Name of the service.")
    method: str | None = setting("Method of the service.")
    operation: str | None = setting("What is done to the records.")
    model: str | None = setting("Name of the schema.", suggest="schema")
    filter: str | dict[str, Any] | None = setting("Which records.")
    event: str | None = setting("Name of the event.", suggest="event")
    flow_ref: str | None = setting("The flow: domain/flow.", suggest="flow")


class Tool(Part):
    """One tool of an agent."""

    model_config = summed(
        "{name}",
        "{is_terminal?ends the loop,} {implementation.type} {implementation.service}",
        *("id", "description", "parameters"),
    )

    id: str | None = setting("Id of the tool; a terminal tool's output has this name.")
    name: str | None = setting("Name of the tool, for the model to read.")
    description: str | None = setting("Purpose, for the model to read.")
    parameters: dict[str, ToolParameter | str] | list[ListedParameter | str] | str | None = setting(
        "Its parameters."
    )
    implementation: ToolImplementation | str | None = setting("What happens when it is used.")
    returns: dict[str, Any] | str | None = setting("Schema of what comes back.")
    is_terminal: Flag | None = setting("Whether using it ends the loop.")
    requires_confirmation: Flag | None = setting("Whether a person must agree first.")


class Memory(Part):
    """One kind of memory."""

    model_config = summed("{name}", "{type}", "max_tokens")

    name: str | None = setting("Name of the memory.")
    type: str | None = words("What it keeps.", *MEMORY_TYPES, "conversation")
    max_tokens: Amount | None = setting("Most that is kept.", example="4000", unit="tokens")
    strategy: str | None = words(
        "What is dropped if it is full.", "sliding_window", "summarize", "truncate"
    )
    include_system: Flag | None = setting("Whether the system prompt is kept.")
    include_tool_results: Flag | None = setting("Whether what tools gave back is kept.")
    load_on_start: Names | None = setting("What is loaded at the start.")
    provider: str | None = words(
        "Product of a vector store.", "pgvector", "pinecone", "qdrant", "chromadb"
    )
    embedding_model: str | None = setting("Model that turns text into vectors.")
    similarity_metric: str | None = words("Measure of similarity.", "cosine", "dot", "l2")
    top_k: Amount | None = setting("How many are fetched.", unit="entries")
    min_similarity: Amount | None = setting("Lowest similarity, from 0 to 1.")
    storage: str | None = setting("Where a key-value memory lives.")
    ttl: Amount | None = setting("When an entry is forgotten.", unit="seconds", title="Kept for")
    fields: list[Any] | dict[str, Any] | None = setting("Keys of a key-value memory.")
    access: str | None = words("What agents may do with it.", "read_write", "read_only")


class ToolSpec(SpecModel, Tool):
    """One tool, as a node."""


class MemorySpec(SpecModel):
    """What agents remember, as a node."""

    stores: list[Memory] | dict[str, Memory] | Ref | None = setting("The memories.")
    description: str | None = setting("What is remembered, in a sentence.")


def ends_loop(tool: Settings) -> bool:
    """Whether using this tool ends the agent's loop."""
    inner = part(tool, "spec")
    keys = ("is_terminal", "terminal")
    return any(source.get(key) is True for source in (tool, inner) for key in keys)


def _implementation(spec: Settings) -> str:
    done_by = part(spec, "implementation")
    what = first(done_by, "service", "model", "event", "flow_ref")
    return joined(first(done_by, "type"), what, by=" ")


def memory_ranges(key: str) -> tuple[Range, ...]:
    """The ranges of memories that stand under a key."""
    return (
        Range(f"{key}.*.max_tokens", 1, unit="tokens"),
        Range(f"{key}.*.min_similarity", 0, 1),
        Range(f"{key}.*.similarity_threshold", 0, 1),
        Range(f"{key}.*.top_k", 1, unit="entries"),
    )


TYPES = (
    NodeType(
        type="tool",
        category="agent",
        icon="✱",
        help="A tool that an agent can use.",
        spec=ToolSpec,
        outputs=(),
        summary=lambda spec: _implementation(spec) or first(spec, "description", "name"),
        new={"id": "", "name": "", "description": "", "parameters": {}},
        usual=("implementation", "is_terminal"),
        required=(("id", "name"), "description"),
        traits=("declares", "unplaced"),
        ends="always",
    ),
    NodeType(
        type="memory",
        category="agent",
        icon="◈",
        help="What agents remember: conversations, vectors, keys and values.",
        spec=MemorySpec,
        outputs=(),
        summary=lambda spec: count(spec.get("stores"), "store") or first(spec, "type", "name"),
        new={"stores": [{"name": "conversation", "type": "conversation_history"}]},
        required=("stores",),
        traits=("declares",),
        ends="always",
    ),
)
