"""Flows with a language model: an agent, answers from documents, a team, a pipeline of calls."""

from __future__ import annotations

from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.templates._base import (
    MODEL,
    Parameter,
    TemplateFlows,
    TemplateInput,
    Words,
    answer,
    check,
    flow,
    http,
    lookup_tool,
    refusal,
    step,
    template,
    terminal_tool,
)

_TOPIC = Parameter("topic", "Topic", "What the agent helps with.", "support")
_RESPOND = terminal_tool("respond", "Send the final answer.", message="The answer")


def _agent_flow(
    name: str, description: str, path: str, prompt: str, tools: list[Data], **also: Data
) -> FlowData:
    """An agent behind a guardrail that answers by its tool ``respond``."""
    return flow(
        name,
        description,
        http("POST", path),
        check(
            "check_message", "Check the message", {"message": "string"}, "guard", "refuse_message"
        ),
        step(
            "guard",
            "guardrail",
            "All right to answer?",
            {"position": "input", "checks": [{"type": "prompt_injection", "action": "block"}]},
            {"pass": "agent", "block": "blocked"},
        ),
        step(
            "agent",
            "agent_loop",
            "Agent",
            {
                "model": MODEL,
                "system_prompt": prompt,
                "max_iterations": 8,
                "temperature": 0.3,
                "tools": [*tools, _RESPOND],
                "on_max_iterations": {"action": "respond"},
                **also,
            },
            {"respond": "answered", "error": "failed"},
        ),
        answer("answered", "Answered", 200, {"message": "$.agent_response"}),
        refusal("blocked", "Blocked", 400, "This cannot be answered"),
        refusal("refuse_message", "Not valid", 422, "Please write a message"),
        refusal("failed", "No answer", 500, "The agent could not finish; please try again"),
        type="agent",
    )


@template("agent", "Agent with tools", "agent", _TOPIC)
def _agent(inputs: TemplateInput) -> TemplateFlows:
    """A language model that works with tools behind a guardrail."""
    topic = inputs.words("topic")
    look_up = lookup_tool(
        "look_up",
        f"Look something up about {topic.spoken}.",
        "GET",
        f"${{{topic.snake.upper()}_URL}}/search",
        query="What to look for",
    )
    new_flow = _agent_flow(
        inputs.called(f"{topic.spoken.capitalize()} agent"),
        f"An agent with tools that helps with {topic.spoken}.",
        f"/api/agents/{topic.kebab}",
        f"You help with {topic.spoken}. Look things up before you answer, and say so when you do "
        "not know.",
        [look_up],
        memory=[
            {
                "name": "conversation",
                "type": "conversation_history",
                "max_tokens": 6000,
                "strategy": "sliding_window",
            }
        ],
    )
    return TemplateFlows((new_flow,))


@template("answering_agent", "Answers from documents", "agent", _TOPIC)
def _answering(inputs: TemplateInput) -> TemplateFlows:
    """An agent that answers only from what a search finds."""
    topic = inputs.words("topic")
    search = lookup_tool(
        "search_documents",
        f"Find passages about {topic.spoken} that are close to a question.",
        "POST",
        "${DOCUMENT_INDEX_URL}/search",
        question="The question",
    )
    new_flow = _agent_flow(
        inputs.called(f"Answer about {topic.spoken}"),
        "Answers questions from documents, and only from those.",
        f"/api/answers/{topic.kebab}",
        "Answer only from the passages that search_documents finds, and name them. If they do not "
        "answer the question, say that you do not know.",
        [search],
        memory=[
            {
                "name": "documents",
                "type": "vector_store",
                "embedding_model": "text-embedding-3-small",
                "top_k": 6,
                "min_similarity": 0.7,
            }
        ],
    )
    return TemplateFlows((new_flow,))


@template(
    "agent_team",
    "Team of agents",
    "agent",
    _TOPIC,
    Parameter("first", "First role", "What the first agent is.", "researcher"),
    Parameter("second", "Second role", "What the second agent is.", "writer"),
    several=True,
)
def _team(inputs: TemplateInput) -> TemplateFlows:
    """A supervisor and two agents, each with a flow of its own."""
    topic, first, second = (inputs.words(name) for name in ("topic", "first", "second"))
    lead_name = inputs.called(f"{topic.spoken.capitalize()} team")

    def member(role: Words) -> FlowData:
        return _agent_flow(
            f"{topic.spoken.capitalize()} {role.spoken}",
            f"The team's {role.spoken}.",
            f"/api/agents/{topic.kebab}/{role.kebab}",
            f"You are the {role.spoken} of a team for {topic.spoken}. Do your own part well.",
            [],
        )

    lead = flow(
        lead_name,
        "Leads two agents and makes one answer of theirs.",
        http("POST", f"/api/teams/{topic.kebab}"),
        check("check_task", "Check the task", {"task": "string"}, "lead", "refuse_task"),
        step(
            "lead",
            "orchestrator",
            "Lead the team",
            {
                "strategy": "supervisor",
                "model": MODEL,
                "supervisor_prompt": f"Share the task out between the {first.spoken} and the "
                f"{second.spoken}, and put their results together.",
                "agents": [
                    {
                        "id": role.snake,
                        "flow": f"{inputs.domain}/{topic.kebab}-{role.kebab}",
                        "specialization": f"The {role.spoken}'s part of the task",
                        "priority": number,
                    }
                    for number, role in enumerate((first, second), 1)
                ],
                "result_merge": {"strategy": "combine"},
            },
            {"resolved": "answered", "escalated": "passed_on", "error": "failed"},
        ),
        answer("answered", "Answered", 200, {"message": "$.result"}),
        answer("passed_on", "Passed on", 202, {"message": "A person will look at it"}),
        refusal("refuse_task", "Not valid", 422, "Please say what is to be done"),
        refusal("failed", "No result", 500, "The team could not finish; please try again"),
        type="agent",
    )
    return TemplateFlows((lead, member(first), member(second)))


@template(
    "llm_pipeline",
    "Pipeline of model calls",
    "agent",
    Parameter("topic", "Topic", "What the text is about.", "reports"),
)
def _pipeline(inputs: TemplateInput) -> TemplateFlows:
    """A text goes through several calls of a language model."""
    topic = inputs.words("topic")
    new_flow = flow(
        inputs.called(f"Summarize {topic.spoken}"),
        "A long text goes through several calls of a language model, one after the other.",
        http("POST", f"/api/{topic.kebab}/summary"),
        check("check_text", "Check the text", {"text": "string"}, "find_facts", "refuse_text"),
        _model_call(
            "find_facts",
            "Find the facts",
            "List the facts in this text, one a line:\n{{text}}",
            (0.0, 2000),
            "write_summary",
        ),
        _model_call(
            "write_summary",
            "Write the summary",
            "Write a summary of five sentences from these facts:\n{{facts}}",
            (0.3, 800),
            "answer_summary",
        ),
        answer("answer_summary", "Answer", 200, {"message": "Summarized"}),
        refusal("refuse_text", "Not valid", 422, "Please send a text"),
        refusal("model_failed", "No summary", 502, "The model did not answer; try again later"),
    )
    return TemplateFlows((new_flow,))


def _model_call(id: str, label: str, prompt: str, limits: tuple[float, int], to: str) -> NodeData:
    """A call of a model with its temperature and the most tokens of its answer."""
    spec = {
        "model": MODEL,
        "prompt_template": prompt,
        "temperature": limits[0],
        "max_tokens": limits[1],
        "retry": {"max_attempts": 2, "backoff_ms": 1000},
    }
    return step(id, "llm_call", label, spec, {"success": to, "failure": "model_failed"})


TEMPLATES = (_agent, _answering, _team, _pipeline)
