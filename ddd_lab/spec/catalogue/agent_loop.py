"""Agent loop: a model that reasons and uses tools until one of them ends the loop."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue import _card as card
from ddd_lab.spec.catalogue._base import NodeType, Port, SpecModel
from ddd_lab.spec.catalogue._facts import (
    TEMPERATURE,
    EntryNeed,
    Need,
    Range,
    Settings,
    Target,
    same_fallback,
    when_on,
)
from ddd_lab.spec.catalogue._fields import Amount, Flag, Part, Ref, grouped, setting, summed, words
from ddd_lab.spec.catalogue._summary import count, joined
from ddd_lab.spec.catalogue.llm_call import MODEL
from ddd_lab.spec.catalogue.tool import Memory, Tool, ends_loop, memory_ranges
from ddd_lab.spec.lenient import first, first_text, maps, part
from ddd_lab.spec.local_refs import local_pointer


class OnMaxIterations(Part):
    """What happens when the loop runs out of rounds (guide)."""

    action: str | None = words("What happens.", "escalate", "respond", "error")
    connection: str | None = setting("Id of the node to go on with.", suggest="node")


class Streaming(Part):
    """How the answer is sent while it grows (later format)."""

    enabled: Flag | None = setting("Whether the answer is streamed.")
    format: str | None = words("How it travels.", "sse", "websocket")
    chunk_field: str | None = setting("Field of each piece.")


class StopCondition(Part):
    """One thing that ends the loop."""

    model_config = summed("{tool_called}", "{max_iterations_reached?rounds used up}")

    tool_called: str | None = setting("Id of the tool whose use ends it.")
    max_iterations_reached: Flag | None = setting("Whether the last round ends it.")


class AgentConfig(Part):
    """Which model works, on what, and for how long: ``agent_config`` at the top of a file."""

    model_config = summed("{model}", "", "system_prompt", "max_iterations", "temperature")

    model: str | None = setting("Id of the model.", suggest="model")
    system_prompt: str | None = setting("Role of the agent, and its rules.")
    max_iterations: Amount | None = setting(
        "Most rounds (1 to 50).", example="10", unit="rounds", title="Rounds at most"
    )
    temperature: Amount | None = setting(
        "From 0 (most predictable) to 1 (most varied).", example="0.3"
    )
    stop_conditions: list[StopCondition | str] | None = setting("When the loop ends early.")
    on_max_iterations: str | OnMaxIterations | None = words(
        "What happens after the last round.",
        *("escalate", "respond", "error"),
        title="After the last round",
    )
    scratchpad: Flag | dict[str, Any] | None = setting("Whether the agent keeps notes for itself.")
    streaming: Streaming | Flag | None = setting("How the answer is streamed.")


class AgentLoopSpec(SpecModel, AgentConfig):
    """Which model, which tools, what it remembers, and when it must stop."""

    model_config = grouped(
        Model=("model", "system_prompt", "temperature", "config"),
        Tools=("tools",),
        Limits=("max_iterations", "on_max_iterations", "stop_conditions"),
        Memory=("memory", "scratchpad"),
        Answer=("streaming",),
    )

    tools: list[Tool | str] | Ref | None = setting("Tools; a terminal tool ends the loop.")
    memory: Memory | list[Memory] | Ref | None = setting("What the agent remembers.")
    config: Ref | dict[str, Any] | None = setting("Settings kept at the top of the file.")
    description: str | None = setting("What the agent is for, in a sentence.")


def _outputs(spec: Settings) -> tuple[Port, ...]:
    ends: dict[str, Port] = {}
    for tool in maps(spec.get("tools")):
        id = first_text(tool, "id", "name")
        if id and ends_loop(tool):
            name = first_text(tool, "name")
            aliases = (name,) if name else ()
            ends.setdefault(id, Port(id, aliases=aliases, required=True, shown="guide"))
    jump = first_text(part(spec, "on_max_iterations"), "connection")
    return (
        *ends.values(),
        Port(
            "done",
            aliases=("next", "success", "result"),
            required=True,
            shown="handles" if ends else "always",
        ),
        Port("error", aliases=("failure", "fail"), required=True),
        *((Port("max_iterations", aliases=("on_max_iterations",), shown="used"),) if jump else ()),
    )


CYCLE = ("reason", "select", "execute", "observe", "repeat")
ENDS_LOOP = "■"
ASKS_FIRST = "!"


def _content(spec: Settings, raw: Settings) -> dict[str, Any]:
    """An agent's loop; ``raw``, without references followed, says where each tool lives."""
    ends = part(spec, "on_max_iterations")
    return {
        "model": card.one_line(spec.get("model")),
        "prompt": card.excerpt(spec.get("system_prompt")),
        "max_iterations": card.amount(spec.get("max_iterations")),
        "temperature": card.amount(spec.get("temperature")),
        "cycle": list(CYCLE),
        "tools": _tools(spec.get("tools"), raw.get("tools")),
        "memory": card.stores(spec.get("memory")),
        "stop_conditions": [
            stop for item in maps(spec.get("stop_conditions")) if (stop := _stop(item))
        ],
        "on_max_iterations": {
            "action": card.one_line(spec.get("on_max_iterations"))
            or card.first_line(ends, "action"),
            "connection": card.first_line(ends, "connection"),
        },
    }


def _tools(tools: object, raw: object) -> list[dict[str, Any]]:
    whole = local_pointer(raw)
    own = raw if isinstance(raw, list) else []
    listed = []
    for index, item in enumerate(maps(tools)):
        tool = {**item, **part(item, "spec")}
        id_ = card.first_line(tool, "id", "name")
        if not id_:
            continue
        pointer = local_pointer(own[index]) if index < len(own) else None
        listed.append(
            {
                "id": id_,
                "name": card.first_line(tool, "name", "id"),
                "description": card.first_line(tool, "description"),
                "terminal": tool.get("is_terminal") is True or tool.get("terminal") is True,
                "confirmation": tool.get("requires_confirmation") is True,
                "from": f"{whole}/{id_}" if whole else pointer or "",
            }
        )
    return listed


def _stop(item: Settings) -> str:
    if tool := card.first_line(item, "tool_called"):
        return f"tool {tool} is used"
    if item.get("max_iterations_reached") is True:
        return "rounds are used up"
    lines = ((key, card.one_line(value)) for key, value in item.items())
    return ", ".join(value if key == "id" else f"{key} {value}" for key, value in lines if value)


def _parts(content: card.Content) -> list[card.CardPart]:
    tools = []
    for tool in content["tools"]:
        mark = ENDS_LOOP if tool["terminal"] else ASKS_FIRST if tool["confirmation"] else ""
        meaning = {ENDS_LOOP: "Ends the loop. ", ASKS_FIRST: "Asks a person first. "}.get(mark, "")
        tools.append((tool["name"], mark, meaning + tool["description"]))
    many, warmth = content["max_iterations"], content["temperature"]
    action = card.plain(content["on_max_iterations"]["action"])
    ends = {f"tool {tool['id']} is used" for tool in content["tools"] if tool["terminal"]}
    others = [stop for stop in content["stop_conditions"] if stop not in ends]
    return [
        card.text_part("model", content["model"]),
        {**card.text_part("prompt", content["prompt"]), "lines": 3},
        card.card_part("cycle", "loop", content["cycle"]),
        card.chips("tools", tools),
        card.chips("memory", card.memory_chips(content["memory"])),
        card.text_part(
            "limits",
            card.then(
                "" if many is None else f"{many} rounds",
                f"then {action}" if action else "",
                "" if warmth is None else f"temperature {warmth}",
            ),
        ),
        card.text_part(
            "stops when", ", ".join(stop for stop in others if stop != "rounds are used up")
        ),
    ]


TYPES = (
    NodeType(
        type="agent_loop",
        category="agent",
        icon="↻",
        help="A model that reasons and uses tools until a terminal tool ends the loop.",
        spec=AgentLoopSpec,
        outputs=_outputs,
        summary=lambda spec: joined(first(spec, "model"), count(spec.get("tools"), "tool")),
        new={
            "model": MODEL,
            "system_prompt": "",
            "max_iterations": 10,
            "temperature": 0.3,
            "tools": [
                {
                    "id": "respond",
                    "name": "respond",
                    "description": "Answer the user and finish.",
                    "parameters": {"message": {"type": "string", "required": True}},
                    "is_terminal": True,
                }
            ],
            "on_max_iterations": {"action": "respond"},
        },
        required=(("model", "config"), "tools"),
        size=(320, 200),
        ranges=(Range("max_iterations", 1, 50, "rounds"), TEMPERATURE, *memory_ranges("memory")),
        required_when=(
            Need(("streaming.format",), when_on("streaming.enabled"), "the answer is streamed"),
        ),
        entries=(EntryNeed("tools", ("description",), "tool", ("$ref", "spec")),),
        distinct=("tools", "memory"),
        clashes=(same_fallback,),
        traits=("agent", "at_work", "carries", "decides", "repeats"),
        chart_shape="large",
        block=card.CardContent(
            content=_content,
            parts=_parts,
            order=("tools", "prompt", "loop", "model", "memory", "limits"),
            origins=(
                "model",
                "system_prompt",
                "max_iterations",
                "temperature",
                "tools",
                "memory",
                "stop_conditions",
                "on_max_iterations",
            ),
            from_file=("memory",),
        ),
        targets=(Target("on_max_iterations.connection", "max_iterations"),),
        refers_to=("tools",),
        team_rank=1,
    ),
)
