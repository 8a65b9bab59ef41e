import { type KeyboardEvent, memo, useMemo, useState } from "react";
import { useLandmark } from "../ids";
import type { Card, Link } from "../protocol";
import { deletable, nudge, removeSelected } from "../state/editing";
import { useSession, useView } from "../state/session";
import { alarmsOf, readingOrder } from "../state/sheet";
import { MoreMenu } from "./Arrange";
import { countsInWords, plural } from "./ProblemMark";
import { ToolButton } from "./ToolButton";
import { walk } from "./walk";

/** Beyond this many cards an outline that nobody sees is not built. */
const UNSEEN = 300;

/** The board as a list: everything on it can be read, selected and edited here as well.
 *
 * With `aside` it is out of sight until it has the focus, for screen readers and keyboards.
 */
export function Outline({ aside = false }: { aside?: boolean }) {
  const session = useSession();
  const sheet = useView((state) => state.sheet);
  const [current, setCurrent] = useState("");
  const cards = useMemo(() => (sheet ? readingOrder(sheet) : []), [sheet]);
  const links = useMemo(() => {
    const leaving = new Map<string, Link[]>();
    for (const link of sheet?.links.values() ?? []) {
      leaving.set(link.source, [...(leaving.get(link.source) ?? []), link]);
    }
    return leaving;
  }, [sheet]);
  const name = useLandmark("Outline");
  if (!sheet) {
    return null;
  }
  const tooMany = aside && cards.length > UNSEEN;
  return (
    <section
      aria-label={name}
      className={aside ? "ddd-panel ddd-outline ddd-aside" : "ddd-panel ddd-outline"}
    >
      <p className="ddd-quiet">
        {plural(cards.length, "card")}, {plural(sheet.links.size, "link")}
      </p>
      {tooMany ? (
        <ToolButton
          label="Show the outline"
          onPress={() => session.panel({ outline: true, spec: true, tab: "outline" })}
          text
        />
      ) : (
        <>
          <Actions />
          <ul className="ddd-list" onKeyDown={onKeyDown}>
            {cards.map((card, index) => (
              <CardItem
                card={card}
                key={card.id}
                links={links.get(card.id) ?? NO_LINKS}
                onCurrent={setCurrent}
                tabbable={current ? current === card.id : index === 0}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const items = event.currentTarget.querySelectorAll<HTMLElement>("button.ddd-item");
  walk(event, [...items], ["ArrowDown", "ArrowUp"]);
}

const NO_LINKS: readonly Link[] = [];

const CardItem = memo(function CardItem({
  card,
  links,
  tabbable,
  onCurrent,
}: {
  card: Card;
  links: readonly Link[];
  tabbable: boolean;
  onCurrent: (id: string) => void;
}) {
  const session = useSession();
  const selected = useView((state) => state.selected.has(card.id));
  const about = [countsInWords(card.problems), alarmsOf(card)].filter(Boolean).join(", ");
  return (
    <li>
      <button
        aria-pressed={selected}
        className="ddd-item ddd-bare"
        data-category={card.category}
        onClick={() => {
          session.selection.set([card.id]);
          session.camera.reveal(card.id);
        }}
        onDoubleClick={() => session.open(card.id)}
        onFocus={() => onCurrent(card.id)}
        tabIndex={tabbable ? 0 : -1}
        type="button"
      >
        <span aria-hidden="true" className="ddd-icon">
          {card.icon}
        </span>
        <span>
          <span className="ddd-sr">{card.type_title} </span>
          {card.title}
          {about ? <span className="ddd-sr">, {about}</span> : null}
        </span>
      </button>
      {links.length > 0 ? (
        <ul className="ddd-list">
          {links.map((link) => (
            <LinkItem key={link.id} link={link} />
          ))}
        </ul>
      ) : null}
    </li>
  );
});

function LinkItem({ link }: { link: Link }) {
  const session = useSession();
  const selected = useView((state) => state.selectedLinks.has(link.id));
  const target = useView((state) => state.sheet?.cards.get(link.target)?.title ?? link.target);
  const what = link.events.join(", ") || link.label || (link.output === "next" ? "" : link.output);
  const by = link.events.length > 0 ? what : link.hint || what;
  return (
    <li>
      <button
        aria-pressed={selected}
        className="ddd-item ddd-item-link ddd-bare"
        onClick={() => session.selection.set([], [link.id])}
        tabIndex={-1}
        type="button"
      >
        {by ? `${by} ` : ""}
        <span aria-hidden="true">→</span>
        <span className="ddd-sr">to</span> {target}
      </button>
    </li>
  );
}

/** What can be done with the selected card or link. */
function Actions() {
  const session = useSession();
  const card = useView((state) => {
    const [id] = state.selected;
    return id === undefined ? undefined : state.sheet?.cards.get(id);
  });
  const link = useView((state) => {
    const [id] = state.selectedLinks;
    return id === undefined ? undefined : state.sheet?.links.get(id);
  });
  if (!card && !link) {
    return <p className="ddd-quiet">Choose a card or a link to work with it.</p>;
  }
  const removable = deletable(card) || link?.fixed === false;
  return (
    <div aria-label="Selected" className="ddd-action-row" role="toolbar">
      {card?.opens ? <ToolButton label="Open" onPress={() => session.open(card.id)} text /> : null}
      {card && card.outputs.length > 0 ? (
        <ToolButton
          label="Connect…"
          onPress={() => session.dialog({ kind: "connect", card: card.id, output: "" })}
          text
        />
      ) : null}
      {removable ? (
        <ToolButton label="Delete" onPress={() => void removeSelected(session)} text />
      ) : null}
      <MoreMenu />
      {card && card.kind !== "missing" ? (
        <span className="ddd-moves">
          {MOVES.map(([label, sign, dx, dy]) => (
            <button
              aria-label={`Move ${label}`}
              className="ddd-button ddd-quiet-button"
              key={label}
              onClick={() => nudge(session, dx, dy)}
              title={`Move ${label} by 50 pixels`}
              type="button"
            >
              {sign}
            </button>
          ))}
        </span>
      ) : null}
    </div>
  );
}

const MOVES = [
  ["left", "←", -50, 0],
  ["right", "→", 50, 0],
  ["up", "↑", 0, -50],
  ["down", "↓", 0, 50],
] as const;
