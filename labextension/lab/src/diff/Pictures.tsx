import * as React from "react";
import { Boards, idOf } from "./boards";
import type { DiffModel } from "./model";

interface PicturesProps {
  readonly model: DiffModel;
  /** What each picture shows. */
  readonly names: string;
}

/** The pictures, with buttons for what the keys and the wheel do. */
export function Pictures({ model, names }: PicturesProps) {
  const { diff, place, changes, shown } = model;
  const change = changes[model.current];
  const holder = React.useRef<HTMLDivElement>(null);
  const [boards, setBoards] = React.useState<Boards | null>(null);
  React.useLayoutEffect(() => {
    const created = new Boards(holder.current as HTMLDivElement, (id) => model.open(id));
    setBoards(created);
    return () => created.dispose();
  }, [model]);
  React.useLayoutEffect(() => {
    const [seen] = [diff?.changes[model.current], ...(diff?.changes ?? [])].filter(idOf);
    const shows = `${place.root}\n${diff?.at}`;
    boards?.show(diff?.pictures ?? [], names.split("\n"), shows, idOf(seen));
  }, [boards, diff, model, names, place.root]);
  React.useLayoutEffect(() => boards?.mark(change, diff?.changes ?? []), [boards, change, diff]);
  React.useLayoutEffect(() => {
    if (shown > 0) {
      boards?.reveal(change);
    }
  }, [boards, change, shown]);
  return (
    <section aria-label="Pictures" className="ddd-diff-boards">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        aria-label="Boards: arrow keys move, plus and minus zoom, F shows all"
        className="ddd-diff-picture"
        ref={holder}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved with the keys
        tabIndex={0}
      />
      <div className="ddd-diff-zoom">
        <Tool label="Zoom in" onClick={() => boards?.zoomIn()} sign="+" />
        <Tool label="Zoom out" onClick={() => boards?.zoomOut()} sign="−" />
        <Tool label="Show all" onClick={() => boards?.fit()} sign="Fit" />
      </div>
    </section>
  );
}

interface ToolProps {
  readonly label: string;
  readonly sign: string;
  readonly onClick: () => void;
}

function Tool({ label, sign, onClick }: ToolProps) {
  return (
    <button
      aria-label={label}
      className="ddd-lab-button"
      onClick={onClick}
      title={label}
      type="button"
    >
      {sign}
    </button>
  );
}
