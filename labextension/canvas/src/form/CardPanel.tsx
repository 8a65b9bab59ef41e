import { useId } from "../ids";
import { MoreMenu } from "../panels/Arrange";
import { ToolButton } from "../panels/ToolButton";
import type { Inspection } from "../protocol";
import { renameDraft } from "../state/drafts";
import { deletable, removeSelected } from "../state/editing";
import { useSession, useView } from "../state/session";
import { Row, useCommit, useEditing } from "./editing";
import { FormProvider } from "./FormProvider";
import { InputFields } from "./InputFields";
import { ObjectFields } from "./ObjectFields";
import { useOffers } from "./Offers";
import { OwnProblems } from "./OwnProblems";
import { TextInput } from "./scalars";
import { groupsOf, isMap, type Path, type Schema } from "./schema";
import { type Side, Tabs } from "./Tabs";
import { CARD, type Data, useEdits, useInspection } from "./useInspection";
import { FileLines, useDrafted, YamlEditor } from "./YamlEditor";

interface Sides {
  readonly side: Side;
  readonly setSide: (side: Side) => void;
}

/** What a card is and says; the flow of the sheet where no card is named. */
export function CardPanel({ id, ...sides }: { id: string } & Sides) {
  const { inspection, error, refresh } = useInspection(CARD, id);
  if (error) {
    return <Failed error={error} onRetry={() => void refresh()} />;
  }
  if (!inspection) {
    return <p className="ddd-quiet ddd-late">Reading the spec…</p>;
  }
  // Right after it was given another id, what is known of it is still that of the old one.
  const now = inspection.id === id ? inspection : { ...inspection, id };
  return <Inspected inspection={now} refresh={refresh} {...sides} />;
}

/** Why there is nothing to show. */
export function Failed({ error, onRetry }: { error: string; onRetry: () => void }) {
  return (
    <div className="ddd-error" role="alert">
      <p>{error}</p>
      <ToolButton label="Try again" onPress={onRetry} text />
    </div>
  );
}

function Inspected({
  inspection,
  refresh,
  side,
  setSide,
}: { inspection: Inspection; refresh: () => Promise<void> } & Sides) {
  const { offers, lists } = useOffers(inspection.suggestions);
  const { editing, data } = useEdits(CARD, inspection, offers, refresh);
  const drafted = useDrafted(inspection.id);
  const node = inspection.kind === "node" && inspection.readonly === "";
  return (
    <FormProvider editing={editing}>
      {lists}
      <Heading inspection={inspection} />
      {inspection.readonly ? <p className="ddd-readonly">{inspection.readonly}</p> : null}
      <OwnProblems problems={inspection.problems} />
      {inspection.kind === "note" ? (
        <Form data={data} inspection={inspection} />
      ) : (
        <Tabs setSide={setSide} side={side} unapplied={drafted}>
          {side === "form" ? (
            <>
              <Names data={data} inspection={inspection} />
              <Form data={data} inspection={inspection} />
            </>
          ) : node ? (
            <YamlEditor id={inspection.id} />
          ) : (
            <FileLines inspection={inspection} />
          )}
        </Tabs>
      )}
    </FormProvider>
  );
}

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
      const at = session.sheet()?.head.at ?? "";
      await session.selection.rename(id, async () => {
        const result = await session.call("rename", { id, to: String(to).trim() });
        renameDraft(session, at, id, result.id);
        return result.id;
      });
    });
  return (
    <div className="ddd-names">
      <EditedLabel label={label} value={data.label} />
      <Row
        busy={name.busy}
        error={name.error}
        id={`${ids}id`}
        label="id"
        help="Its name in the YAML file; renaming changes every reference"
      >
        <TextInput
          commit={rename}
          error={name.error}
          helped
          id={`${ids}id`}
          label="id"
          value={id}
        />
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
      help="What people read on the card"
    >
      <TextInput
        commit={(next) => label.run(() => editing.set(["label"], next))}
        error={label.error}
        helped
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
  const groups = groupsOf(card_schema);
  const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !OWN_KEYS.has(key)));
  return (
    <>
      {groups.length > 0 ? null : <h4 className="ddd-caption">Spec</h4>}
      <ObjectFields
        groups={groups}
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
