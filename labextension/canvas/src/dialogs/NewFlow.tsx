import { useState } from "react";
import { useId } from "../ids";
import { useSession, useView } from "../state/session";
import { Choice, DialogForm, TextField } from "./parts";
import { Templates, type Use } from "./Templates";

const KINDS = [
  ["traditional", "Traditional", "Steps and decisions from a trigger to its outcomes."],
  ["agent", "Agent", "A language model works in a loop with tools and guardrails."],
  ["template", "From a template", "Start with common steps."],
] as const;

/** Asks for what a new flow needs, and goes there. */
export function NewFlow({
  domain: first,
  template: fromTemplate = false,
}: {
  domain: string;
  template?: boolean;
}) {
  const session = useSession();
  const domains = useView((state) => state.sheet?.head.domains) ?? [];
  const at = useView((state) => state.sheet?.head.at) ?? "";
  const [name, setName] = useState("");
  const [domain, setDomain] = useState(first || at.split("/")[0] || domains[0]?.at || "");
  const [kind, setKind] = useState<(typeof KINDS)[number][0]>(
    fromTemplate ? "template" : "traditional",
  );
  const [newDomain, setNewDomain] = useState("");
  const [use, setUse] = useState<Use>({ template: "", parameters: {} });
  const ids = useId();
  const template = kind === "template";
  const create = async () => {
    if (!template && !name.trim()) {
      throw new Error("Give the flow a name.");
    }
    const what = kind === "template" ? use : { type: kind };
    const { at } = await session.call("new_flow", {
      ...what,
      name: name.trim(),
      domain,
      new_domain: newDomain,
    });
    if (at !== session.sheet()?.head.at) {
      session.go(at);
    }
    return "";
  };
  return (
    <DialogForm
      action="Create"
      off={(template && !use.template) || (!domain && !newDomain.trim())}
      onSubmit={create}
      title="New flow"
      wide={template}
    >
      <div className={template ? "ddd-columns" : "ddd-form"}>
        <div className="ddd-form">
          <TextField
            label="Name"
            onChange={setName}
            placeholder={template ? "As the template calls it" : "Register user"}
            value={name}
          />
        </div>
        <div className="ddd-form">
          {domains.length === 0 ? (
            <TextField
              help="There is none yet; it is made with the flow."
              label="New domain"
              onChange={setNewDomain}
              placeholder="Orders"
              value={newDomain}
            />
          ) : (
            <Choice
              label="Domain"
              onChange={setDomain}
              options={domains.map((one) => ({ value: one.at, text: one.title }))}
              value={domain}
            />
          )}
        </div>
      </div>
      <fieldset className="ddd-choices">
        <legend>Kind</legend>
        {KINDS.map(([value, title, help]) => (
          <label key={value}>
            <input
              checked={kind === value}
              name={`${ids}kind`}
              onChange={() => setKind(value)}
              type="radio"
              value={value}
            />
            <span>
              {title}
              <span className="ddd-help">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {template ? (
        <Templates domain={domain} name={name} newDomain={newDomain} onUse={setUse} use={use} />
      ) : null}
    </DialogForm>
  );
}
