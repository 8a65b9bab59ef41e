import type { ActionTarget, ActionView, ModelView } from "../protocol";
import { placeOf } from "./design";
import type { Session } from "./session";
import { type Action, action, type InlineAction, type Target } from "./types";

/** The sign of all that asks a model. */
export const MODEL_SIGN = "✦";

type Kind = ActionView["on"][number];

/** What a model could do something to, if there is one such thing. */
export function aimOf({ sheet, cards, links, frame }: Target): [Kind, ActionTarget] | null {
  const { level, at } = sheet.head;
  const [card] = cards;
  const [link] = links;
  if (cards.length + links.length > 1 || (frame && !card)) {
    return null;
  }
  if (link) {
    const { source: node, output, target: to } = link;
    return level === "flow" && link.kind === "connection"
      ? ["connection", { at, node, output, to }]
      : null;
  }
  if (!card) {
    return [level === "flow" ? "sheet" : level, { at }];
  }
  switch (card.kind) {
    case "node":
      return ["node", { at, node: card.id }];
    case "flow":
      return ["sheet", { at: placeOf(sheet, card.id) }];
    case "domain":
      return ["domain", { at: placeOf(sheet, card.id) }];
    default:
      return null;
  }
}

/** What a model can do with a target; menus add which model that is, and its price. */
export function assistActions(session: Session, target: Target): readonly Action[] {
  const aim = aimOf(target);
  const { assists, menu } = session.store.get();
  if (!aim) {
    return [];
  }
  const [kind, place] = aim;
  const model = menu?.model ?? "";
  const card = target.cards[0]?.id ?? "";
  const actions = assists
    .filter(({ on }) => on.includes(kind))
    .map((one) => {
      const inline: InlineAction = {
        action: one,
        target: { ...place, model },
        card,
        at: menu?.at ?? null,
      };
      const run = () => session.store.set({ inline });
      return action("assist", one.id, `${MODEL_SIGN} ${one.title}`, run);
    });
  return actions.length > 0 && menu && !model ? [...actions, OTHER_MODEL] : actions;
}

/** Chooses another model for this once; the menu gives it the models. */
export const OTHER_MODEL: Action = {
  ...action("assist", "other-model", `${MODEL_SIGN} Use a different model…`, () => {}),
  why: "The models are not known yet",
};

/** The models, as a menu from which one is chosen for this once. */
export function modelActions(models: readonly ModelView[], choose: (id: string) => void): Action[] {
  return models.map(({ id, label, group, price, health, why }) => ({
    ...action("assist", id, label, () => choose(id)),
    note: `${group} · ${price}`,
    ...(health === "unavailable" ? { why: why || "It is not available" } : {}),
  }));
}
