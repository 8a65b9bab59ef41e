import type { Status } from "../protocol";
import { selection } from "../state/actions";
import { designActions } from "../state/design";
import { save } from "../state/drafts";
import { implement, implementingActions } from "../state/implementing";
import { exporting } from "../state/pictures";
import { type Session, useSession, useView } from "../state/session";
import type { Action } from "../state/types";
import { ArrangeMenu } from "./Arrange";
import type { IconName } from "./Icon";
import { useLayout } from "./layout";
import { MenuButton } from "./Menu";
import { countsInWords, ProblemMark, plural } from "./ProblemMark";
import { ToolButton } from "./ToolButton";

/** From this width on there is room for one more word among the buttons. */
const ROOMY = 720;

/** Where one is, what can be done here, and what is saved. */
export function Toolbar() {
  return (
    <header className="ddd-toolbar">
      <Place />
      <Saving />
      <Actions />
      <Refusals />
    </header>
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
      <nav aria-label="Breadcrumb">
        <ol className="ddd-crumbs">
          {crumbs.map((crumb, index) => (
            <li key={crumb.at}>
              {index === crumbs.length - 1 ? (
                <span aria-current="page" className="ddd-ellipsis">
                  {crumb.title}
                </span>
              ) : (
                <button
                  className="ddd-crumb ddd-bare ddd-ellipsis"
                  onClick={() => session.go(crumb.at)}
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

function Actions() {
  const session = useSession();
  const head = useView((state) => state.sheet?.head);
  const panels = useView((state) => state.panels);
  const layout = useLayout();
  const roomy = useView((state) => state.width >= ROOMY);
  if (!head) {
    return null;
  }
  const { status, problems, palette } = head;
  const words = countsInWords(problems);
  return (
    <div aria-label="Actions" className="ddd-actions" role="toolbar">
      <ToolButton
        label="New flow"
        onPress={() => session.dialog({ kind: "new-flow", domain: "" })}
        text
        title="Create a flow in a domain"
      />
      <MenuButton
        actions={() => designOf(session)}
        label="Design"
        title="Change this board, and the design as a whole"
      />
      {head.level === "flow" ? (
        <ToolButton
          disabled={status.state === "readonly"}
          icon="play"
          label="Implement"
          onPress={() => void implement(session, [head.at])}
          text={roomy}
          title="Implement: let Claude Code write or update the code of this flow"
        />
      ) : null}
      <span className="ddd-gap" />
      <Step op="undo" step={status.undo} />
      <Step op="redo" step={status.redo} />
      <span className="ddd-gap" />
      <ToolButton
        icon="search"
        label="Search"
        onPress={() => session.dialog({ kind: "jump" })}
        title="Find anything in the design (Ctrl+K)"
      />
      <ToolButton
        icon="fit"
        label="Fit"
        onPress={() => session.camera.fit()}
        title="Show the whole board (F)"
      />
      <ToolButton icon="minus" label="Zoom out" onPress={() => session.camera.zoom(0.8)} />
      <ToolButton icon="plus" label="Zoom in" onPress={() => session.camera.zoom(1.25)} />
      <ToolButton
        icon="map"
        label="Overview"
        onPress={() => session.panel({ minimap: !panels.minimap })}
        pressed={panels.minimap}
        title="A small map of the board"
      />
      <span className="ddd-gap" />
      <ArrangeMenu />
      <MenuButton
        actions={() => exporting(session)}
        icon="download"
        label="Export"
        title="Export this board as a picture"
      />
      <span className="ddd-gap" />
      <button
        aria-expanded={panels.problems}
        className="ddd-button ddd-quiet-button"
        onClick={() => session.panel({ problems: !panels.problems })}
        title={words || "No problems"}
        type="button"
      >
        <span>Problems</span>
        {words ? <ProblemMark counts={problems} /> : <span className="ddd-none">0</span>}
      </button>
      <span className="ddd-gap" />
      {layout.wide && palette.length > 0 ? (
        <Panel
          icon="left"
          label="Palette panel"
          open={layout.left?.includes("palette") ?? false}
          set={(palette) => ({ palette, tab: "palette" })}
        />
      ) : null}
      {layout.wide ? (
        <Panel
          icon="list"
          label="Outline panel"
          open={panels.outline}
          set={(outline) => ({ outline, tab: outline ? "outline" : "palette" })}
        />
      ) : null}
      <Panel
        icon="right"
        label={layout.wide ? "Spec" : "Panels"}
        open={layout.right !== null}
        set={(spec) => ({ spec })}
      />
      <ToolButton
        icon="help"
        label="Keys"
        onPress={() => session.dialog({ kind: "keys" })}
        title="What every key does (?)"
      />
    </div>
  );
}

/** What can be done with the board and the design, whatever is selected. */
function designOf(session: Session): readonly Action[] {
  const target = selection(session);
  const board = target && { ...target, cards: [], links: [] };
  return board ? [...implementingActions(session, board), ...designActions(session, board)] : [];
}

function Step({ op, step }: { op: "undo" | "redo"; step: string }) {
  const session = useSession();
  const label = op === "undo" ? "Undo" : "Redo";
  return (
    <ToolButton
      disabled={!step}
      icon={op}
      label={label}
      onPress={() => void session.press(op)}
      title={step ? `${label}: ${step}` : `Nothing to ${op}`}
    />
  );
}

function Panel({
  icon,
  label,
  open,
  set,
}: {
  icon: IconName;
  label: string;
  open: boolean;
  set: (open: boolean) => Parameters<Session["panel"]>[0];
}) {
  const session = useSession();
  return (
    <ToolButton
      icon={icon}
      label={label}
      onPress={() => session.panel(set(!open))}
      pressed={open}
      title={open ? `Hide: ${label}` : `Show: ${label}`}
    />
  );
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
