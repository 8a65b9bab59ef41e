import { useLayoutEffect, useRef } from "react";
import { useId } from "../ids";
import { MoreMenu } from "../panels/Arrange";
import { ToolButton } from "../panels/ToolButton";
import type { Card, Inspection, Link } from "../protocol";
import { removeSelected } from "../state/editing";
import { useSession, useView } from "../state/session";
import { readingOrder } from "../state/sheet";
import { Failed } from "./CardPanel";
import { Row, useCommit, useEditing } from "./editing";
import { FormProvider } from "./FormProvider";
import { ObjectFields } from "./ObjectFields";
import { useOffers } from "./Offers";
import { OwnProblems } from "./OwnProblems";
import type { Schema } from "./schema";
import { type Side, Tabs } from "./Tabs";
import { LINK, useEdits, useInspection } from "./useInspection";
import { FileLines } from "./YamlEditor";

interface Sides {
  readonly side: Side;
  readonly setSide: (side: Side) => void;
}

/** Where a line leads, and on a sheet what it says. */
export function LinkPanel({ id, ...sides }: { id: string } & Sides) {
  const shown = useView((state) => state.sheet?.links.get(id));
  const last = useRef(shown);
  // While a line is led elsewhere it is gone for a moment; its panel stays.
  const link = shown ?? (last.current?.id === id ? last.current : undefined);
  useLayoutEffect(() => {
    last.current = link;
  });
  if (!link) {
    return <p className="ddd-quiet">This line no longer exists.</p>;
  }
  return (
    <>
      <LinkHeading link={link} />
      {link.fixed ? (
        <p className="ddd-quiet">This line follows from the specs of both ends.</p>
      ) : (
        <LinkSpec link={link} {...sides} />
      )}
    </>
  );
}

function LinkHeading({ link }: { link: Link }) {
  const session = useSession();
  const cards = useView((state) => state.sheet?.cards);
  const name = (id: string) => cards?.get(id)?.title ?? id;
  return (
    <header className="ddd-spec-head">
      <h3 className="ddd-spec-title">
        {name(link.source)} → {name(link.target)}
      </h3>
      {link.hint ? <p>{link.hint}</p> : null}
      {link.events.length > 0 ? (
        <ul className="ddd-list">
          {link.events.map((event) => (
            <li key={event}>{event}</li>
          ))}
        </ul>
      ) : null}
      {link.fixed ? (
        link.events.length > 0 && (
          <div className="ddd-deeds">
            <MoreMenu />
          </div>
        )
      ) : (
        <div className="ddd-deeds">
          <ToolButton label="Delete" onPress={() => void removeSelected(session)} text />
        </div>
      )}
    </header>
  );
}

function LinkSpec({ link, ...sides }: { link: Link } & Sides) {
  const { inspection, error, refresh } = useInspection(LINK, link.id);
  if (error) {
    return <Failed error={error} onRetry={() => void refresh()} />;
  }
  if (!inspection) {
    return <p className="ddd-quiet ddd-late">Reading the spec…</p>;
  }
  return <Inspected inspection={inspection} link={link} refresh={refresh} {...sides} />;
}

const NO_KEYS: ReadonlySet<string> = new Set();

function Inspected({
  inspection,
  link,
  refresh,
  side,
  setSide,
}: { inspection: Inspection; link: Link; refresh: () => Promise<void> } & Sides) {
  const { offers, lists } = useOffers(inspection.suggestions);
  const { editing, data } = useEdits(LINK, inspection, offers, refresh);
  const properties = Object.entries(
    (inspection.card_schema.properties as Record<string, Schema> | undefined) ?? {},
  );
  return (
    <FormProvider editing={editing}>
      {lists}
      <OwnProblems problems={inspection.problems} />
      <Tabs setSide={setSide} side={side} unapplied={false}>
        {side === "form" ? (
          <>
            <Ends link={link} />
            <h4 className="ddd-caption">What it says</h4>
            <ObjectFields
              othersTitle="Other keys"
              path={[]}
              properties={properties}
              required={NO_KEYS}
              value={data}
            />
          </>
        ) : (
          <FileLines inspection={inspection} />
        )}
      </Tabs>
    </FormProvider>
  );
}

/** The output that the line leaves from, and the card that it leads to. */
function Ends({ link }: { link: Link }) {
  const sheet = useView((state) => state.sheet);
  const outputs = (sheet?.cards.get(link.source)?.outputs ?? []).map((port) => ({
    value: port.name,
    title: port.label && port.label !== port.name ? `${port.label} (${port.name})` : port.name,
  }));
  const targets = (sheet ? readingOrder(sheet) : []).filter(
    (card) => card.kind === "node" && card.has_input && card.id !== link.source,
  );
  const doubled = new Set(
    targets.filter((card) => targets.some((o) => o !== card && o.title === card.title)),
  );
  const title = (card: Card) => (doubled.has(card) ? `${card.title} (${card.id})` : card.title);
  return (
    <div className="ddd-names">
      <End help="The output where the line starts" link={link} name="output" options={outputs} />
      <End
        help="The node where the line ends"
        link={link}
        name="target"
        options={targets.map((card) => ({ value: card.id, title: title(card) }))}
      />
    </div>
  );
}

function End({
  link,
  name,
  help,
  options,
}: {
  link: Link;
  name: "output" | "target";
  help: string;
  options: readonly { value: string; title: string }[];
}) {
  const session = useSession();
  const { readonly } = useEditing();
  const { busy, error, run } = useCommit();
  const id = useId();
  const value = link[name];
  const known = options.some((option) => option.value === value);
  const choose = (to: string) =>
    run(async () => {
      await session.selection.rename(link.id, async () => {
        const result = await session.call("redirect", { id: link.id, [name]: to });
        return result.id;
      });
      session.announce("The line has a new target.");
    });
  return (
    <Row busy={busy} error={error} help={help} id={id} label={name}>
      <select
        aria-describedby={`${id}help${error ? ` ${id}error` : ""}`}
        aria-invalid={error ? true : undefined}
        className="ddd-input"
        disabled={readonly}
        id={id}
        onChange={(event) => void choose(event.target.value)}
        value={value}
      >
        {known ? null : <option value={value}>{value} (not there)</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </Row>
  );
}
