import { useState } from "react";
import { useLandmark } from "../ids";
import { Several } from "../panels/Arrange";
import { useSession, useView } from "../state/session";
import { CardPanel } from "./CardPanel";
import { LinkPanel } from "./LinkPanel";
import type { Side } from "./Tabs";

/** What is selected, in words and to edit. */
export function SpecPanel() {
  const session = useSession();
  const selected = useView((state) => state.selected);
  const [link] = useView((state) => state.selectedLinks);
  const level = useView((state) => state.sheet?.head.level);
  const at = useView((state) => state.sheet?.head.at);
  const [side, setSide] = useState<Side>("form");
  const [card] = selected;
  const sides = { side, setSide };
  return (
    <section aria-label={useLandmark("Spec panel")} className="ddd-panel ddd-spec" tabIndex={-1}>
      {selected.size > 1 ? <Several /> : null}
      {selected.size === 1 && card !== undefined ? (
        <CardPanel id={card} key={session.selection.panelKey(card)} {...sides} />
      ) : null}
      {selected.size === 0 && link !== undefined ? (
        <LinkPanel id={link} key={session.selection.panelKey(link)} {...sides} />
      ) : null}
      {selected.size === 0 && link === undefined && level === "flow" ? (
        <CardPanel id="" key={at} {...sides} />
      ) : null}
      {selected.size === 0 && link === undefined && level !== "flow" ? <Nothing /> : null}
    </section>
  );
}

function Nothing() {
  const head = useView((state) => state.sheet?.head);
  return (
    <>
      <h3 className="ddd-spec-title">{head?.title}</h3>
      {head?.subtitle ? <p>{head.subtitle}</p> : null}
      <p className="ddd-quiet">Select a card to see and edit its spec.</p>
    </>
  );
}
