import { placeOf } from "./design";
import type { Session } from "./session";
import type { Head } from "./sheet";
import { type Action, action, type PromptKind, type Target } from "./types";

/** What is told to the rest of the page; who calls `preventDefault` takes care of it. */
const IMPLEMENT = "ddd-lab:implement";
const DRIFT = "ddd-lab:drift";
const PANEL = "ddd-lab:panel";
const RESTART = "ddd-lab:restart-kernel";

/** Has flows implemented: in the host's panel if there is one, else a dialog says how.
 *
 * The code is written from what is on disk, so unsaved changes are asked about first.
 */
export async function implement(
  session: Session,
  flows: readonly string[],
  kind: PromptKind = "implement",
): Promise<void> {
  const { unsaved } = session.sheet()?.head.status ?? { unsaved: [] };
  if (unsaved.length > 0) {
    session.dialog({ kind: "save-first", flows, what: kind });
    return;
  }
  const root = await projectOf(session);
  if (root && !isTaken(session, IMPLEMENT, { root, flows, kind })) {
    session.dialog({ kind: "implement", flows, what: kind });
  }
}

/** Shows what moved between a flow and its code. */
export async function showDrift(session: Session, flow: string): Promise<void> {
  const root = await projectOf(session);
  if (root && !isTaken(session, DRIFT, { root, flow })) {
    session.dialog({ kind: "implement", flows: [flow], what: "implement" });
  }
}

/** Shows or hides the host's implementation panel. */
export async function togglePanel(session: Session): Promise<void> {
  const root = await projectOf(session);
  if (root && !isTaken(session, PANEL, { root })) {
    session.note({
      tone: "info",
      text: "There is no Implementation panel here: it belongs to JupyterLab. “Implement” shows the prompt and the command for a terminal.",
    });
  }
}

/** What the page offers to do with a place of the design: whoever hears of the event adds to it. */
export function pageActions(session: Session): readonly Action[] {
  const offers: PageOffer[] = [];
  isTaken(session, "ddd-lab:offers", offers);
  const act = async (offer: PageOffer) => {
    const root = await projectOf(session);
    root && offer.act({ root, at: session.sheet()?.head.at ?? "" });
  };
  return offers.map((offer) => action("view", offer.label, offer.label, () => void act(offer)));
}

interface PageOffer {
  readonly label: string;
  act(place: { root: string; at: string }): void;
}

/** Has the host restart the kernel of this notebook, or says where that is done. */
export function restartKernel(session: Session): void {
  if (!isTaken(session, RESTART, {})) {
    session.note({ tone: "info", text: "Restart the kernel in the Kernel menu of the notebook." });
  }
}

/** The project's folder; empty where Python does not say, which the person has been told then. */
export async function projectOf(session: Session): Promise<string> {
  const answer = await session.gesture("root", {});
  return answer?.root ?? "";
}

/** Tells the page of a wish, and whether somebody there takes care of it. */
export function isTaken(session: Session, name: string, detail: object): boolean {
  const event = new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail });
  return session.root?.dispatchEvent(event) === false;
}

/** What can be done about the code of the flows of a target. */
export function implementingActions(session: Session, target: Target): readonly Action[] {
  const { sheet, cards, links, frame } = target;
  const { level, at, sync_status: status } = sheet.head;
  const flows = cards.filter((card) => level === "domain" && card.kind === "flow" && card.opens);
  const [only] = flows;
  if (only && flows.length === 1) {
    const offered = new Set(only.badges.map((badge) => badge.offers));
    return actionsOf(session, {
      at: placeOf(sheet, only.id),
      which: "",
      stale: offered.has("drift"),
      failing: offered.has("fix"),
    });
  }
  if (flows.length > 1) {
    const keys = flows.map((card) => placeOf(sheet, card.id));
    const label = `Implement ${flows.length} flows…`;
    const write = action("implement", "implement", label, () => void implement(session, keys));
    return [{ ...write, ...lackOf(sheet.head) }];
  }
  if (level === "flow" && cards.length + links.length === 0 && !frame) {
    const stale = status?.stale ?? false;
    const failing = (status?.failed ?? 0) > 0;
    return actionsOf(session, { at, which: " this flow", stale, failing });
  }
  return [];
}

/** Why nothing can be implemented where the project is open. */
function lackOf(head: Head | undefined): Pick<Action, "why"> {
  const why = head?.lacks.implementing;
  return why ? { why } : {};
}

interface Subject {
  readonly at: string;
  /** Says which flow where that is not plain. */
  readonly which: string;
  readonly stale: boolean;
  readonly failing: boolean;
}

function actionsOf(session: Session, { at, which, stale, failing }: Subject): readonly Action[] {
  const write = () => void implement(session, [at]);
  const lack = lackOf(session.sheet()?.head);
  const actions = [{ ...action("implement", "implement", `Implement${which}…`, write), ...lack }];
  if (failing) {
    const fix = () => void implement(session, [at], "fix");
    actions.push({ ...action("implement", "fix-tests", "Fix failing tests…", fix), ...lack });
  }
  if (stale) {
    const show = () => void showDrift(session, at);
    actions.push(action("implement", "view-drift", "What has changed…", show));
  }
  return actions;
}
