import { type FormEvent, useEffect, useRef, useState } from "react";
import { useLandmark } from "../ids";
import { ToolButton } from "../panels/ToolButton";
import type { Designs } from "../protocol";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Gate } from "./Gate";
import { WhatIsSent } from "./Sent";
import { GATES } from "./store";
import { useChat, useClient } from "./useChat";

/** From a paragraph to a design: where it stands, or how it begins. */
export function Design() {
  const client = useClient();
  const session = useSession();
  const designs = useChat((chat) => chat.designs);
  const path = designs?.design?.path;
  const hasDesign = Boolean(designs?.design);
  const { error, run } = useAttempt();
  const load = () =>
    void run(async () => client.store.set({ designs: await session.call("designs") }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: an approved plan has a file
  useEffect(load, [client, session, path, hasDesign]);
  return (
    <section aria-label={useLandmark("Design")} className="ddd-panel ddd-design">
      {error ? (
        <p className="ddd-error" role="alert">
          {error} <ToolButton label="Try again" onPress={load} text />
        </p>
      ) : null}
      {designs ? (
        designs.design ? (
          <Gate design={designs.design} key={designs.design.stage} />
        ) : (
          <Begin plans={designs.plans} />
        )
      ) : error ? null : (
        <p className="ddd-quiet ddd-late" role="status">
          Reading the plans…
        </p>
      )}
    </section>
  );
}

/** A paragraph, or a plan that was begun. */
function Begin({ plans }: { plans: Designs["plans"] }) {
  const session = useSession();
  const missing = useChat((chat) => chat.state?.missing ?? "");
  const { busy, error, run } = useAttempt();
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const begin = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() && !missing && !busy) {
      void run(() => session.call("begin_design", { text }));
    }
  };
  return (
    <>
      <form className="ddd-decision-form" onSubmit={begin}>
        <label>
          What do you want to design?
          <textarea
            className="ddd-input"
            onChange={(event) => setText(event.target.value)}
            placeholder="A few sentences: what it is for, who uses it, what they do with it"
            ref={area}
            rows={5}
            value={text}
          />
        </label>
        {missing ? <p className="ddd-missing">{missing}</p> : null}
        <div className="ddd-buttons">
          <ToolButton
            busy={busy}
            disabled={!text.trim() || Boolean(missing)}
            label="Begin"
            onPress={begin}
            primary
            text
            title="Ask the model what it understands; nothing is written before you approve it"
          />
        </div>
        {error ? (
          <p className="ddd-error" role="alert">
            {error}
          </p>
        ) : null}
      </form>
      {text.trim() ? <WhatIsSent args={{ text }} op="design_sent" /> : null}
      <h3 className="ddd-caption">Plans</h3>
      {plans.length === 0 ? (
        <p className="ddd-quiet">None yet. A plan is kept in .ddd/plans once you approve it.</p>
      ) : (
        <ul aria-label="Plans" className="ddd-list">
          {plans.map(({ path, title, stage }) => (
            <li key={path}>
              <button
                className="ddd-bare ddd-place-link"
                onClick={() => void run(() => session.call("resume_design", { path }))}
                title={path}
                type="button"
              >
                <span className="ddd-ellipsis">{title}</span>
                <span className="ddd-sign">{GATES[stage]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
