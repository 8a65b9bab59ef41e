import { plural } from "../panels/ProblemMark";
import { Refusal } from "../panels/Refusal";
import { FIELD_TYPES } from "../protocol";
import { useAttempt } from "../state/useAttempt";
import { AnyValue } from "./AnyValue";
import { Small, useEditing } from "./editing";
import { type Edit, performed } from "./edits";
import { NewKey } from "./NewKey";
import * as model from "./rules";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "./scalars";
import { fits, type Path } from "./schema";

type Apply = (edit: Edit | null) => Promise<boolean>;

/** The fields of an input node with their rules, written back the way they were found. */
export function InputFields({ path, value }: { path: Path; value: unknown }) {
  const editing = useEditing();
  const { error, run } = useAttempt();
  const fields = model.readFields(value, path);
  const apply = applier(editing, run);
  return (
    <fieldset className="ddd-group" data-path={path.join(".")}>
      <legend title="fields: what the flow receives">
        Fields <span className="ddd-required">required</span>
      </legend>
      <div className="ddd-items">
        {fields.map((field, index) => (
          <FieldCard
            all={value}
            field={field}
            // biome-ignore lint/suspicious/noArrayIndexKey: names of fields may be doubled
            key={index}
          />
        ))}
      </div>
      {fields.length === 0 ? (
        <p className="ddd-quiet">No fields yet. Add what the flow receives.</p>
      ) : null}
      {editing.readonly ? null : (
        <NewKey
          onAdd={(name) => void apply(model.addField(value, path, name))}
          taken={(name) => fields.some((field) => field.name === name)}
          what="field"
        />
      )}
      <Refusal error={error} />
    </fieldset>
  );
}

function applier(
  editing: ReturnType<typeof useEditing>,
  run: ReturnType<typeof useAttempt>["run"],
): Apply {
  return async (edit) => edit === null || run(() => performed(editing, edit));
}

function FieldCard({ field, all }: { field: model.InputField; all: unknown }) {
  const editing = useEditing();
  const { error, run, busy } = useAttempt();
  const apply = applier(editing, run);
  const { name } = field;
  return (
    <details className="ddd-fold" data-busy={busy || undefined} data-path={field.path.join(".")}>
      <summary>
        <span className="ddd-fold-title ddd-ellipsis">{name}</span>
        <span className="ddd-quiet ddd-ellipsis">
          {field.type}
          {field.required === true ? ", required" : ""}
          {field.rules.length > 0 ? `, ${plural(field.rules.length, "rule")}` : ""}
        </span>
      </summary>
      <div className="ddd-fold-tools">
        <TextInput
          commit={(to) => apply(model.renameField(all, field, String(to)))}
          error=""
          label={`Name of ${name}`}
          value={name}
        />
        <Small
          label={`Remove field ${name}`}
          onPress={() => void apply(model.removeField(field))}
          sign="×"
        />
      </div>
      <div className="ddd-pair">
        <ChoiceInput
          choices={FIELD_TYPES}
          commit={(type) => apply(model.setKey(field, "type", type))}
          error=""
          label={`Type of ${name}`}
          value={field.type || undefined}
        />
        <label className="ddd-check">
          <input
            aria-label={`${name} is required`}
            checked={field.required === true}
            disabled={editing.readonly}
            onChange={(event) => void apply(model.setKey(field, "required", event.target.checked))}
            type="checkbox"
          />
          <span aria-hidden="true">required</span>
        </label>
      </div>
      {field.rules.map((rule) => (
        <RuleRow apply={apply} field={field} key={`${rule.index} ${rule.name}`} rule={rule} />
      ))}
      {field.style === "flat" && field.rules.length > 0 ? (
        <RuleError apply={apply} field={field} rule={field.rules[0] as model.Rule} />
      ) : null}
      {editing.readonly ? null : (
        <button className="ddd-chip" onClick={() => void apply(model.addRule(field))} type="button">
          Add rule
        </button>
      )}
      {Object.entries(field.rest).map(([key, value]) => (
        <div className="ddd-item-row" data-keyed="" key={key}>
          <span className="ddd-key">{key}</span>
          <AnyValue
            fresh={false}
            name={`${name} ${key}`}
            path={[...field.path, key]}
            value={value}
          />
          <Small
            label={`Remove ${key} of ${name}`}
            onPress={() => void apply({ op: "unset", path: [...field.path, key] })}
            sign="×"
          />
        </div>
      ))}
      <Refusal error={error} />
    </details>
  );
}

interface RuleProps {
  readonly field: model.InputField;
  readonly rule: model.Rule;
  readonly apply: Apply;
}

function RuleRow({ field, rule, apply }: RuleProps) {
  const label = `${rule.name} of ${field.name}`;
  return (
    <div className="ddd-rule">
      <div className="ddd-item-row" data-keyed="">
        <ChoiceInput
          choices={model.rulesFor(field.type)}
          commit={(to) => apply(model.changeRule(field, rule, String(to)))}
          error=""
          label={`Rule ${rule.index < 0 ? rule.name : rule.index + 1} of ${field.name}`}
          value={rule.name}
        />
        <RuleValue
          field={field}
          label={label}
          rule={rule}
          set={(value) => apply(model.setRule(field, rule, value))}
        />
        <Small
          label={`Remove ${label}`}
          onPress={() => void apply(model.removeRule(field, rule))}
          sign="×"
        />
      </div>
      {field.style === "flat" ? null : <RuleError apply={apply} field={field} rule={rule} />}
    </div>
  );
}

function RuleValue({
  field,
  rule,
  label,
  set,
}: {
  field: model.InputField;
  rule: model.Rule;
  label: string;
  set: (value: unknown) => Promise<boolean>;
}) {
  const props = { commit: set, error: "", label };
  const first = model.firstValue(rule.name);
  if (rule.name === "enum" && (rule.value === undefined || fits("list", rule.value))) {
    const list = (rule.value as unknown[] | undefined) ?? [];
    return (
      <TextInput
        {...props}
        commit={(text) =>
          set(
            String(text)
              .split(",")
              .map((part) => part.trim())
              .filter(Boolean)
              .map((part) => list.find((old) => String(old) === part) ?? part),
          )
        }
        placeholder="one, two, three"
        value={list.join(", ")}
      />
    );
  }
  if (typeof rule.value === "boolean" || (rule.value === undefined && first === true)) {
    return <BooleanInput {...props} value={rule.value} />;
  }
  if (typeof rule.value === "number" || (rule.value === undefined && typeof first === "number")) {
    return <NumberInput {...props} value={rule.value} />;
  }
  if (typeof rule.value === "object" && rule.value !== null) {
    const path: Path =
      field.style === "flat"
        ? [...field.path, rule.name]
        : [...field.path, "validations", rule.index, field.style === "typed" ? "value" : rule.name];
    return <AnyValue fresh={false} name={label} path={path} value={rule.value} />;
  }
  return <TextInput {...props} value={String(rule.value ?? "")} />;
}

/** What people are told when the rule is broken. */
function RuleError({ field, rule, apply }: RuleProps) {
  const label =
    field.style === "flat"
      ? `Error text of ${field.name}`
      : `Error text of ${rule.name} of ${field.name}`;
  return (
    <TextInput
      commit={(text) => apply(model.setRuleError(field, rule, String(text)))}
      error=""
      label={label}
      placeholder="message when the rule is broken"
      value={typeof rule.error === "string" ? rule.error : ""}
    />
  );
}
