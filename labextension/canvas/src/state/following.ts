import { placeOf } from "./design";
import { isTaken, projectOf } from "./implementing";
import type { Session } from "./session";
import { type Action, action, type Target } from "./types";

/** Where a flow, a domain or an event leads, on the map of all flows. */
export function followingActions(session: Session, target: Target): readonly Action[] {
  const { sheet, cards, links, frame } = target;
  const [card = null, other] = [...cards.map(({ id }) => id), ...links.map(({ source }) => source)];
  const at = card === null && !frame ? sheet.head.at : placeOf(sheet, card ?? "");
  return at === "" || other !== undefined
    ? []
    : [action("go", "follow", "Follow on the Flow Map", () => void follow(session, at))];
}

async function follow(session: Session, at: string): Promise<void> {
  const root = await projectOf(session);
  if (root && !isTaken(session, "ddd-lab:open-flow-map", { root, at })) {
    const text = `The Flow Map belongs to JupyterLab. In a notebook project.trace("${at}") says where a flow leads.`;
    session.note({ tone: "info", text });
  }
}
