import { Handle, type NodeProps, Position, useConnection, useStore } from "@xyflow/react";
import { memo } from "react";
import { ProblemMark } from "../panels/ProblemMark";
import type { Card } from "../protocol";
import { type CardNode as CardNodeType, ENTER, LEAVE } from "./elements";
import { portY } from "./geometry";

/** Below this zoom words cannot be read, and cards are drawn as plain boxes. */
export const PLAIN_BELOW = 0.4;

const LINE = 16;
const FURNITURE = 42;
const TALL = 84;

export const CardNode = memo(function CardNode({
  id,
  data: { card },
  selected,
}: NodeProps<CardNodeType>) {
  const plain = useStore((state) => state.transform[2] < PLAIN_BELOW);
  const target = useConnection(
    (connection) => connection.inProgress && connection.fromNode.id !== id && card.has_input,
  );
  return (
    <div
      className="ddd-card"
      data-category={card.category}
      data-kind={card.kind}
      data-plain={plain || undefined}
      data-selected={selected || undefined}
      data-shape={card.shape}
      data-target={target || undefined}
      title={card.kind === "node" ? `${card.type_title} · ${card.id}` : card.title}
    >
      <div className="ddd-shape" aria-hidden="true" />
      {plain ? null : <Words card={card} />}
      {plain ? null : <Ports card={card} />}
      <i className="ddd-hook source" data-handleid={LEAVE} data-handlepos="right" />
      <i className="ddd-hook target" data-handleid={ENTER} data-handlepos="left" />
      {card.kind === "node" && card.has_input ? (
        <Handle
          className={target ? "ddd-port ddd-port-in ddd-port-wide" : "ddd-port ddd-port-in"}
          id="in"
          isConnectableStart={false}
          position={Position.Left}
          type="target"
        />
      ) : null}
    </div>
  );
});

function Words({ card }: { card: Card }) {
  const tall = card.height >= TALL;
  const footer = tall && card.badges.length > 0 ? 22 : 0;
  const lines = Math.max(1, Math.floor((card.height - FURNITURE - footer) / LINE));
  const badges = card.badges.length > 0 ? <Badges card={card} /> : null;
  return (
    <>
      <div className="ddd-words">
        <div className="ddd-heading">
          <span aria-hidden="true" className="ddd-icon">
            {card.icon}
          </span>
          <span className="ddd-title">{card.title}</span>
          {tall ? null : badges}
        </div>
        {card.summary ? (
          <div className="ddd-summary" style={{ WebkitLineClamp: lines }}>
            {card.summary}
          </div>
        ) : null}
        {tall ? badges : null}
      </div>
      <ProblemMark counts={card.problems} />
    </>
  );
}

function Badges({ card }: { card: Card }) {
  return (
    <div className="ddd-badges">
      {card.badges.map((badge) => (
        <span className="ddd-badge" data-tone={badge.tone} key={badge.text} title={badge.title}>
          {badge.text}
        </span>
      ))}
    </div>
  );
}

function Ports({ card }: { card: Card }) {
  return card.outputs.map((port, index) => {
    const top = portY(card, index, card.outputs.length);
    return (
      <div key={port.name}>
        <Handle
          className="ddd-port"
          data-port={port.name}
          data-undeclared={port.declared ? undefined : ""}
          id={port.name}
          isConnectableEnd={false}
          position={Position.Right}
          style={{ top }}
          title={`Output ${port.name}: drag to a card to connect`}
          type="source"
        />
        {port.label ? (
          <span className="ddd-port-label" style={{ top: top - 17 }}>
            {port.label}
          </span>
        ) : null}
      </div>
    );
  });
}
