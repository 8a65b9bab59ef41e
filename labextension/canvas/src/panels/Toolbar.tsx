import { Fragment, useRef } from "react";
import { useLandmark } from "../ids";
import type { Status } from "../protocol";
import { save } from "../state/drafts";
import { useSession, useView } from "../state/session";
import { useLayout } from "./layout";
import { MenuButton } from "./Menu";
import { countsInWords, ProblemMark, plural } from "./ProblemMark";
import { ToolButton } from "./ToolButton";
import { asActions, type Tool, toolsFor } from "./tools";
import { useFolding, useOneStop } from "./useFolding";

/** Where one is, what can be done here, and what is saved: one row, whatever its width. */
export function Toolbar() {
  const session = useSession();
  const head = useView((state) => state.sheet?.head);
  const panels = useView((state) => state.panels);
  const width = useView((state) => state.width);
  useView((state) => state.zoom); // a tool says it
  const layout = useLayout();
  const bar = useRef<HTMLElement>(null);
  const tools = head ? toolsFor(session, head, panels, layout) : [];
  const { status, problems, breadcrumb, level } = head ?? {};
  const room = JSON.stringify([width, status?.state, status?.unsaved, problems, breadcrumb, level]);
  const shown = useFolding(bar, tools.length, room);
  const folded = new Set([...tools].sort((a, b) => b.rank - a.rank).slice(0, tools.length - shown));
  return (
    <header className="ddd-toolbar" data-full={shown === 0 || undefined} ref={bar}>
      <Place />
      <ToolRow
        folded={tools.filter((tool) => folded.has(tool))}
        tools={tools.filter((tool) => !folded.has(tool))}
      />
      <Refusals />
    </header>
  );
}

function ToolRow({ tools, folded }: { tools: readonly Tool[]; folded: readonly Tool[] }) {
  const row = useRef<HTMLDivElement>(null);
  useOneStop(row);
  return (
    <div aria-label="Actions" className="ddd-actions" ref={row} role="toolbar">
      <Saving />
      {tools.map((tool) => (
        <Fragment key={tool.label}>
          {tool.apart ? <span className="ddd-gap" /> : null}
          <ToolOf tool={tool} />
        </Fragment>
      ))}
      <Problems />
      {folded.length > 0 ? (
        <MenuButton actions={() => asActions(folded)} icon="more" label="More tools" />
      ) : null}
    </div>
  );
}

function ToolOf({ tool: { does, rank: _rank, apart: _apart, ...look } }: { tool: Tool }) {
  if (typeof does === "function") {
    return <ToolButton {...look} onPress={does} />;
  }
  const { label, title = label, icon } = look;
  return <MenuButton actions={does.menu} label={label} title={title} {...(icon ? { icon } : {})} />;
}

function Problems() {
  const session = useSession();
  const open = useView((state) => state.panels.problems);
  const problems = useView((state) => state.sheet?.head.problems);
  const words = problems ? countsInWords(problems) : "";
  return (
    <button
      aria-expanded={open}
      className="ddd-button ddd-quiet-button"
      onClick={() => session.panel({ problems: !open })}
      title={words || "No problems"}
      type="button"
    >
      <span>Problems</span>
      {problems && words ? <ProblemMark counts={problems} /> : <span className="ddd-none">0</span>}
    </button>
  );
}

function Place() {
  const session = useSession();
  const crumbs = useView((state) => state.sheet?.head.breadcrumb) ?? [];
  const canGoBack = useView((state) => state.sheet?.head.can_go_back) ?? false;
  return (
    <div className="ddd-place">
      <ToolButton
        disabled={!canGoBack}
        icon="back"
        label="Back"
        onPress={() => void session.gesture("back", {})}
        title="Back to the previous board"
      />
      <nav aria-label={useLandmark("Breadcrumb")}>
        <ol className="ddd-crumbs">
          {crumbs.map((crumb, index) => (
            <li key={crumb.at}>
              {index === crumbs.length - 1 ? (
                <span aria-current="page" className="ddd-ellipsis" title={crumb.title}>
                  {crumb.title}
                </span>
              ) : (
                <button
                  className="ddd-crumb ddd-bare ddd-ellipsis"
                  onClick={() => session.go(crumb.at)}
                  title={crumb.title}
                  type="button"
                >
                  {crumb.title}
                </button>
              )}
            </li>
          ))}
        </ol>
      </nav>
    </div>
  );
}

function Saving() {
  const session = useSession();
  const status = useView((state) => state.sheet?.head.status);
  const saving = useView((state) => state.running.has("save"));
  if (!status) {
    return null;
  }
  const pending = status.unsaved.length > 0;
  return (
    <div className="ddd-saving">
      <span className="ddd-state" data-state={status.state} role="status">
        {saving ? "Saving…" : stateInWords(status)}
      </span>
      {pending ? (
        <ToolButton
          label="Changes"
          onPress={() => session.dialog({ kind: "changes" })}
          text
          title="Show the lines that saving would change"
        />
      ) : null}
      <ToolButton
        busy={saving}
        disabled={!pending && ["saved", "readonly"].includes(status.state)}
        label="Save"
        onPress={() => void save(session)}
        primary={pending}
        text
        title={pending ? `Write ${status.unsaved.join(", ")}` : "Everything is saved"}
      />
    </div>
  );
}

function stateInWords(status: Status): string {
  switch (status.state) {
    case "saved":
      return "Saved";
    case "unsaved":
      return status.unsaved.length > 1
        ? `${plural(status.unsaved.length, "file")} unsaved`
        : "Unsaved changes";
    case "failed":
      return "Not saved";
    case "conflict":
      return "Conflict";
    case "readonly":
      return "Read only";
  }
}

/** Why the last undo, redo or save did not happen. */
function Refusals() {
  const session = useSession();
  const refused = useView((state) => state.refused);
  const failed = useView((state) => state.sheet?.head.status.state === "failed");
  // A banner says already why saving failed.
  return [...refused]
    .filter(([op]) => !(op === "save" && failed))
    .map(([op, message]) => (
      <div className="ddd-refusal" key={op} role="alert">
        <span>
          <strong>{TITLES[op] ?? op} failed.</strong> {message}
        </span>
        <ToolButton icon="close" label="Dismiss" onPress={() => session.forgive(op)} />
      </div>
    ));
}

const TITLES: Record<string, string> = {
  undo: "Undo",
  redo: "Redo",
  save: "Save",
  conflict: "Resolving",
};
