// One box that finds domains, flows, nodes, schemas, events and any line of the specs.
import type { Design } from "./design";
import { h } from "./dom";
import { hrefOf, pageHref } from "./route";

type Entry = { kind: string; text: string; about: string; href: string; low: string };
const MOST = 30;

export function searchBox(design: Design): HTMLElement {
  let entries: Entry[] | undefined;
  let found: Entry[] = [];
  let active = 0;
  const list = h("ul", { id: "found", role: "listbox", "aria-label": "Search results" });
  const status = h("p", { role: "status", class: "unseen" });
  const input = h("input", {
    type: "search",
    role: "combobox",
    placeholder: "Search the design  ( / )",
    "aria-label": "Search the design",
    "aria-controls": "found",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    input: () => look(),
    focus: () => look(),
    blur: () => close(),
    keydown: (event: KeyboardEvent) => key(event),
  });
  list.hidden = true;

  function look(): void {
    entries ??= gathered(design);
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = words.length ? matches(entries, words) : [];
    active = 0;
    show();
    status.textContent = words.length ? `${found.length || "No"} results` : "";
  }

  function show(): void {
    list.replaceChildren(
      ...found.map((entry, index) =>
        h(
          "li",
          {
            id: `found-${index}`,
            role: "option",
            "aria-selected": String(index === active),
            pointerdown: (event: Event) => {
              event.preventDefault();
              go(entry);
            },
          },
          h("span", { class: "kind" }, entry.kind),
          h("strong", {}, entry.text),
          entry.about !== "" && h("span", { class: "quiet" }, entry.about),
        ),
      ),
    );
    if (input.value.trim() && !found.length) {
      const none = "Nothing in this design says that.";
      list.append(
        h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, none),
      );
    }
    list.hidden = list.children.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.setAttribute("aria-activedescendant", found.length ? `found-${active}` : "");
    document.getElementById(`found-${active}`)?.scrollIntoView({ block: "nearest" });
  }

  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function go(entry: Entry): void {
    input.value = "";
    close();
    location.hash = entry.href;
  }

  function key(event: KeyboardEvent): void {
    const entry = found[active];
    if (event.key === "Enter" && entry) {
      go(entry);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = found.length ? (active + step + found.length) % found.length : 0;
      show();
    } else if (event.key === "Escape") {
      input.value = "";
      close();
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return h("div", { class: "search", role: "search" }, input, list, status);
}

/** Names first, the shortest of them first; lines of files after them. */
function matches(entries: readonly Entry[], words: readonly string[]): Entry[] {
  return entries
    .filter((entry) => words.every((word) => entry.low.includes(word)))
    .map((entry) => ({ entry, rank: rank(entry, words[0] ?? "") }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

function rank(entry: Entry, word: string): number {
  const at = entry.text.toLowerCase().indexOf(word);
  const place = at === 0 ? 0 : at > 0 ? 100 : 200;
  return (entry.kind === "Line" ? 1000 : 0) + place + Math.min(entry.text.length, 99);
}

function gathered(design: Design): Entry[] {
  const entries: Entry[] = [];
  const add = (kind: string, text: string, about: string, href: string, more = "") =>
    void entries.push({ kind, text, about, href, low: `${text} ${about} ${more}`.toLowerCase() });
  for (const place of design.contents.places) {
    add(place.kind, place.title, place.about, hrefOf(place.at), place.at);
    if (place.at.includes("/")) {
      for (const card of place.cards) {
        const about = `${place.title}${card.summary ? ` · ${card.summary}` : ""}`;
        add(card.kind, card.title, about, hrefOf(place.at, card.id), card.id);
      }
    }
  }
  for (const { id, name, about, fields } of design.contents.schemas) {
    add("Schema", name, about, pageHref("schemas", id), fields.map((one) => one.name).join(" "));
  }
  for (const { name, about } of design.contents.events) {
    add("Event", name, about, pageHref("events", name));
  }
  const schemaOf = new Map(design.contents.schemas.map((one) => [one.path, one.id]));
  for (const [path, text] of Object.entries(design.contents.files)) {
    text.split("\n").forEach((line, index) => {
      if (!line.trim()) {
        return;
      }
      const where = design.cardAt(path, index + 1);
      const href = where ? hrefOf(where.at, where.card) : pageHref("schemas", schemaOf.get(path));
      add("Line", line.trim(), `${path}:${index + 1}`, href);
    });
  }
  return entries;
}
