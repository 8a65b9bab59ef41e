import { useLandmark } from "../ids";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Refusal } from "./Refusal";
import { ToolButton } from "./ToolButton";

/** What stands on a board with nothing on it, and how to begin. */
export function Start() {
  const session = useSession();
  const head = useView((state) => state.sheet?.head);
  const { busy, error, run } = useAttempt();
  const begin = useLandmark("Begin");
  if (!head?.empty) {
    return null;
  }
  const flow = (template: boolean) =>
    session.dialog({ kind: "new-flow", domain: head.at, template });
  return (
    <section aria-label={begin} className="ddd-empty">
      <p>{head.empty}</p>
      {head.level === "flow" ? null : (
        <div className="ddd-starts">
          {head.level === "system" ? (
            <ToolButton
              label="New domain"
              onPress={() => session.dialog({ kind: "new-domain" })}
              primary
              text
            />
          ) : (
            <ToolButton label="New flow" onPress={() => flow(false)} primary text />
          )}
          <ToolButton label="From a template" onPress={() => flow(true)} text />
          {head.level === "system" ? (
            <ToolButton
              label="New design…"
              onPress={() => session.root?.dispatchEvent(new CustomEvent("ddd-lab:design"))}
              text
              title="From a paragraph to a design, step by step, with the assistant"
            />
          ) : null}
          {head.level === "system" ? (
            <ToolButton
              busy={busy}
              label="Open the sample"
              onPress={() => void run(() => session.call("open_sample"))}
              text
              title="Put a public library's design into this project. Nothing is saved, Undo takes it back."
            />
          ) : null}
        </div>
      )}
      <Refusal error={error} />
    </section>
  );
}
