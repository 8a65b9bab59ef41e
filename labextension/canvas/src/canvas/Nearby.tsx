import { useMemo } from "react";
import { useSession, useView } from "../state/session";
import type { Sheet } from "../state/sheet";

/** While a card or line is selected or the pointer rests on it, all that it is not joined to
 * steps back. A rule for the whole canvas says so: no card needs to be drawn anew.
 */
export function Nearby({ sheet }: { sheet: Sheet }) {
  const { prefix } = useSession();
  const hovered = useView((state) => state.hovered);
  const selected = useView((state) => state.selected);
  const selectedLinks = useView((state) => state.selectedLinks);
  const rule = useMemo(() => {
    const several = selected.size + selectedLinks.size > 1;
    const [chosen] = several ? [] : [...selected, ...selectedLinks];
    return ruleFor(sheet, hovered || chosen || "", `.ddd-drawing[data-drawing="${prefix}"]`);
  }, [sheet, hovered, selected, selectedLinks, prefix]);
  return rule ? <style>{rule}</style> : null;
}

function ruleFor(sheet: Sheet, id: string, drawing: string): string {
  const links = [...sheet.links.values()].filter(
    (link) => link.id === id || link.source === id || link.target === id,
  );
  if (links.length === 0) {
    return "";
  }
  const cards = new Set(links.flatMap(({ source, target }) => [source, target]));
  const others = (kind: string, attribute: string, ids: Iterable<string>) =>
    `${drawing} ${kind}:not(${[...ids].map((one) => `[${attribute}="${CSS.escape(one)}"]`)})`;
  const lines = links.map((link) => link.id);
  return `${others(".react-flow__node", "data-card-id", cards)} {
  --ddd-border: var(--ddd-line);
  --ddd-text: var(--ddd-quiet);
  --ddd-tint: var(--ddd-line);
}
${others(".react-flow__edge", "data-id", lines)} { opacity: 0.25; }`;
}
