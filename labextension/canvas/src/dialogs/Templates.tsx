import { useState } from "react";
import { Refusal } from "../panels/Refusal";
import { useSession } from "../state/session";
import { useAsking } from "../state/useAsking";
import { Choice, TextField } from "./parts";

/** What a flow begins with. */
export interface Use {
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Starter templates to choose from, with what they ask for and what they would make. */
export function Templates({
  use,
  name,
  domain,
  newDomain,
  onUse,
}: {
  use: Use;
  name: string;
  domain: string;
  /** Name of the domain that is made for it, where there is none. */
  newDomain: string;
  onUse: (use: Use) => void;
}) {
  const { result, error } = useAsking("templates", {}, 0);
  const all = result?.templates;
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const shown = (all ?? []).filter((one) =>
    `${one.title} ${one.id} ${one.category} ${one.help}`.toLowerCase().includes(wanted),
  );
  const template = all?.find((one) => one.id === use.template);
  if (error) {
    return <Refusal error={error} />;
  }
  if (!all) {
    return <p className="ddd-quiet">Loading the templates…</p>;
  }
  return (
    <div className="ddd-columns">
      <div>
        <TextField label="Find a template" onChange={setWords} search value={words} />
        <Choice
          label="Template"
          onChange={(id) => onUse({ template: id, parameters: {} })}
          options={shown.map((one) => ({
            value: one.id,
            text: `${one.title} · ${one.category}`,
          }))}
          size={9}
          value={use.template}
        />
        {shown.length === 0 ? <p className="ddd-quiet">No template is called “{words}”.</p> : null}
      </div>
      <div>
        {template ? (
          <>
            <p>{template.help}</p>
            {template.parameters.map((parameter) => (
              <TextField
                help={parameter.help}
                key={parameter.name}
                label={parameter.title}
                onChange={(value) =>
                  onUse({ ...use, parameters: { ...use.parameters, [parameter.name]: value } })
                }
                placeholder={parameter.default}
                value={use.parameters[parameter.name] ?? ""}
              />
            ))}
            {domain || newDomain.trim() ? (
              <Made domain={domain} name={name} newDomain={newDomain} use={use} />
            ) : (
              <p className="ddd-quiet">Name the domain to see what the template makes.</p>
            )}
          </>
        ) : (
          <p className="ddd-quiet">Choose a template to see what it makes.</p>
        )}
      </div>
    </div>
  );
}

function Made({
  use,
  name,
  domain,
  newDomain,
}: {
  use: Use;
  name: string;
  domain: string;
  newDomain: string;
}) {
  const session = useSession();
  const theme = session.root?.dataset.theme === "dark" ? "dark" : "light";
  const { result, error } = useAsking("preview_template", {
    ...use,
    name: name.trim(),
    domain,
    new_domain: newDomain,
    theme,
  });
  if (error) {
    return <p className="ddd-error">{error}</p>;
  }
  if (!result) {
    return <p className="ddd-quiet">Drawing the preview…</p>;
  }
  const titles = result.flows.map((flow) => flow.title).join(", ");
  return (
    <figure className="ddd-preview">
      <img
        alt={`Sheet of ${result.flows[0]?.title}`}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(result.svg)}`}
      />
      <figcaption className="ddd-quiet">
        {result.flows.length > 1 ? `${result.flows.length} flows: ${titles}` : titles}
      </figcaption>
    </figure>
  );
}
