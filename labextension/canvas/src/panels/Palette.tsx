import { useMemo, useState } from "react";
import { PALETTE_MIME } from "../canvas/mime";
import { useLandmark } from "../ids";
import type { PaletteEntry } from "../protocol";
import { addNote, NOTE } from "../state/containment";
import { addNode, freePlace, NEW_CARD } from "../state/editing";
import { type Session, useSession, useView } from "../state/session";
import type { Point } from "../state/types";

const NOTE_ENTRY: PaletteEntry = {
  type: NOTE,
  title: "Note",
  category: "sheet",
  icon: "✎",
  help: "A remark on the sheet that does not belong to a node.",
};

const CATEGORIES: Record<string, string> = {
  sheet: "On the sheet",
  flow: "Flow",
  logic: "Logic",
  data: "Data",
  integration: "Integration",
  agent: "Agent",
  orchestration: "Orchestration",
};

/** The node types that can be placed on this sheet. */
export function Palette() {
  const entries = useView((state) => state.sheet?.head.palette);
  const [filter, setFilter] = useState("");
  const groups = useMemo(
    () => grouped(entries?.length ? [NOTE_ENTRY, ...entries] : [], filter),
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
          <h3 className="ddd-caption">{CATEGORIES[category] ?? category}</h3>
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
            addAt(session, entry.type, placeForNew(session));
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

function addAt(session: Session, type: string, at: Point): void {
  void (type === NOTE ? addNote(session, at) : addNode(session, type, at));
}

function grouped(entries: readonly PaletteEntry[], filter: string): [string, PaletteEntry[]][] {
  const wanted = filter.trim().toLowerCase();
  const groups = new Map<string, PaletteEntry[]>();
  for (const entry of entries) {
    const text = `${entry.title} ${entry.type} ${entry.help}`.toLowerCase();
    if (text.includes(wanted)) {
      groups.set(entry.category, [...(groups.get(entry.category) ?? []), entry]);
    }
  }
  return [...groups];
}

const GAP = 80;

/** After the selected card, or in the middle of the view; beside what already stands there. */
function placeForNew(session: Session): Point {
  const { sheet, selected } = session.store.get();
  const beside = [...(sheet?.cards.values() ?? [])].find((card) => selected.has(card.id));
  const middle = session.camera.center();
  const down = sheet?.head.direction === "down";
  return freePlace(session, {
    x: beside ? beside.x + (down ? 0 : beside.width + GAP) : middle.x - NEW_CARD.width / 2,
    y: beside ? beside.y + (down ? beside.height + GAP : 0) : middle.y - NEW_CARD.height / 2,
  });
}
