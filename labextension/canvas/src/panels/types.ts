import type { PaletteEntry } from "../protocol";

const CATEGORIES: Record<string, string> = {
  sheet: "On the sheet",
  flow: "Flow",
  logic: "Logic",
  data: "Data",
  integration: "Integration",
  agent: "Agent",
  orchestration: "Orchestration",
};

export type TypeGroup = readonly [title: string, entries: readonly PaletteEntry[]];

/** Types that match some words, best first, in the groups of the palette. */
export function matchingTypes(entries: readonly PaletteEntry[], words: string): TypeGroup[] {
  const wanted = words.trim().toLowerCase();
  const ranked = entries
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank);
  const groups = new Map<string, PaletteEntry[]>();
  for (const { entry } of ranked) {
    groups.set(entry.category, [...(groups.get(entry.category) ?? []), entry]);
  }
  return [...groups].map(([category, list]) => [CATEGORIES[category] ?? category, list]);
}

const NO_MATCH = 5;

function rankOf({ title, type, help }: PaletteEntry, wanted: string): number {
  const name = title.toLowerCase();
  if (name.startsWith(wanted)) {
    return 0;
  }
  if (`${name} ${type}`.includes(wanted)) {
    return name.includes(` ${wanted}`) ? 1 : 2;
  }
  if (wanted.split(/\s+/).every((word) => `${name} ${help.toLowerCase()}`.includes(word))) {
    return 3;
  }
  return hasInOrder(name, wanted) ? 4 : NO_MATCH;
}

/** Whether all letters of a word occur one after the other: “dst” in “data store”. */
function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  return [...letters].every((letter) => {
    from = text.indexOf(letter, from) + 1;
    return from > 0;
  });
}
