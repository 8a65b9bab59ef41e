"""Flows that nobody waits for, that wait for people, or that must succeed as a whole."""

from __future__ import annotations

from ddd_lab.spec.templates._base import (
    ENTITY,
    Parameter,
    TemplateFlows,
    TemplateInput,
    Words,
    answer,
    check,
    finish,
    flow,
    http,
    refusal,
    step,
    store,
    template,
    work,
)


@template(
    "event_worker",
    "Event worker",
    "events",
    Parameter("event", "Event", "The event that starts it."),
)
def _event_worker(inputs: TemplateInput) -> TemplateFlows:
    """Does the work that follows from an event, once."""
    event = inputs["event"]
    new_flow = flow(
        inputs.called(f"Handle {Words(event).spoken}"),
        f"Does what follows from {event}.",
        {"type": "event", "event": event},
        step(
            "done_before",
            "decision",
            "Done before?",
            {
                "condition": "$.already_handled == true",
                "description": "Events may come twice; the work is done once.",
            },
            {"true": "nothing_to_do", "false": "do_work"},
        ),
        work(
            "do_work",
            "Do the work",
            f"handle_{Words(event).snake}",
            "What follows from the event.",
            {"next": "handled", "failure": "give_up"},
        ),
        finish("nothing_to_do", "Nothing to do", "success"),
        finish("handled", "Handled", "success"),
        finish("give_up", "Left for a person", "error"),
    )
    return TemplateFlows((new_flow,), (), {event: 0})


@template(
    "scheduled_job",
    "Scheduled job",
    "events",
    ENTITY,
    Parameter("schedule", "Schedule", "A cron expression.", "0 3 * * *"),
)
def _scheduled(inputs: TemplateInput) -> TemplateFlows:
    """Goes through what is due, every night."""
    entity, many, query = inputs.entity, inputs.entity.plural.spoken, {"due": True}
    new_flow = flow(
        inputs.called(f"Tidy up {many}"),
        f"Goes through the {many} that are due, one after the other.",
        {"type": "cron", "schedule": inputs["schedule"]},
        store("find_due", f"Find {many} that are due", "read", entity, "each_one", query=query),
        step(
            "each_one",
            "loop",
            f"For each {entity.spoken}",
            {"collection": "$.records", "iterator": entity.snake, "on_error": "continue"},
            {"body": "do_work", "done": "finished"},
        ),
        work(
            "do_work",
            "Do the work",
            f"tidy_up_{entity.snake}",
            f"What is due for one {entity.spoken}.",
            "each_one",
        ),
        finish("finished", "All done", "success"),
        finish("store_failed", "Could not read", "error"),
    )
    return TemplateFlows((new_flow,), (entity.pascal,))


@template(
    "approval",
    "Approval by a person",
    "endpoint",
    Parameter("request", "Request", "What is approved, in the singular.", "request"),
)
def _approval(inputs: TemplateInput) -> TemplateFlows:
    """Waits for a person to approve or reject."""
    request = inputs.words("request")
    new_flow = flow(
        inputs.called(f"Approve {request.spoken}"),
        f"A person decides on a {request.spoken} before anything happens.",
        http("POST", f"/api/{request.plural.kebab}/approval"),
        check("check_request", f"Check the {request.spoken}", {"reason": "string"}, "ask_person"),
        step(
            "ask_person",
            "human_gate",
            "Ask a person",
            {
                "notification": {"channels": ["email"]},
                "approval_options": [
                    {"id": "approve", "label": "Approve"},
                    {"id": "reject", "label": "Reject"},
                ],
                "timeout": {"duration": 86400, "action": "auto_reject"},
                "context_for_human": ["$.reason"],
            },
            {"approve": "carry_out", "reject": "rejected", "timeout": "nobody_decided"},
        ),
        work(
            "carry_out",
            "Carry it out",
            f"carry_out_{request.snake}",
            "What was approved.",
            "approved",
        ),
        answer("approved", "Approved", 200, {"message": f"The {request.spoken} was approved"}),
        refusal("rejected", "Rejected", 403, f"The {request.spoken} was rejected"),
        refusal("nobody_decided", "Nobody decided", 408, "Nobody decided in time; ask again"),
        refusal("refuse_request", "Not valid", 422, "Please give a reason"),
    )
    return TemplateFlows((new_flow,))


@template("saga", "All or nothing", "data", ENTITY)
def _saga(inputs: TemplateInput) -> TemplateFlows:
    """Steps that are taken back when a later one fails."""
    entity = inputs.entity
    new_flow = flow(
        inputs.called(f"Place {entity.spoken}"),
        "Several steps that hold together: when one fails, those before it are taken back.",
        http("POST", f"/api/{entity.plural.kebab}/place"),
        check("check_request", f"Check the {entity.spoken}", inputs.fields, "all_or_nothing"),
        step(
            "all_or_nothing",
            "transaction",
            "All or nothing",
            {
                "isolation": "read_committed",
                "steps": [
                    {"action": "reserve the goods", "rollback": "release the goods"},
                    {"action": "take the payment", "rollback": "pay the money back"},
                    {
                        "action": f"store the {entity.spoken}",
                        "rollback": f"cancel the {entity.spoken}",
                    },
                ],
                "rollback_on_error": True,
            },
            {"committed": "placed", "rolled_back": "taken_back"},
        ),
        answer("placed", "Placed", 201, {"message": f"The {entity.spoken} was placed"}),
        refusal("taken_back", "Taken back", 409, "It could not be done; nothing was changed"),
        refusal("refuse_request", "Not valid", 422, "Please check what you entered"),
    )
    return TemplateFlows((new_flow,))


TEMPLATES = (_event_worker, _scheduled, _approval, _saga)
