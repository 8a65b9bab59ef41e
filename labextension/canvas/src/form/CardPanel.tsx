import { useId } from "../ids";
import { MoreMenu } from "../panels/Arrange";
import { ToolButton } from "../panels/ToolButton";
import type { Inspection } from "../protocol";
import { renameDraft } from "../state/drafts";
import { deletable, removeSelected } from "../state/editing";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Row, useEditing } from "./editing";
import { InputFields } from "./InputFields";
import { Inspected, type Sides } from "./Inspected";
import { ObjectFields } from "./ObjectFields";
import { TextInput } from "./scalars";
import { groupsOf, isMap, type Path, propertiesOf, usualOf } from "./schema";
import { CARD, type Data } from "./useInspection";
import { FileLines, useDrafted, YamlEditor } from "./YamlEditor";

/** What a card is and says; the flow of the sheet where no card is named. */
export function CardPanel({ id, ...sides }: { id: string } & Sides) {
  const drafted = useDrafted(id);
  return (
    <Inspected
      {...sides}
      form={(inspection, data) => (
        <>
          <Names data={data} inspection={inspection} />
          <Form data={data} inspection={inspection} />
        </>
      )}
      heading={(inspection) => <Heading inspection={inspection} />}
      id={id}
      ops={CARD}
      unapplied={drafted}
      yaml={Lines}
    />
  );
}

/** The lines of a card: to edit where they are those of a node. */
function Lines(inspection: Inspection) {
  const editable = inspection.kind === "node" && inspection.readonly === "";
  return editable ? <YamlEditor id={inspection.id} /> : <FileLines inspection={inspection} />;
}

function Heading({ inspection }: { inspection: Inspection }) {
  const session = useSession();
  const card = useView((state) => state.sheet?.cards.get(inspection.id));
  return (
    <>
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
        <div className="ddd-action-row">
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
      {inspection.readonly ? <p className="ddd-readonly">{inspection.readonly}</p> : null}
    </>
  );
}

function Names({ inspection, data }: { inspection: Inspection; data: Data }) {
  const session = useSession();
  const { id, kind } = inspection;
  const editing = useEditing();
  if (kind !== "node") {
    return null;
  }
  const rename = async (to: string) => {
    const at = session.sheet()?.head.at ?? "";
    await session.selection.rename(id, async () => {
      const result = await session.call("rename", { id, to: to.trim() });
      renameDraft(session, at, id, result.id);
      return result.id;
    });
  };
  return (
    <div className="ddd-names">
      <Name
        change={(label) => editing.set(["label"], label)}
        help="What people read on the card"
        label="Label"
        name="label"
        value={typeof data.label === "string" ? data.label : ""}
      />
      <Name
        change={rename}
        help="Its name in the YAML file; renaming changes every reference"
        label="ID"
        name="id"
        value={id}
      />
    </div>
  );
}

function Name({
  label,
  name,
  help,
  value,
  change,
}: {
  label: string;
  name: string;
  help: string;
  value: string;
  change: (to: string) => Promise<void>;
}) {
  const { busy, error, run } = useAttempt();
  const id = useId();
  return (
    <Row busy={busy} error={error} help={help} id={id} label={label} name={name} path={[name]}>
      <TextInput
        commit={(to) => run(() => change(String(to)))}
        error={error}
        helped
        id={id}
        label={label}
        value={value}
      />
    </Row>
  );
}

const OWN_KEYS = new Set(["id", "type", "label", "spec", "position", "connections"]);
const NO_KEYS: ReadonlySet<string> = new Set();

function Form({ inspection, data }: { inspection: Inspection; data: Data }) {
  const { card_schema, required, type } = inspection;
  const properties = propertiesOf(card_schema);
  const needed = new Set(required);
  if (!isMap(data.spec) && inspection.kind !== "node") {
    return (
      <ObjectFields
        othersTitle="Other keys"
        path={[]}
        properties={properties}
        required={needed}
        value={data}
      />
    );
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
        usual={usualOf(card_schema)}
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
