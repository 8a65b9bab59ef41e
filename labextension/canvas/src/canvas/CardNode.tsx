import { Handle, type NodeProps, Position } from "@xyflow/react";
import { type CSSProperties, memo, useContext, useState } from "react";
import { Icon } from "../panels/Icon";
import { useLayout } from "../panels/layout";
import { ProblemMark } from "../panels/ProblemMark";
import type { Card, Ghost } from "../protocol";
import { freeOutputs } from "../state/adding";
import { wirable } from "../state/design";
import { takesCards } from "../state/editing";
import { showProblemOf } from "../state/problems";
import { isThere } from "../state/selection";
import { useSession, useView } from "../state/session";
import { BADGE_ROW, Badges, badgeRows } from "./Badges";
import { BoardContext } from "./BoardContext";
import { type CardNode as CardNodeType, HOOK, WIRE } from "./elements";
import type { Direction } from "./geometry";
import { InPlace } from "./InPlace";
import { NoteCard } from "./NoteCard";
import { Plus } from "./Plus";

const LINE = 16;
const FURNITURE = 42;
/** From this height on a card has a foot for its badges. */
const TALL = 84;
/** Width of a title's characters, and of what stands beside it. */
const TITLE_CHARACTER = 7.6;
const TITLE_SIDES = 50;
/** From this height on a title of two lines leaves room for a summary. */
const TWO_LINES = 70;

export const CardNode = memo(function CardNode({
  data: { card, room },
  selected,
}: NodeProps<CardNodeType>) {
  const { clear, direction, plain } = useContext(BoardContext);
  const [isHovered, setHovered] = useState(false);
  const isFocused = useView((state) => state.focused === card.id);
  if (card.kind === "note") {
    return <NoteCard card={card} plain={plain} selected={selected} />;
  }
  return (
    <div
      className="ddd-card"
      data-category={card.category}
      data-faded={(clear && !clear.cards.has(card.id)) || undefined}
      data-ghost={card.ghost?.kind}
      data-kind={card.kind}
      data-plain={plain || undefined}
      data-selected={selected || undefined}
      data-shape={card.shape}
      data-tall={card.height >= TALL || undefined}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      style={{ "--ddd-height": card.height } as CSSProperties}
      title={card.kind === "node" ? `${card.title}\n${card.type_title} · ${card.id}` : card.title}
    >
      {/* The classes and data are what React Flow looks for when it measures a node. */}
      <div
        aria-hidden="true"
        className="ddd-shape source target"
        data-handleid={HOOK}
        data-handlepos="right"
      />
      {plain ? (
        <span className="ddd-plain-title ddd-ellipsis">{card.title}</span>
      ) : (
        <>
          <Words card={card} />
          {card.ghost ? <Proposed ghost={card.ghost} /> : null}
          {card.inside?.length ? <Inside card={card} /> : null}
          <Ports card={card} direction={direction} room={selected ? SHOWN_WHOLE : room} />
          {(selected || isHovered || isFocused) &&
          (!card.ghost || card.ghost.since) &&
          isThere(card) ? (
            <FreePorts card={card} direction={direction} />
          ) : null}
          {selected ? <FormButton /> : null}
          {wirable(card) ? (
            <Handle
              className="ddd-port ddd-wire"
              id={WIRE}
              isConnectableEnd={false}
              position={Position.Right}
              title="Drag to another card to wire an event"
              type="source"
            />
          ) : null}
          {(card.kind === "node" && card.has_input) || wirable(card) ? (
            <Handle
              className="ddd-port-in"
              id="in"
              isConnectableStart={false}
              position={direction === "right" ? Position.Left : Position.Top}
              type="target"
            />
          ) : null}
        </>
      )}
    </div>
  );
});

function Words({ card }: { card: Card }) {
  const isWriting = useView((state) => state.writing === card.id);
  const tall = card.height >= TALL;
  const rows = tall ? badgeRows(card) : 0;
  const footer = rows > 0 ? 2 + BADGE_ROW * rows : 0;
  const isLow = card.height < TWO_LINES && card.summary;
  const room = isLow || card.inside?.length ? 1 : 2;
  const space = Math.floor((card.height - FURNITURE - footer) / LINE);
  // Badges that need several rows take the room of the summary.
  const whole = Math.max(rows > 1 ? 0 : 1, space);
  const wraps = card.title.length * TITLE_CHARACTER > card.width - TITLE_SIDES ? 1 : 0;
  const about = card.about && !card.inside?.length ? whole - 1 - wraps : 0;
  const lines = card.inside?.length || about > 0 ? 1 : whole;
  const badges = card.badges.length > 0 ? <Badges card={card} /> : null;
  return (
    <>
      <div className="ddd-words">
        <div className="ddd-heading">
          <span aria-hidden="true" className="ddd-icon">
            {card.icon}
          </span>
          {isWriting ? (
            <InPlace card={card} />
          ) : (
            <span className="ddd-title" data-lines={room}>
              {card.title}
            </span>
          )}
          {tall ? null : badges}
        </div>
        {card.summary && lines > 0 ? (
          <div
            className={lines > 1 ? "ddd-summary" : "ddd-summary ddd-ellipsis"}
            style={{ WebkitLineClamp: lines }}
            title={card.summary}
          >
            {card.summary}
          </div>
        ) : null}
        {about > 0 ? (
          <div
            className="ddd-summary ddd-about"
            style={{ WebkitLineClamp: about }}
            title={card.about}
          >
            {card.about}
          </div>
        ) : null}
        {tall ? badges : null}
      </div>
      <CardMark card={card} />
    </>
  );
}

/** How many changes of a card stand below it. */
const CHANGES = 3;

/** What a proposal would change in a card, from what to what, or what was changed in it. */
function Proposed({ ghost: { kind, words, changes, inside, problem } }: { ghost: Ghost }) {
  const shown = kind === "changed" ? changes.slice(0, CHANGES) : [];
  const more = [
    ...words,
    changes.length > shown.length && kind === "changed"
      ? `${changes.length - shown.length} more`
      : "",
    inside > 0 ? `${inside} ${inside === 1 ? "change" : "changes"} inside` : "",
    problem,
  ].filter(Boolean);
  return shown.length + more.length > 0 ? (
    <div className="ddd-ghost-changes">
      {shown.map(({ field, before, after }) => (
        <div
          className="ddd-ellipsis"
          key={field}
          title={`${field}: ${before || "nothing"} → ${after || "nothing"}`}
        >
          {field}: {before ? <del>{before}</del> : null}
          {before && after ? " → " : ""}
          {after}
        </div>
      ))}
      {more.map((words) => (
        <div className="ddd-ellipsis" key={words} title={words}>
          {words}
        </div>
      ))}
    </div>
  ) : null;
}

/** What is wrong with a card; a click leads to the first of it, as the panel's list does by keys. */
function CardMark({ card }: { card: Card }) {
  const session = useSession();
  const { errors, warnings, infos, todo } = card.problems;
  return errors + warnings + infos + todo > 0 ? (
    <button
      className="ddd-bare ddd-card-mark nodrag nopan"
      onClick={(event) => {
        event.stopPropagation();
        void showProblemOf(session, card.id);
      }}
      tabIndex={-1}
      type="button"
    >
      <ProblemMark counts={card.problems} />
    </button>
  ) : null;
}

/** The rows of a large card, each where Python put it. */
function Inside({ card }: { card: Card }) {
  return (
    <div className="ddd-inside">
      {(card.inside ?? []).map((row) => (
        <div className="ddd-row" key={row.y}>
          {row.title ? (
            <span
              className="ddd-row-title ddd-ellipsis"
              title={row.title}
              style={{ left: 14, top: row.y }}
            >
              {row.title}
            </span>
          ) : null}
          {row.items.map((item) => (
            <span
              className={item.framed ? "ddd-tag ddd-ellipsis" : "ddd-ellipsis"}
              data-marked={item.framed && item.mark && item.mark !== "+" ? "" : undefined}
              key={item.x}
              style={{ left: item.x, top: row.y, width: item.width }}
              title={item.hint || undefined}
            >
              {item.text}
            </span>
          ))}
          {row.more ? (
            <span className="ddd-row-more ddd-ellipsis" style={{ right: 8, top: row.y }}>
              +{row.more}
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}

function Ports({ card, room, direction }: { card: Card; room: number; direction: Direction }) {
  const right = direction === "right";
  return card.outputs.map((port, index) => (
    <div key={port.name}>
      <Handle
        className="ddd-port"
        data-port={port.name}
        data-undeclared={port.declared ? undefined : ""}
        id={port.name}
        isConnectableEnd={false}
        position={right ? Position.Right : Position.Bottom}
        style={right ? { top: port.offset } : { left: port.offset }}
        title={`${port.label && port.label !== port.name ? `${port.label}\n` : ""}Output ${port.name}: drag to a card to connect`}
        type="source"
      />
      {port.label ? (
        <span
          className="ddd-port-label ddd-ellipsis"
          data-side={right ? "right" : "bottom"}
          style={labelStyle(card, room, index, right)}
        >
          {port.label}
        </span>
      ) : null}
    </div>
  ));
}

/** Opens the form of the selected card where that is closed, as in a narrow widget. */
function FormButton() {
  const session = useSession();
  const { right } = useLayout();
  const isAlone = useView((state) => state.selected.size === 1);
  return right === null && isAlone ? (
    <button
      aria-label="Show the form"
      className="ddd-plus ddd-to-form ddd-bare nodrag nopan"
      onClick={(event) => {
        event.stopPropagation();
        session.focusPanel();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
      tabIndex={-1}
      title="Show the form (Enter)"
      type="button"
    >
      <Icon name="right" />
    </button>
  ) : null;
}

/** A button at each output that leads nowhere yet. */
function FreePorts({ card, direction }: { card: Card; direction: Direction }) {
  const free = useView(({ sheet }) =>
    takesCards(sheet) ? freeOutputs(sheet, card).join("\n") : "",
  );
  return card.outputs
    .filter(({ name }) => free.split("\n").includes(name))
    .map(({ name, label, offset }) => (
      <Plus
        key={name}
        label={label ? `Add a card after “${label}”` : "Add a card after this"}
        place={{ kind: "after", card: card.id, output: name }}
        style={
          direction === "right"
            ? { left: besideLabel(card, label), top: offset - 12 }
            : { left: offset - 12, top: card.height + PLUS_AWAY }
        }
      />
    ));
}

/** Pixels from a card to the buttons at its outputs, which leave the port itself free. */
const PLUS_AWAY = 18;
const LABEL_AWAY = 8;
const LABEL_CHARACTER = 5.5;

/** Labels are as large on the screen from afar as from near. */
function besideLabel({ width }: Card, label: string): string {
  const away = label ? LABEL_AWAY : PLUS_AWAY;
  return `calc(${width + away}px + ${label.length * LABEL_CHARACTER}px * var(--ddd-grow))`;
}

/** What stays free beside a label of a port. */
const BESIDE = 12;
/** Pixels on the screen of a label that still says something when it is cut. */
const LEAST_LABEL = 34;
const WIDE_CHARACTER = 8;
/** Room for any label. */
const SHOWN_WHOLE = 9999;

/** What CSS must know of a label and its neighbours to place it, however far away one is. */
function labelStyle({ outputs }: Card, room: number, index: number, right: boolean): CSSProperties {
  const { label = "", offset = 0 } = outputs[index] ?? {};
  const next = outputs[index + 1];
  const [first, second] = outputs;
  const own = right || !next || room === SHOWN_WHOLE ? room : next.offset - offset;
  const known: Record<string, string | number> = {
    "--ddd-rank": right ? index - (outputs.length - 1) / 2 : index,
    "--ddd-gap": `${second && first ? second.offset - first.offset : 100}px`,
    "--ddd-room": `${own - BESIDE}px`,
    "--ddd-least": `${Math.min(LEAST_LABEL, label.length * WIDE_CHARACTER)}px`,
  };
  return { ...known, ...(right ? { top: offset } : { left: offset }) };
}
