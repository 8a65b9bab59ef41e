import type { Card, Inspection, Link } from "../src/protocol";

const nullable = (schema: object) => ({ anyOf: [schema, { type: "null" }], default: null });
const text = (description = "") => ({ ...nullable({ type: "string" }), description });

const SCHEMAS: Record<string, Record<string, unknown>> = {
  data_store: {
    $defs: {
      Retry: {
        type: "object",
        additionalProperties: true,
        properties: {
          max_attempts: nullable({ type: "integer" }),
          backoff_ms: nullable({ type: "integer" }),
        },
      },
    },
    type: "object",
    additionalProperties: true,
    properties: {
      operation: {
        ...nullable({
          enum: ["create", "read", "update", "delete", "upsert", "list"],
          type: "string",
        }),
        description: "What is done with the records.",
      },
      model: { ...text("Which schema the records follow."), "x-suggest": "schema" },
      data: {
        ...nullable({ type: "object", additionalProperties: { type: "string" } }),
        description: "Field to expression.",
      },
      filter: nullable({ type: "object", additionalProperties: true }),
      description: text("What happens here."),
      include_deleted: nullable({ type: "boolean" }),
      limit: nullable({ type: "integer" }),
      tags: nullable({ type: "array", items: { type: "string" } }),
      retry: nullable({ $ref: "#/$defs/Retry" }),
    },
  },
  input: {
    type: "object",
    additionalProperties: true,
    properties: {
      fields: nullable({ type: "object", additionalProperties: true }),
      description: text(),
    },
  },
  terminal: {
    type: "object",
    additionalProperties: true,
    properties: {
      status: nullable({ type: "integer" }),
      body: nullable({ type: "object", additionalProperties: true }),
    },
  },
  decision: {
    type: "object",
    additionalProperties: true,
    properties: { condition: text("When it is yes."), description: text() },
  },
};

const DATA: Record<string, Record<string, unknown>> = {
  store_loan: {
    label: "Store the loan",
    spec: {
      operation: "create",
      model: "Loan",
      description:
        "Keeps who has which copy, and until when.\nThe copy is no longer on the shelf from here on.",
      data: { member: "$.member_id", copy: "$.copy_id", until: "$.until" },
      tags: ["core", "audited"],
      timeout: "8080",
      attempts: 3,
    },
    security: { roles: ["librarian"], strict: true },
  },
  check_input: {
    label: "Check the request",
    spec: {
      fields: {
        member_id: {
          type: "string",
          required: true,
          min_length: 6,
          max_length: 12,
          error: "The number on the card has 6 to 12 digits.",
        },
        copy_id: {
          type: "string",
          required: true,
          validations: [{ pattern: "^C-\\d+$", error: "This is not the number of a copy." }],
        },
        weeks: { type: "number", min: 1, max: 6 },
      },
    },
  },
  refused: { label: "Refused", spec: { status: 403, body: { error: "MEMBER_BLOCKED" } } },
  may_borrow: { label: "May the member borrow?", spec: { condition: "member.status == 'active'" } },
};

export function yamlOf(card: Card): string {
  return `id: ${card.id}\ntype: ${card.type}\nlabel: ${card.title}\nspec:\n  operation: create\n`;
}

/** What Python would say about a line. */
export function inspectionOfLink(link: Link): Inspection {
  return {
    id: link.id,
    kind: "link",
    type: "connection",
    type_title: "Connection",
    help: "Leads from an output of one node to the next.",
    card_schema: {
      type: "object",
      properties: {
        label: text("What to print on the line."),
        behavior: {
          ...text("What happens when the step it leads to fails."),
          "x-enum": ["continue", "stop", "retry", "circuit_break"],
        },
        condition: text("When the line is taken."),
      },
    },
    data: { behavior: "retry", colour: "red" },
    kept: {},
    suggestions: {},
    required: [],
    problems: [],
    yaml: `${link.output}: ${link.target}\n`,
    path: "specs/domains/lending/flows/borrow-book.yaml",
    line: 52,
    readonly: "",
  };
}

/** What Python would say about a card. */
export function inspection(card: Card): Inspection {
  DATA[card.id] ??= { label: card.title, spec: { description: "" } };
  const faulty = card.problems.errors > 0;
  return {
    id: card.id,
    kind: card.kind,
    type: card.type,
    type_title: card.type_title,
    help: "Reads or writes records of one schema.",
    card_schema: SCHEMAS[card.type] ?? {
      type: "object",
      properties: { operation: text(), description: text() },
    },
    data: DATA[card.id] as Record<string, unknown>,
    kept: {},
    suggestions: { schema: ["Copy", "Loan", "Member"] },
    required: card.type === "data_store" ? ["operation", "model"] : [],
    problems: faulty
      ? [
          {
            severity: "error",
            rule: "output-unconnected",
            message: "Output “failure” leads nowhere.",
            path: "specs/domains/lending/flows/borrow-book.yaml",
            line: 48,
            column: 7,
            at: "lending/borrow-book",
            card: card.id,
            key: "",
            fixes: [],
            field: [],
            title: "",
            todo: false,
          },
        ]
      : [],
    yaml: yamlOf(card),
    path: "specs/domains/lending/flows/borrow-book.yaml",
    line: 44,
    readonly: "",
  };
}
