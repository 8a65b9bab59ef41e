import type { Session } from "./session";
import type { Action, Target } from "./types";

/** What arranging is called, its icon, and how many cards it needs. */
const WAYS = [
  ["align", "left", "Align left", 2],
  ["align", "center", "Align centers", 2],
  ["align", "right", "Align right", 2],
  ["align", "top", "Align top", 2],
  ["align", "middle", "Align middles", 2],
  ["align", "bottom", "Align bottom", 2],
  ["distribute", "horizontally", "Distribute horizontally", 3],
  ["distribute", "vertically", "Distribute vertically", 3],
  ["snap", "", "Snap to grid", 1],
  ["tidy", "", "Tidy these", 2],
] as const;

const ICONS = {
  left: "align-left",
  center: "align-center",
  right: "align-right",
  top: "align-top",
  middle: "align-middle",
  bottom: "align-bottom",
  horizontally: "spread-across",
  vertically: "spread-down",
} as const;

const MOVABLE = new Set(["node", "domain", "flow", "portal"]);

/** Every way to arrange the cards; those for which there are too few say so. */
export function arranging(session: Session, { cards }: Target): readonly Action[] {
  const ids = cards.filter(({ kind }) => MOVABLE.has(kind)).map(({ id }) => id);
  return WAYS.map((way) => {
    const [op, how, label, least] = way;
    return {
      id: how ? `${op}-${how}` : op,
      label,
      group: "arrange",
      ...(how ? { icon: ICONS[how] } : {}),
      ...(ids.length < least
        ? { why: `Select at least ${least} ${least === 1 ? "card" : "cards"}.` }
        : {}),
      run: () => void announced(session, label, arrange(session, way, ids)),
    };
  });
}

/** What can be done with the whole board, whatever is selected. */
export function arrangingAll(session: Session): readonly Action[] {
  const sheet = session.sheet();
  const what = sheet?.head.level === "flow" ? "sheet" : "map";
  const why =
    sheet?.cards.size === 0
      ? `There is nothing on this ${what}.`
      : sheet?.head.status.state === "readonly"
        ? sheet.head.status.message
        : "";
  return (
    [
      ["snap", "Snap all to grid"],
      ["tidy", `Tidy the whole ${what}`],
    ] as const
  ).map(([op, label]) => ({
    id: `${op}-all`,
    label,
    group: "view",
    ...(why ? { why } : {}),
    run: () => void announced(session, label, session.gesture(op, {})),
  }));
}

const STYLES = [
  ["automatic", "Direction: automatic"],
  ["right", "Rightwards"],
  ["down", "Downwards"],
  ["wrapped", "In rows, like text"],
] as const;

/** The ways in which a flow sheet can lie; choosing one lays it out. */
export function directions(session: Session): readonly Action[] {
  const { head } = session.sheet() ?? {};
  return head?.level !== "flow"
    ? []
    : STYLES.map(([style, label]) => ({
        id: `direction-${style}`,
        label,
        group: "direction",
        chosen: head.style === style,
        ...(head.status.state === "readonly" ? { why: head.status.message } : {}),
        run: () => void announced(session, label, session.gesture("direction", { style })),
      }));
}

function arrange(session: Session, [op, how]: (typeof WAYS)[number], cards: readonly string[]) {
  switch (op) {
    case "align":
      return session.gesture(op, { cards, side: how });
    case "distribute":
      return session.gesture(op, { cards, way: how });
    default:
      return session.gesture(op, { cards });
  }
}

async function announced(session: Session, label: string, done: Promise<object | null>) {
  if (await done) {
    session.announce(`${label}: done.`);
  }
}

/** For menus of what is selected: the ways that can be gone now. */
export function arrangingActions(session: Session, target: Target): readonly Action[] {
  return target.cards.length > 1 ? arranging(session, target).filter(({ why }) => !why) : [];
}
