// What stands beside a picture: all of it as a list, or one card in full.
import type { Card, Field, Link, Place, ProblemEntry } from "./contents";
import type { Design } from "./design";
import { h, plural } from "./dom";
import { hrefOf, pageHref } from "./route";

/** The list of a place: its cards, how they hang together, its problems, its file. */
export function overview(place: Place, design: Design): HTMLElement {
  const titles = new Map(place.cards.map((card) => [card.id, card.title]));
  const flow = place.at.includes("/");
  const own = design.problemsAt(place.at);
  return h(
    "div",
    {},
    h("h2", {}, flow ? "Nodes" : place.at ? "On this map" : "Domains"),
    place.cards.length === 0 && h("p", { class: "quiet" }, "Nothing is here yet."),
    h("ul", { class: "cards" }, ...place.cards.map((card) => cardItem(place, card, design))),
    place.links.length > 0 && h("h2", {}, flow ? "Connections" : "Links"),
    place.links.length > 0 &&
      h("ul", { class: "links" }, ...place.links.map((link) => linkItem(link, titles))),
    ...problemList(own, design),
    ...fileOf(place.path, design),
  );
}

function cardItem(place: Place, card: Card, design: Design): HTMLElement {
  const problems = design.problemsOf(place, card).length;

  return h(
    "li",
    {},
    h("a", { href: place.at === "" ? hrefOf(card.opens) : hrefOf(place.at, card.id) }, card.title),
    h("span", { class: "kind" }, place.at === "" ? card.note : card.kind),
    problems > 0 && h("span", { class: "kind warn" }, plural(problems, "problem")),
    card.summary !== "" && h("p", {}, card.summary),
  );
}

function linkItem(link: Link, titles: ReadonlyMap<string, string>): HTMLElement {
  const [source, target] = [link.source, link.target].map((id) => titles.get(id) ?? id);
  return h("li", {}, `${source} → ${target}`, link.text !== "" && h("p", {}, link.text));
}

/** One card: what it is, its settings, its lines in the file, its problems. */
export function cardDetails(place: Place, card: Card, design: Design): HTMLElement {
  const lines = card.first > 0 ? design.lines(place.path, card.first, card.last) : "";
  const opened = card.opens === "" ? undefined : design.places.get(card.opens);
  return h(
    "div",
    {},
    h("a", { class: "back", href: hrefOf(place.at) }, "← All of this picture"),
    h("p", { class: "kind" }, card.kind),
    h("h2", {}, card.title),
    card.summary !== "" && h("p", {}, card.summary),
    opened !== undefined &&
      h(
        "a",
        { class: "open", href: hrefOf(card.opens) },
        `Open ${opened.at.includes("/") ? "the flow" : "the domain"} “${opened.title}”`,
      ),
    opened !== undefined && opened.about !== card.summary && h("p", {}, opened.about),
    card.fields.length > 0 && h("h3", {}, "Spec"),
    card.fields.length > 0 && fieldList(card.fields),
    ...problemList(design.problemsOf(place, card), design),
    lines !== "" &&
      h(
        "details",
        { open: card.fields.length === 0 },
        h("summary", {}, `YAML · ${place.path}, line ${card.first}`),
        yaml(lines),
      ),
  );
}

function fieldList(fields: readonly Field[]): HTMLElement {
  if (fields.every((field) => field.title === "")) {
    return h("ol", { class: "items" }, ...fields.map((field) => h("li", {}, value(field))));
  }
  const rows = fields.map((field) =>
    h(
      "div",
      { class: field.parts.length > 0 || field.text.length > 60 ? "wide" : "" },
      h("dt", {}, field.title),
      h("dd", {}, value(field)),
    ),
  );
  return h("dl", {}, ...rows);
}

function value(field: Field): Node | string {
  return field.parts.length > 0 ? fieldList(field.parts) : field.text;
}

export function problemList(problems: readonly ProblemEntry[], design: Design): HTMLElement[] {
  if (problems.length === 0) {
    return [];
  }
  const shown = problems.slice(0, 20);
  return [
    h("h2", {}, plural(problems.length, "problem")),
    h("ul", { class: "problems" }, ...shown.map((problem) => problemItem(problem, design))),
    ...(problems.length > shown.length
      ? [h("a", { href: pageHref("problems") }, "All problems")]
      : []),
  ];
}

export function problemItem(problem: ProblemEntry, design: Design): HTMLElement {
  const place = design.places.get(problem.at);
  const card = place?.cards.find((one) => one.id === problem.card);
  const where = [place?.title, card?.title].filter(Boolean).join(" › ");
  const line = problem.line > 0 ? `:${problem.line}` : "";
  return h(
    "li",
    { class: problem.severity },
    h("span", { class: "severity" }, problem.severity),
    place && where !== "" && h("a", { href: hrefOf(problem.at, card?.id) }, where),
    h("p", {}, problem.message),
    h("p", { class: "quiet" }, `${problem.path}${line} · ${problem.rule}`),
  );
}

export function fileOf(path: string, design: Design): HTMLElement[] {
  const text = design.contents.files[path];
  return text ? [h("details", {}, h("summary", {}, `YAML · ${path}`), yaml(text))] : [];
}

function yaml(text: string): HTMLElement {
  return h("pre", { tabindex: 0, "aria-label": "YAML" }, text);
}
