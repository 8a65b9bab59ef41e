// Pages that list what belongs to no picture: schemas, events and problems.
import type { EventEntry, SchemaEntry } from "./contents";
import type { Design } from "./design";
import { fileOf, problemItem } from "./details";
import { h, plural } from "./dom";
import { hrefOf, pageHref, type Route } from "./route";

type ListRoute = Exclude<Route, { page: "place" }>;
export const TITLES = { schemas: "Schemas", events: "Events", problems: "Problems" } as const;

export function listPage(route: ListRoute, design: Design): HTMLElement {
  const { schemas, events, problems } = design.contents;
  const empty = { schemas, events, problems }[route.page].length === 0;
  return h(
    "div",
    { class: "list" },
    empty && h("p", { class: "quiet" }, EMPTY[route.page]),
    ...(route.page === "schemas" ? schemas.map((one) => schema(one, design)) : []),
    ...(route.page === "events" && !empty ? [eventTable(events, design)] : []),
    route.page === "problems" &&
      h("ul", { class: "problems" }, ...problems.map((one) => problemItem(one, design))),
  );
}

const EMPTY = {
  schemas: "This design has no schemas yet.",
  events: "No domain publishes or consumes an event yet.",
  problems: "This design has no problems.",
};

export function anchorOf(item: string): string {
  return `item-${item}`;
}

function schema(entry: SchemaEntry, design: Design): HTMLElement {
  return h(
    "section",
    { id: anchorOf(entry.id), tabindex: -1 },
    h("h2", {}, entry.name),
    h("p", { class: "kind" }, entry.kind),
    entry.about !== "" && h("p", {}, entry.about),
    entry.fields.length > 0 &&
      table(
        `Fields of ${entry.name}`,
        ["Field", "Type", "Rules", "Meaning"],
        entry.fields.map((field) => [field.name, field.type, field.facts, field.description]),
      ),
    entry.users.length > 0 && h("p", {}, "Used by ", ...places(entry.users, design)),
    ...fileOf(entry.path, design),
  );
}

function eventTable(events: readonly EventEntry[], design: Design): HTMLElement {
  const schemas = new Map(design.contents.schemas.map((one) => [one.name, one.id]));
  const rows = events.map((event) => [
    h("span", { id: anchorOf(event.name), tabindex: -1 }, event.name),
    h("span", {}, ...(event.publishers.length ? places(event.publishers, design) : ["nobody"])),
    h("span", {}, ...(event.consumers.length ? places(event.consumers, design) : ["nobody"])),
    h(
      "span",
      {},
      schemas.has(event.carries) &&
        h("a", { href: pageHref("schemas", schemas.get(event.carries)) }, event.carries),
      !schemas.has(event.carries) && event.carries,
      event.about !== "" && h("p", { class: "quiet" }, event.about),
    ),
  ]);
  return table(
    `All ${plural(events.length, "event")}`,
    ["Event", "Published by", "Consumed by", "Carries"],
    rows,
  );
}

function places(keys: readonly string[], design: Design): (Node | string)[] {
  return keys.flatMap((at, index) => [
    ...(index > 0 ? [", "] : []),
    design.places.has(at) ? h("a", { href: hrefOf(at) }, design.title(at)) : at,
  ]);
}

function table(caption: string, heads: string[], rows: (Node | string)[][]): HTMLElement {
  const head = h("tr", {}, ...heads.map((title) => h("th", { scope: "col" }, title)));
  const body = rows.map(([first = "", ...rest]) =>
    h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", {}, cell))),
  );
  return h(
    "div",
    { class: "table", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, head),
      h("tbody", {}, ...body),
    ),
  );
}
