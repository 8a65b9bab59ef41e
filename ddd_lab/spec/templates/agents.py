"""Flows with a language model: an agent, answers from documents, a team, a pipeline of calls."""

from __future__ import annotations

from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.templates._base import (
    MODEL,
    Given,
    Made,
    Parameter,
    Template,
    Words,
    answer,
    flow,
    form,
    http,
    refusal,
    step,
    terminal_tool,
)

_TOPIC = Parameter("topic", "Topic", "What the agent helps with.", "support")
_RESPOND = terminal_tool("respond", "Send the final answer.", message="The answer")


def _guard(then: str) -> dict[str, str]:
    return {"pass": then, "block": "blocked"}


_CHECKS: list[Data] = [{"type": "prompt_injection", "action": "block"}]


def _agent_flow(
    name: str, description: str, path: str, prompt: str, tools: list[Data], **also: Data
) -> FlowData:
    """An agent behind a guardrail that answers by its tool ``respond``."""
    return flow(
        name,
        description,
        http("POST", path),
        step(
            "check_message",
            "input",
            "Check the message",
            form({"message": "string"}),
            {"valid": "guard", "invalid": "refuse_message"},
        ),
        step(
            "guard",
            "guardrail",
            "All right to answer?",
            {"position": "input", "checks": _CHECKS},
            _guard("agent"),
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
    )


def _agent(given: Given) -> Made:
    topic = given.words("topic")
    lookup = {
        "id": "look_up",
        "name": "look_up",
        "description": f"Look something up about {topic.spoken}.",
        "parameters": {
            "query": {"type": "string", "required": True, "description": "What to look for"}
        },
        "implementation": {
            "type": "service_call",
            "method": "GET",
            "url": f"${{{topic.snake.upper()}_URL}}/search",
        },
    }
    made = _agent_flow(
        given.called(f"{topic.spoken.capitalize()} agent"),
        f"An agent with tools that helps with {topic.spoken}.",
        f"/api/agents/{topic.kebab}",
        f"You help with {topic.spoken}. Look things up before you answer, and say so when you do "
        "not know.",
        [lookup],
        memory=[
            {
                "name": "conversation",
                "type": "conversation_history",
                "max_tokens": 6000,
                "strategy": "sliding_window",
            }
        ],
    )
    return Made((made,))


def _answering(given: Given) -> Made:
    topic = given.words("topic")
    search = {
        "id": "search_documents",
        "name": "search_documents",
        "description": f"Find passages about {topic.spoken} that are close to a question.",
        "parameters": {
            "question": {"type": "string", "required": True, "description": "The question"}
        },
        "implementation": {
            "type": "service_call",
            "method": "POST",
            "url": "${DOCUMENT_INDEX_URL}/search",
        },
    }
    made = _agent_flow(
        given.called(f"Answer about {topic.spoken}"),
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
    return Made((made,))


def _team(given: Given) -> Made:
    topic, first, second = (given.words(name) for name in ("topic", "first", "second"))
    lead_name = given.called(f"{topic.spoken.capitalize()} team")

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
        step(
            "check_task",
            "input",
            "Check the task",
            form({"task": "string"}),
            {"valid": "lead", "invalid": "refuse_task"},
        ),
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
                        "flow": f"{given.domain}/{topic.kebab}-{role.kebab}",
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
    )
    return Made((lead, member(first), member(second)))


def _pipeline(given: Given) -> Made:
    topic = given.words("topic")
    made = flow(
        given.called(f"Summarize {topic.spoken}"),
        "A long text goes through several calls of a language model, one after the other.",
        http("POST", f"/api/{topic.kebab}/summary"),
        step(
            "check_text",
            "input",
            "Check the text",
            form({"text": "string"}),
            {"valid": "find_facts", "invalid": "refuse_text"},
        ),
        step(
            "find_facts",
            "llm_call",
            "Find the facts",
            {
                "model": MODEL,
                "prompt_template": "List the facts in this text, one a line:\n{{text}}",
                "temperature": 0.0,
                "max_tokens": 2000,
                "retry": {"max_attempts": 2, "backoff_ms": 1000},
            },
            {"success": "write_summary", "failure": "model_failed"},
        ),
        step(
            "write_summary",
            "llm_call",
            "Write the summary",
            {
                "model": MODEL,
                "prompt_template": "Write a summary of five sentences from these facts:\n{{facts}}",
                "temperature": 0.3,
                "max_tokens": 800,
                "retry": {"max_attempts": 2, "backoff_ms": 1000},
            },
            {"success": "answer_summary", "failure": "model_failed"},
        ),
        answer("answer_summary", "Answer", 200, {"message": "Summarized"}),
        refusal("refuse_text", "Not valid", 422, "Please send a text"),
        refusal("model_failed", "No summary", 502, "The model did not answer; try again later"),
    )
    return Made((made,))


TEMPLATES = (
    Template(
        "agent",
        "Agent with tools",
        "agent",
        "A language model that works with tools behind a guardrail.",
        _agent,
        (_TOPIC,),
    ),
    Template(
        "answering_agent",
        "Answers from documents",
        "agent",
        "An agent that answers only from what a search finds.",
        _answering,
        (_TOPIC,),
    ),
    Template(
        "agent_team",
        "Team of agents",
        "agent",
        "A supervisor and two agents, each with a flow of its own.",
        _team,
        (
            _TOPIC,
            Parameter("first", "First role", "What the first agent is.", "researcher"),
            Parameter("second", "Second role", "What the second agent is.", "writer"),
        ),
        several=True,
    ),
    Template(
        "llm_pipeline",
        "Pipeline of model calls",
        "agent",
        "A text goes through several calls of a language model.",
        _pipeline,
        (Parameter("topic", "Topic", "What the text is about.", "reports"),),
    ),
)
