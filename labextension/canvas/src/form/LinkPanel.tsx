import { useLayoutEffect, useRef } from "react";
import { useId } from "../ids";
import { MoreMenu } from "../panels/Arrange";
import { ToolButton } from "../panels/ToolButton";
import type { Card, Link } from "../protocol";
import { removeSelected } from "../state/editing";
import { useSession, useView } from "../state/session";
import { readingOrder } from "../state/sheet";
import { useAttempt } from "../state/useAttempt";
import { Row, useEditing } from "./editing";
import { Inspected, type Sides } from "./Inspected";
import { ObjectFields } from "./ObjectFields";
import { propertiesOf } from "./schema";
import { LINK } from "./useInspection";
import { FileLines } from "./YamlEditor";

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
          <div className="ddd-action-row">
            <MoreMenu />
          </div>
        )
      ) : (
        <div className="ddd-action-row">
          <ToolButton label="Delete" onPress={() => void removeSelected(session)} text />
        </div>
      )}
    </header>
  );
}

const NO_KEYS: ReadonlySet<string> = new Set();

function LinkSpec({ link, ...sides }: { link: Link } & Sides) {
  return (
    <Inspected
      {...sides}
      form={(inspection, data) => (
        <>
          <Ends link={link} />
          <h4 className="ddd-caption">Properties</h4>
          <ObjectFields
            othersTitle="Other keys"
            path={[]}
            properties={propertiesOf(inspection.card_schema)}
            required={NO_KEYS}
            value={data}
          />
        </>
      )}
      id={link.id}
      ops={LINK}
      yaml={(inspection) => <FileLines inspection={inspection} />}
    />
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
      <End
        help="The output where the line starts"
        link={link}
        name="output"
        options={outputs}
        title="Output"
      />
      <End
        help="The node where the line ends"
        link={link}
        name="target"
        options={targets.map((card) => ({ value: card.id, title: title(card) }))}
        title="Target"
      />
    </div>
  );
}

function End({
  link,
  name,
  title,
  help,
  options,
}: {
  link: Link;
  name: "output" | "target";
  title: string;
  help: string;
  options: readonly { value: string; title: string }[];
}) {
  const session = useSession();
  const { readonly } = useEditing();
  const { busy, error, run } = useAttempt();
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
    <Row busy={busy} error={error} help={help} id={id} label={title} name={name}>
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
