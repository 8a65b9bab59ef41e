import type { Badge, Card } from "../protocol";
import { placeOf } from "../state/design";
import { implement, showDrift } from "../state/implementing";
import { type Session, useSession } from "../state/session";

/** Height of a row of badges. */
export const BADGE_ROW = 20;
/** Width of a badge's characters, of what is around them, and of the card's own margins. */
const CHARACTER = 6.4;
const SIDES = 16;
const MARGINS = 22;

/** Rows that the badges of a card take, about. */
export function badgeRows({ badges, width }: Card): number {
  let rows = badges.length > 0 ? 1 : 0;
  let used = 0;
  for (const { text } of badges) {
    const own = text.length * CHARACTER + SIDES;
    used += own;
    if (used > width - MARGINS && used > own) {
      rows += 1;
      used = own;
    }
  }
  return rows;
}

/** The small marks on a card. */
export function Badges({ card }: { card: Card }) {
  return (
    <div className="ddd-badges">
      {card.badges.map((badge) =>
        badge.offers ? (
          <BadgeButton badge={badge} card={card} key={badge.text} />
        ) : (
          <span className="ddd-badge" data-tone={badge.tone} key={badge.text} title={badge.title}>
            <BadgeText badge={badge} />
          </span>
        ),
      )}
    </div>
  );
}

/** A badge that leads somewhere; for the keyboard the card's menu offers the same. */
function BadgeButton({ badge, card }: { badge: Badge; card: Card }) {
  const session = useSession();
  return (
    <button
      className="ddd-badge nodrag nopan"
      data-tone={badge.tone}
      onClick={() => accept(session, card, badge.offers)}
      onDoubleClick={(event) => event.stopPropagation()}
      tabIndex={-1}
      title={badge.title}
      type="button"
    >
      <BadgeText badge={badge} />
    </button>
  );
}

function accept(session: Session, card: Card, offers: Badge["offers"]): void {
  const sheet = session.sheet();
  const at = sheet ? placeOf(sheet, card.id) : "";
  if (at && offers === "drift") {
    void showDrift(session, at);
  } else if (at && offers === "fix") {
    void implement(session, [at], "fix");
  }
}

/** The short text for the eye, the whole one for the ear. */
function BadgeText({ badge }: { badge: Badge }) {
  if (badge.text === badge.title) {
    return badge.text;
  }
  return (
    <>
      <span aria-hidden="true">{badge.text}</span>
      <span className="ddd-sr">{badge.title}</span>
    </>
  );
}
