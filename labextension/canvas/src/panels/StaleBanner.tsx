import { useEffect, useState } from "react";
import { useLandmark } from "../ids";
import { implement, showDrift } from "../state/implementing";
import { useSession, useView } from "../state/session";
import { ToolButton } from "./ToolButton";

/** Says that the code of the flow on the sheet is not what its spec says, and what can be done. */
export function StaleBanner() {
  const session = useSession();
  const head = useView((state) => state.sheet?.head);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const { at = "", title = "", sync_status: status } = head ?? {};
  // Something else that moves is news again.
  const news = status?.stale ? `${at} ${JSON.stringify(status)}` : "";
  const shown = status && news && !dismissed.has(news) ? status : null;
  const announcement = shown ? `${title}. ${shown.title}: ${shown.words.join("; ")}` : "";
  useEffect(() => {
    if (announcement) {
      session.announce(announcement);
    }
  }, [session, announcement]);
  const name = useLandmark("Stale code");
  if (!shown) {
    return null;
  }
  return (
    <section aria-label={name} className="ddd-banner ddd-stale" data-tone="warn">
      <div className="ddd-stale-head">
        <p>
          <strong>{shown.title}.</strong>
        </p>
        <div className="ddd-action-row">
          <ToolButton
            label="Update code"
            onPress={() => void implement(session, [at])}
            primary
            text
            title="Let Claude Code update the code to the current spec"
          />
          <ToolButton
            label="View diff"
            onPress={() => void showDrift(session, at)}
            text
            title="Show what changed, line by line, and accept it"
          />
          <ToolButton
            icon="close"
            label="Dismiss"
            onPress={() => setDismissed(new Set([...dismissed, news]))}
            title="Hide this here; the flow stays stale"
          />
        </div>
      </div>
      <ul>
        {shown.words.map((line) => (
          <li key={line} title={line}>
            <span>{line}</span>
          </li>
        ))}
        {shown.more > 0 ? <li>and {shown.more} more</li> : null}
      </ul>
    </section>
  );
}
