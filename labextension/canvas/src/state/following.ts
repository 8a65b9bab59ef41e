import { placeOf } from "./design";
import { isTaken, projectOf } from "./implementing";
import type { Session } from "./session";
import { type Action, action, type Target } from "./types";

/** Where a flow, a domain or an event leads, on the map of all flows. */
export function followingActions(session: Session, target: Target): readonly Action[] {
  const { sheet, cards, links, frame } = target;
  const [card = null, other] = [...cards.map(({ id }) => id), ...links.map(({ source }) => source)];
  const board = card === null && !frame;
  const at = board ? sheet.head.at : placeOf(sheet, card ?? "");
  if (other !== undefined || (at === "" && !board)) {
    return [];
  }
  const label = at === "" ? "Open the Flow Map" : "Follow on the Flow Map";
  return [action("go", "follow", label, () => void follow(session, at))];
}

async function follow(session: Session, at: string): Promise<void> {
  const root = await projectOf(session);
  if (root && !isTaken(session, "ddd-lab:open-flow-map", { root, at })) {
    const text = `The Flow Map belongs to JupyterLab. In a notebook project.trace("${at}") says where a flow leads.`;
    session.note({ tone: "info", text });
  }
}
