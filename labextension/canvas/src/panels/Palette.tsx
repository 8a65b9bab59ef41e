import { useMemo, useState } from "react";
import { PALETTE_MIME } from "../canvas/mime";
import { useLandmark } from "../ids";
import type { PaletteEntry } from "../protocol";
import { addTo, placeHere } from "../state/adding";
import { addNoteInView, NOTE } from "../state/containment";
import { useSession, useView } from "../state/session";
import { matchingTypes } from "./types";

const NOTE_ENTRY: PaletteEntry = {
  type: NOTE,
  title: "Note",
  category: "sheet",
  icon: "✎",
  help: "A remark on the sheet that does not belong to a node.",
  ends: true,
};

/** The node types that can be placed on this sheet. */
export function Palette() {
  const entries = useView((state) => state.sheet?.head.palette);
  const [filter, setFilter] = useState("");
  const groups = useMemo(
    () => matchingTypes(entries?.length ? [NOTE_ENTRY, ...entries] : [], filter),
    [entries, filter],
  );
  return (
    <section aria-label={useLandmark("Palette")} className="ddd-panel ddd-palette">
      <input
        aria-label="Filter the palette"
        className="ddd-input"
        onChange={(event) => setFilter(event.target.value)}
        placeholder="Filter"
        type="search"
        value={filter}
      />
      {groups.map(([category, list]) => (
        <div key={category}>
          <h3 className="ddd-caption">{category}</h3>
          <ul className="ddd-list">
            {list.map((entry) => (
              <Entry entry={entry} key={entry.type} />
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 ? <p className="ddd-quiet">No node type is called “{filter}”.</p> : null}
    </section>
  );
}

function Entry({ entry }: { entry: PaletteEntry }) {
  const session = useSession();
  const placing = useView((state) => state.placing === entry.type);
  return (
    <li>
      <button
        aria-pressed={placing}
        className="ddd-entry ddd-bare"
        data-category={entry.category}
        draggable
        onClick={(event) => {
          // A click without a pointer is a key: there is no second click to say where.
          if (event.detail === 0) {
            const place = placeHere(session) ?? { kind: "free", at: null };
            void (entry.type === NOTE ? addNoteInView(session) : addTo(session, place, entry.type));
          } else {
            session.store.set({ placing: placing ? "" : entry.type });
          }
        }}
        onDragStart={(event) => {
          event.dataTransfer.setData(PALETTE_MIME, entry.type);
          event.dataTransfer.effectAllowed = "copy";
        }}
        title={entry.help}
        type="button"
      >
        <span aria-hidden="true" className="ddd-icon">
          {entry.icon}
        </span>
        {entry.title}
      </button>
    </li>
  );
}
