import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { MoreMenu, Several } from "../panels/Arrange";
import { ProblemRow } from "../panels/Problems";
import { ToolButton } from "../panels/Toolbar";
import type { Inspection, Link } from "../protocol";
import { deletable, removeSelected } from "../state/editing";
import { messageOf, useSession, useView } from "../state/session";
import { type Editing, EditingProvider, Row, useCommit, useEditing } from "./editing";
import { applied, type Edit } from "./edits";
import { InputFields } from "./InputFields";
import { ObjectFields } from "./ObjectFields";
import { TextInput } from "./scalars";
import { isMap, type Path, type Schema, settable } from "./schema";

/** What is selected, in words and to edit. */
export function SpecPanel() {
  const selected = useView((state) => state.selected);
  const link = useView((state) => {
    const [id] = state.selectedLinks;
    return id === undefined ? undefined : state.sheet?.links.get(id);
  });
  const level = useView((state) => state.sheet?.head.level);
  const at = useView((state) => state.sheet?.head.at);
  const [card] = selected;
  return (
    <section aria-label="Spec panel" className="ddd-panel ddd-spec" tabIndex={-1}>
      {selected.size > 1 ? <Several /> : null}
      {selected.size === 1 && card !== undefined ? <OneCard id={card} key={card} /> : null}
      {selected.size === 0 && link ? <OneLink link={link} /> : null}
      {selected.size === 0 && !link && level === "flow" ? <OneCard id="" key={at} /> : null}
      {selected.size === 0 && !link && level !== "flow" ? <Nothing /> : null}
    </section>
  );
}

function Nothing() {
  const head = useView((state) => state.sheet?.head);
  return (
    <>
      <h3 className="ddd-spec-title">{head?.title}</h3>
      {head?.subtitle ? <p>{head.subtitle}</p> : null}
      <p className="ddd-quiet">Select a card to see and edit its spec.</p>
    </>
  );
}

function OneLink({ link }: { link: Link }) {
  const session = useSession();
  const cards = useView((state) => state.sheet?.cards);
  const name = (id: string) => cards?.get(id)?.title ?? id;
  return (
    <>
      <h3 className="ddd-spec-title">
        {name(link.source)} → {name(link.target)}
      </h3>
      {link.output ? <p className="ddd-quiet">Output {link.output}</p> : null}
      {link.events.length > 0 ? (
        <ul className="ddd-list">
          {link.events.map((event) => (
            <li key={event}>{event}</li>
          ))}
        </ul>
      ) : null}
      {link.fixed ? (
        <p className="ddd-quiet">This line follows from the specs of both ends.</p>
      ) : (
        <div className="ddd-deeds">
          <ToolButton label="Delete" onPress={() => void removeSelected(session)} text />
        </div>
      )}
    </>
  );
}

function OneCard({ id }: { id: string }) {
  const { inspection, error, refresh } = useInspection(id);
  if (error) {
    return (
      <div className="ddd-error" role="alert">
        <p>{error}</p>
        <ToolButton label="Try again" onPress={() => void refresh()} text />
      </div>
    );
  }
  if (!inspection) {
    return <p className="ddd-quiet ddd-late">Reading the spec…</p>;
  }
  return <Inspected inspection={inspection} refresh={refresh} />;
}

/** What Python says about a card, again whenever the board changes. */
function useInspection(id: string) {
  const session = useSession();
  const rev = useView((state) => state.sheet?.head.rev);
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [error, setError] = useState("");
  const asked = useRef(0);
  const refresh = useCallback(async () => {
    asked.current += 1;
    const now = asked.current;
    try {
      const result = await session.call("inspect", { id });
      if (now === asked.current) {
        setInspection(result as unknown as Inspection);
        setError("");
      }
    } catch (reason) {
      if (now === asked.current) {
        setError(messageOf(reason));
      }
    }
  }, [session, id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision may mean a new spec
  useEffect(() => {
    // A drag makes many revisions; one question at their end is enough.
    const timer = setTimeout(() => void refresh(), asked.current === 0 ? 0 : 120);
    return () => clearTimeout(timer);
  }, [refresh, rev]);
  return { inspection, error, refresh };
}

function Inspected({
  inspection,
  refresh,
}: {
  inspection: Inspection;
  refresh: () => Promise<void>;
}) {
  const { editing, data } = useEdits(inspection, refresh);
  return (
    <EditingProvider value={editing}>
      <Heading inspection={inspection} />
      {inspection.readonly ? <p className="ddd-readonly">{inspection.readonly}</p> : null}
      <Names data={data} inspection={inspection} />
      {inspection.problems.length > 0 ? (
        <ul className="ddd-list ddd-problems ddd-own-problems">
          {inspection.problems.map((problem) => (
            <li key={`${problem.rule} ${problem.line} ${problem.message}`}>
              <ProblemRow problem={problem} />
            </li>
          ))}
        </ul>
      ) : null}
      <Form data={data} inspection={inspection} />
      {inspection.yaml ? (
        <details className="ddd-yaml">
          <summary>
            YAML{" "}
            <span className="ddd-where">
              {inspection.path}
              {inspection.line > 0 ? `:${inspection.line}` : ""}
            </span>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <section aria-label="YAML of the card" tabIndex={0}>
            <pre>{inspection.yaml}</pre>
          </section>
        </details>
      ) : null}
    </EditingProvider>
  );
}

/** Edits of the card that is shown. What was said counts at once, until Python says otherwise:
 * an edit that follows quickly builds on it.
 */
function useEdits(inspection: Inspection, refresh: () => Promise<void>) {
  const session = useSession();
  const [pending, setPending] = useState<readonly Edit[]>([]);
  const data = useMemo(
    () => pending.reduce<unknown>((data, edit) => applied(data, edit), inspection.data) as Data,
    [inspection.data, pending],
  );
  const latest = useRef(data);
  latest.current = data;
  const { id, card_schema, readonly } = inspection;
  const editing = useMemo<Editing>(() => {
    const edit = async (edit: Edit) => {
      latest.current = applied(latest.current, edit) as Data;
      setPending((edits) => [...edits, edit]);
      const { op, ...args } = edit;
      try {
        await session.call(op, { id, ...args });
        await refresh();
      } finally {
        setPending((edits) => edits.filter((other) => other !== edit));
      }
    };
    return {
      root: card_schema as Schema,
      readonly: readonly !== "",
      set: (path, value) => edit({ op: "set", ...settable(latest.current, path, value) }),
      unset: (path) => edit({ op: "unset", path }),
    };
  }, [session, id, card_schema, readonly, refresh]);
  return { editing, data };
}

type Data = Record<string, unknown>;

function Heading({ inspection }: { inspection: Inspection }) {
  const session = useSession();
  const card = useView((state) => state.sheet?.cards.get(inspection.id));
  return (
    <header className="ddd-spec-head">
      <h3 className="ddd-spec-title">
        {card ? (
          <span aria-hidden="true" className="ddd-icon" data-category={card.category}>
            {card.icon}
          </span>
        ) : null}
        {inspection.type_title}
      </h3>
      {inspection.id ? null : (
        <p className="ddd-quiet">Select a card to see its spec; this is the flow itself.</p>
      )}
      {inspection.help ? <p className="ddd-quiet">{inspection.help}</p> : null}
      <div className="ddd-deeds">
        {card?.opens ? (
          <ToolButton label="Open" onPress={() => session.open(card.id)} text />
        ) : null}
        {card && card.kind === "node" && card.outputs.length > 0 && !inspection.readonly ? (
          <ToolButton
            label="Connect…"
            onPress={() => session.dialog({ kind: "connect", card: card.id, output: "" })}
            text
          />
        ) : null}
        {deletable(card) && !inspection.readonly ? (
          <ToolButton label="Delete" onPress={() => void removeSelected(session)} text />
        ) : null}
        {card ? <MoreMenu /> : null}
      </div>
    </header>
  );
}

function Names({ inspection, data }: { inspection: Inspection; data: Data }) {
  const session = useSession();
  const { id, kind } = inspection;
  const label = useCommit();
  const name = useCommit();
  const ids = useId();
  if (kind !== "node") {
    return null;
  }
  const rename = (to: unknown) =>
    name.run(async () => {
      const result = await session.call("rename", { id, to: String(to).trim() });
      if (typeof result.id === "string") {
        session.select([result.id]);
      }
    });
  return (
    <div className="ddd-names">
      <EditedLabel label={label} value={data.label} />
      <Row
        busy={name.busy}
        error={name.error}
        id={`${ids}id`}
        label="id"
        title="Its name in the YAML file; renaming changes every reference"
      >
        <TextInput commit={rename} error={name.error} id={`${ids}id`} label="id" value={id} />
      </Row>
    </div>
  );
}

function EditedLabel({ label, value }: { label: ReturnType<typeof useCommit>; value: unknown }) {
  const editing = useEditing();
  const ids = useId();
  return (
    <Row
      busy={label.busy}
      error={label.error}
      id={`${ids}label`}
      label="label"
      title="What people read on the card"
    >
      <TextInput
        commit={(next) => label.run(() => editing.set(["label"], next))}
        error={label.error}
        id={`${ids}label`}
        label="label"
        value={typeof value === "string" ? value : ""}
      />
    </Row>
  );
}

const OWN_KEYS = new Set(["id", "type", "label", "spec", "position", "connections"]);
const NO_KEYS: ReadonlySet<string> = new Set();

function Form({ inspection, data }: { inspection: Inspection; data: Data }) {
  const { card_schema, required, type } = inspection;
  const properties = Object.entries((card_schema.properties as Record<string, Schema>) ?? {});
  const needed = new Set(required);
  if (!isMap(data.spec) && inspection.kind !== "node") {
    return <ObjectFields path={[]} properties={properties} required={needed} value={data} />;
  }
  const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !OWN_KEYS.has(key)));
  return (
    <>
      <h4 className="ddd-caption">Spec</h4>
      <ObjectFields
        othersTitle="Other keys"
        path={["spec"]}
        properties={properties}
        required={needed}
        {...(type === "input" ? { special: SPECIAL } : {})}
        value={isMap(data.spec) ? data.spec : {}}
      />
      {Object.keys(rest).length > 0 ? (
        <>
          <h4 className="ddd-caption">Other keys of the node</h4>
          <ObjectFields path={[]} properties={[]} required={NO_KEYS} value={rest} />
        </>
      ) : null}
    </>
  );
}

const SPECIAL = {
  fields: (value: unknown, path: Path) => <InputFields key="fields" path={path} value={value} />,
};
