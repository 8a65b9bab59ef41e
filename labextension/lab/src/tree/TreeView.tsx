import * as React from "react";
import { agentIcon, designIcon, domainIcon, flowIcon, schemaIcon } from "../icons";
import { stepOf, typedAhead } from "./keys";
import type { TreeModel } from "./model";
import { type Kind, type Row, spokenName } from "./rows";
import { ROW, useWindow } from "./useWindow";

const ICONS: Record<Kind, typeof designIcon> = {
  system: designIcon,
  domain: domainIcon,
  flow: flowIcon,
  agent: agentIcon,
  schemas: schemaIcon,
  schema: schemaIcon,
};
/** Milliseconds after which a letter begins a new name. */
const PAUSE = 700;

/** The rows of the tree; only those on the screen are drawn. */
export function TreeView({ model }: { readonly model: TreeModel }) {
  const { rows, active } = model;
  const id = React.useId();
  const typed = useTyped();
  const { frame, first, last, onScroll, page } = useWindow(rows.length, active);
  React.useEffect(() => {
    // The panel was activated before there was anything else to take the focus.
    const tree = frame.current;
    if (tree !== null && document.activeElement === tree.closest(".ddd-lab-panel")) {
      tree.focus();
    }
  }, [frame]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = rows[active];
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      const box = document.getElementById(`${id}${active}`)?.getBoundingClientRect();
      if (row !== undefined && box !== undefined) {
        model.host.showMenu(row, box.left + 32, box.bottom);
      }
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && row !== undefined) {
        void model.open(row, true);
      }
      return;
    }
    const letters = event.key.length === 1 && event.key !== " " ? typed(event.key) : "";
    if (letters !== "") {
      model.goTo(rows[typedAhead(rows, active, letters)]);
      event.preventDefault();
      return;
    }
    const step = stepOf(rows, active, event.key, page);
    if (step === null) {
      return;
    }
    event.preventDefault();
    if ("go" in step) {
      model.goTo(rows[step.go]);
    } else if ("fold" in step) {
      model.fold(step.fold, step.open);
    } else {
      void model.open(step.open);
    }
  };
  return (
    <div
      aria-activedescendant={rows.length > 0 ? `${id}${active}` : undefined}
      aria-label={`Design ${model.tree.state?.name ?? ""}`}
      className="ddd-lab-tree"
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      ref={frame}
      role="tree"
      tabIndex={0}
    >
      <div role="none" style={{ height: rows.length * ROW }}>
        {rows.slice(first, last).map((row, index) => (
          <RowView
            active={first + index === active}
            id={`${id}${first + index}`}
            key={row.id}
            model={model}
            row={row}
            top={(first + index) * ROW}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly model: TreeModel;
  readonly row: Row;
  readonly id: string;
  readonly active: boolean;
  readonly top: number;
}

function RowView({ model, row, id, active, top }: RowProps) {
  const onContextMenu = (event: React.MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    model.goTo(row);
    model.host.showMenu(row, event.clientX, event.clientY);
  };
  const onClick = (event: React.MouseEvent) => {
    model.goTo(row);
    void model.open(row, event.ctrlKey || event.metaKey);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus, and the keys of its rows
    <div
      aria-expanded={row.expanded ?? undefined}
      aria-label={spokenName(row)}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-selected={active}
      aria-setsize={row.size}
      className="ddd-lab-tree-row"
      data-kind={row.kind}
      id={id}
      onClick={onClick}
      onContextMenu={onContextMenu}
      role="treeitem"
      style={{ height: ROW, top }}
      tabIndex={-1}
      title={[row.name, ...row.marks.map(({ words }) => words)].join(" · ")}
    >
      <Fold model={model} row={row} />
      <span
        aria-hidden
        className="ddd-lab-tree-icon"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own icons
        dangerouslySetInnerHTML={{ __html: ICONS[row.kind].svgstr }}
      />
      <span className="ddd-lab-tree-name">{row.name}</span>
      {row.marks.map(({ sign, words, tone }) => (
        <span className="ddd-lab-tree-mark" data-tone={tone} key={words}>
          {sign}
        </span>
      ))}
    </div>
  );
}

/** Folds and unfolds what is below a row, for the pointer; the keys are the arrows. */
function Fold({ model, row }: { readonly model: TreeModel; readonly row: Row }) {
  const onClick = (event: React.MouseEvent) => {
    if (row.expanded !== null) {
      event.stopPropagation();
      model.fold(row, !row.expanded);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a part of the row, which says aria-expanded
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same
    <span className="ddd-lab-tree-fold" onClick={onClick}>
      {row.expanded === null ? "" : row.expanded ? "▾" : "▸"}
    </span>
  );
}

/** Letters that are typed one after the other. */
function useTyped(): (letter: string) => string {
  const typed = React.useRef({ letters: "", at: 0 });
  return (letter) => {
    const { letters, at } = typed.current;
    const now = Date.now();
    typed.current = { letters: now - at < PAUSE ? letters + letter : letter, at: now };
    return typed.current.letters;
  };
}
