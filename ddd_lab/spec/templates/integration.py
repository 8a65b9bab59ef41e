"""Flows that work with other systems: webhooks, files, several services at once, a cache."""

from __future__ import annotations

from ddd_lab.spec.models.flow import NodeData
from ddd_lab.spec.templates._base import (
    ENTITY,
    Parameter,
    TemplateFlows,
    TemplateInput,
    Words,
    answer,
    check,
    flow,
    http,
    is_there,
    refusal,
    step,
    store,
    template,
    work,
)


@template(
    "webhook_receiver",
    "Webhook receiver",
    "integration",
    Parameter("provider", "Provider", "Who sends the messages.", "partner"),
)
def _webhook(inputs: TemplateInput) -> TemplateFlows:
    """Takes signed messages that another system sends."""
    provider = inputs.words("provider")
    spoken = provider.spoken.capitalize()
    new_flow = flow(
        inputs.called(f"Receive {provider.spoken} webhook"),
        f"Takes what {spoken} sends: only what is signed, and answers at once.",
        {"type": "webhook", "path": f"/webhooks/{provider.kebab}"},
        step(
            "check_signature",
            "crypto",
            "Check the signature",
            {
                "operation": "verify",
                "algorithm": "hmac-sha256",
                "key_source": {"env": f"{provider.snake.upper()}_WEBHOOK_SECRET"},
                "input_fields": ["body"],
                "output_field": "verified",
            },
            {"success": "read_message", "failure": "refuse_signature"},
        ),
        step(
            "read_message",
            "parse",
            "Read the message",
            {"format": "json", "input": "$.body", "strategy": "strict", "output": "message"},
            {"success": "take_message", "failure": "refuse_message"},
        ),
        work(
            "take_message",
            "Take it over",
            f"take_{provider.snake}_message",
            "Does what the message asks for; the same message twice does nothing more.",
            "accepted",
        ),
        answer("accepted", "Accepted", 202, {"message": "Accepted"}),
        refusal("refuse_signature", "Not signed", 401, "The signature is missing or wrong"),
        refusal("refuse_message", "Not readable", 400, "The message cannot be read"),
    )
    return TemplateFlows((new_flow,))


@template("file_import", "File import", "integration", ENTITY)
def _file_import(inputs: TemplateInput) -> TemplateFlows:
    """Reads a file and stores its rows one by one."""
    entity, many = inputs.entity, inputs.entity.plural
    new_flow = flow(
        inputs.called(f"Import {many.spoken}"),
        f"Reads a file of {many.spoken} and stores them one by one.",
        http("POST", f"/api/{many.kebab}/import"),
        check("check_file", "Check the file", {"content": "string"}, "read_file", "refuse_file"),
        step(
            "read_file",
            "parse",
            "Read the rows",
            {"format": "csv", "input": "$.content", "strategy": "strict", "output": "rows"},
            {"success": "each_row", "failure": "refuse_file"},
        ),
        step(
            "each_row",
            "loop",
            "For each row",
            {"collection": "$.rows", "iterator": "row", "on_error": "continue"},
            {"body": "store_row", "done": "imported"},
        ),
        step(
            "store_row",
            "data_store",
            f"Store the {entity.spoken}",
            {
                "operation": "create",
                "model": entity.pascal,
                "data": {name: f"$.row.{name}" for name in inputs.fields},
            },
            {"success": "each_row", "failure": "note_failure"},
        ),
        work(
            "note_failure",
            "Note what failed",
            "note_failed_row",
            "Keeps the row for the report.",
            "each_row",
        ),
        answer("imported", "Imported", 200, {"message": "The file was imported"}),
        refusal("refuse_file", "Not readable", 422, "The file is empty or cannot be read"),
    )
    return TemplateFlows((new_flow,), (entity.pascal,))


@template(
    "fan_out",
    "Ask several services at once",
    "integration",
    Parameter("first", "First service", "One of the services.", "prices"),
    Parameter("second", "Second service", "The other one.", "stock"),
)
def _fan_out(inputs: TemplateInput) -> TemplateFlows:
    """Calls two services in parallel and joins their answers."""
    first, second = inputs.words("first"), inputs.words("second")

    def call(service: Words) -> NodeData:
        return step(
            f"ask_{service.snake}",
            "service_call",
            f"Ask {service.spoken}",
            {
                "method": "GET",
                "url": f"${{{service.snake.upper()}_URL}}/{service.kebab}",
                "timeout_ms": 3000,
                "retry": {"max_attempts": 2, "backoff_ms": 200},
            },
            {"success": "put_together", "failure": "service_failed"},
        )

    new_flow = flow(
        inputs.called(f"Collect {first.spoken} and {second.spoken}"),
        "Asks two services at the same time and makes one answer of both.",
        http("GET", f"/api/{first.kebab}-and-{second.kebab}"),
        step(
            "ask_both",
            "parallel",
            "Ask both at once",
            {"branches": [first.snake, second.snake], "join": "all", "timeout_ms": 5000},
            {
                first.snake: f"ask_{first.snake}",
                second.snake: f"ask_{second.snake}",
                "done": "put_together",
            },
        ),
        call(first),
        call(second),
        work(
            "put_together",
            "Put the answers together",
            "put_together",
            "Makes one answer of both.",
            "answer_both",
        ),
        answer("answer_both", "Answer", 200, {"message": "Collected"}),
        refusal("service_failed", "No answer", 502, "A service did not answer; try again later"),
    )
    return TemplateFlows((new_flow,))


@template("cache_aside", "Read through a cache", "data", ENTITY)
def _cache_aside(inputs: TemplateInput) -> TemplateFlows:
    """Answers from a cache, and fills it from the database."""
    entity, query = inputs.entity, {"id": "$.id"}
    new_flow = flow(
        inputs.called(f"Get {entity.spoken} quickly"),
        f"Answers with a {entity.spoken} from the cache, and from the database where that fails.",
        http("GET", f"/api/{entity.plural.kebab}/{{id}}/cached"),
        step(
            "look_in_cache",
            "cache",
            "Look in the cache",
            {
                "operation": "check",
                "key": f"{entity.snake}:{{id}}",
                "store": "redis",
                "ttl_ms": 300000,
            },
            {"hit": "answer_record", "miss": "read_record"},
        ),
        store("read_record", f"Read the {entity.spoken}", "read", entity, "is_there", query=query),
        is_there("keep_in_cache"),
        work(
            "keep_in_cache",
            "Keep it in the cache",
            "keep_in_cache",
            "For five minutes.",
            "answer_record",
        ),
        answer("answer_record", "Answer", 200, {entity.snake: "$.record"}),
        refusal("not_found", "Not there", 404, f"There is no such {entity.spoken}"),
        refusal("store_failed", "Not read", 500, "Something went wrong; please try again later"),
    )
    return TemplateFlows((new_flow,), (entity.pascal,))


TEMPLATES = (_webhook, _file_import, _fan_out, _cache_aside)
