// Generated from ddd_lab/maps/html/contents.py by scripts/generate_protocol.py: run `make schema`.

/** All of it; the places in the order of the design, and the texts of their files by path. */
export type Contents = {
  name: string;
  start: string;
  places: Place[];
  schemas: SchemaEntry[];
  events: EventEntry[];
  problems: ProblemEntry[];
  files: Record<string, string>;
};

/** A card of a picture, the place that it opens, and the lines of the file that say it. */
export type Card = {
  id: string;
  kind: string;
  title: string;
  summary: string;
  note: string;
  opens: string;
  fields: Field[];
  first: number;
  last: number;
};

/** An event, and the places that publish and consume it. */
export type EventEntry = {
  name: string;
  about: string;
  carries: string;
  publishers: string[];
  consumers: string[];
};

/** A setting: its text, or the parts that it consists of; items of a list have no title. */
export type Field = { title: string; text: string; parts: Field[] };
/** An edge of a picture between two cards, in words. */
export type Link = { source: string; target: string; text: string };

/** The system, a domain or a flow: its picture, and in words what is on it. */
export type Place = {
  at: string;
  title: string;
  about: string;
  kind: string;
  path: string;
  svg: string;
  cards: Card[];
  links: Link[];
};

/** A problem, with the place and the card that it belongs to. */
export type ProblemEntry = {
  severity: "error" | "warning" | "info";
  message: string;
  rule: string;
  path: string;
  line: number;
  at: string;
  card: string;
};

/** A schema, and the keys of the flows that use it. */
export type SchemaEntry = {
  id: string;
  name: string;
  kind: string;
  about: string;
  path: string;
  fields: SchemaField[];
  users: string[];
};

/** A field of a schema. */
export type SchemaField = { name: string; type: string; facts: string; description: string };
