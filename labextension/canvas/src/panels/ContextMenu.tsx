import { useEffect } from "react";
import type { ActionOffers } from "../protocol";
import { actionsFor, selection } from "../state/actions";
import { aimOf, modelActions, OTHER_MODEL } from "../state/assisting";
import { type Session, useSession, useView } from "../state/session";
import type { OpenMenu } from "../state/state";
import type { Action, Point, Target } from "../state/types";
import { useAsking } from "../state/useAsking";
import { Menu } from "./Menu";

/** What can be done with what the pointer is on, or with what is selected. */
export function ContextMenu() {
  const session = useSession();
  const menu = useView((state) => state.menu);
  const ready = useView((state) => state.sheet !== null);
  useEffect(() => {
    const { root } = session;
    if (!ready || !root) {
      return;
    }
    const onContextMenu = (event: MouseEvent) => pressed(session, root, event);
    root.addEventListener("contextmenu", onContextMenu);
    return () => root.removeEventListener("contextmenu", onContextMenu);
  }, [session, ready]);
  return menu ? <Opened key={`${menu.at.x} ${menu.at.y} ${menu.model}`} menu={menu} /> : null;
}

function Opened({ menu }: { menu: OpenMenu }) {
  const session = useSession();
  const { at, target, model, models } = menu;
  const aim = aimOf(target);
  const { result } = useAsking("inline_actions", aim && { ...aim[1], model: model ?? "" }, 0);
  const actions = models
    ? modelActions(models, (id) => session.store.set({ menu: { at, target, model: id } }))
    : actionsFor(session, target)
        .filter(({ group }) => !model || group === "assist")
        .map((action) => offered(session, menu, action, result));
  return actions.length > 0 ? (
    <Menu
      actions={actions}
      at={at}
      key={models ? "models" : "actions"}
      label={models ? "Models" : labelOf(target)}
      onClose={() => session.store.set({ menu: null })}
    />
  ) : null;
}

/** An action with what Python says of it: which model does it, for what, or why not. */
function offered(
  session: Session,
  menu: OpenMenu,
  action: Action,
  offers: ActionOffers | null,
): Action {
  if (action === OTHER_MODEL) {
    const { at, target } = menu;
    const models = offers?.models;
    const { why, ...rest } = action;
    const run = () => session.store.set({ menu: { at, target, ...(models && { models }) } });
    return models ? { ...rest, run } : action;
  }
  const offer = offers?.actions.find(({ id }) => id === action.id);
  if (action.group !== "assist") {
    return action;
  }
  const { unfit = "", model = "", price = "" } = offer ?? {};
  const note = offer && !model ? "no model yet" : [model, price].filter(Boolean).join(" · ");
  return { ...action, note: unfit || note, ...(unfit ? { why: unfit } : {}) };
}

/** Opens the menu from the keyboard, at the card that has the focus or what is selected. */
export function openMenu(session: Session, focused: string): void {
  if (focused && !session.store.get().selected.has(focused)) {
    session.selection.set([focused]);
  }
  const target = selection(session);
  const { root } = session;
  if (!target || !root) {
    return;
  }
  const [card] = target.cards;
  const element = card
    ? root.querySelector(`.react-flow__node[data-card-id="${CSS.escape(card.id)}"]`)
    : root.querySelector(".ddd-drawing");
  const box = (element ?? root).getBoundingClientRect();
  const corner = root.getBoundingClientRect();
  const x = box.left - corner.left + Math.min(box.width / 2, 60);
  const y = box.top - corner.top + Math.min(box.height / 2, 60);
  session.store.set({ menu: { at: { x, y }, target } });
}

function pressed(session: Session, root: HTMLElement, event: MouseEvent): void {
  const element = event.target as HTMLElement;
  if (element.closest(".ddd-menu")) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (!element.closest(".ddd-drawing") || element.closest("input, textarea, a")) {
    return;
  }
  // The host's own menu stays away.
  event.preventDefault();
  event.stopPropagation();
  const target = underPointer(session, element, { x: event.clientX, y: event.clientY });
  if (target) {
    const corner = root.getBoundingClientRect();
    const at = { x: event.clientX - corner.left, y: event.clientY - corner.top };
    session.store.set({ menu: { at, target } });
  }
}

/** What the pointer is on: it is selected by that, unless it is one of several that are. */
function underPointer(session: Session, element: HTMLElement, pointer: Point): Target | null {
  const at = session.camera.locate(pointer);
  const { sheet, selected, selectedLinks } = session.store.get();
  const card = element.closest<HTMLElement>(".react-flow__node")?.dataset.cardId;
  const link =
    element.closest<HTMLElement>("[data-link-id]")?.dataset.linkId ??
    element.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
  const frame = element.closest<HTMLElement>("[data-frame]")?.dataset.frame;
  if (card !== undefined) {
    if (!selected.has(card)) {
      session.selection.set([card]);
    }
  } else if (link !== undefined) {
    if (!selectedLinks.has(link)) {
      session.selection.set([], [link]);
    }
  } else {
    session.selection.set([]);
  }
  const target = selection(session, at);
  const inFrame = sheet?.head.frames?.find((one) => one.id === frame) ?? null;
  const framed = target && { ...target, frame: inFrame };
  // A frame that nothing can be done with is a part of the board.
  return framed && actionsFor(session, framed).length > 0 ? framed : target;
}

function labelOf({ cards, links, frame, sheet }: Target): string {
  const [card] = cards;
  if (cards.length + links.length > 1) {
    return `${cards.length + links.length} selected`;
  }
  return card?.title ?? frame?.title ?? (links.length > 0 ? "Line" : sheet.head.title);
}
