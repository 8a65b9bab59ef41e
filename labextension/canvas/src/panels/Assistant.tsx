import { useEffect } from "react";
import { useAssistantModule } from "../state/modules";
import { useSession, useView } from "../state/session";
import { ToolButton } from "./ToolButton";

/** The assistant, which is loaded when somebody first opens it. */
export function Assistant() {
  const { module, error, retry } = useAssistantModule();
  if (module) {
    return <module.Panel />;
  }
  return (
    <div className="ddd-panel">
      {error ? (
        <p className="ddd-error" role="alert">
          {error} <ToolButton label="Try again" onPress={retry} text />
        </p>
      ) : (
        <p className="ddd-quiet ddd-late" role="status">
          Opening the assistant…
        </p>
      )}
    </div>
  );
}

/** What a model is asked to do beside its target; nothing where it is asked nothing. */
export function Inline() {
  const session = useSession();
  const inline = useView((state) => state.inline);
  const { module, error, retry } = useAssistantModule(inline !== null);
  useEffect(() => {
    if (inline && error) {
      session.note({ tone: "bad", text: error });
      session.store.set({ inline: null });
      retry();
    }
  });
  return inline && module ? <module.Inline inline={inline} /> : null;
}

/** What a proposal on the board comes to; nothing where there is none. */
export function ProposalBar() {
  const proposes = useView((state) => Boolean(state.sheet?.head.proposal));
  const { module } = useAssistantModule(proposes);
  return proposes && module ? <module.ProposalBar /> : null;
}
