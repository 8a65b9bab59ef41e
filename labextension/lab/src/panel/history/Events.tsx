import * as React from "react";
import { words } from "../../page/words";
import type { EventLine } from "../../protocol";
import { Alert } from "../parts/action";
import { moment } from "../parts/moment";
import { Section } from "../parts/Section";
import { useShown } from "../parts/shown";

/** What `.ddd/events.jsonl` says: who did what, when, and to which version of a spec. */
export function Events() {
  const { model, state } = useShown();
  const [events, setEvents] = React.useState<readonly EventLine[] | null>(null);
  const [trouble, setTrouble] = React.useState("");
  const { requests } = model.service;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new rev means that something happened
  React.useEffect(() => {
    let wanted = true;
    requests
      .ask("events", { root: state.root })
      .then((found) => {
        if (wanted) {
          setEvents(found.events);
          setTrouble("");
        }
      })
      .catch((error: unknown) => wanted && setTrouble(words(error)));
    return () => {
      wanted = false;
    };
  }, [requests, state.root, state.rev]);
  return (
    <Section title="Events">
      {trouble !== "" && <Alert>{trouble}</Alert>}
      {events?.length === 0 && <p className="ddd-lab-hint">Nothing was noted yet.</p>}
      <ol className="ddd-lab-list">
        {(events ?? []).map((event) => (
          <li key={`${event.at} ${event.what} ${event.flow} ${event.run}`}>
            {sentence(event.what)} {event.flow}
            <p className="ddd-lab-meta">
              {moment(event.at)}
              {event.who !== "" && ` · ${event.who}`}
              {event.spec_hash !== "" && ` · spec ${event.spec_hash.slice(0, 12)}`}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The name of an event as people read it: `run_started` is `Run started`. */
function sentence(what: string): string {
  const words = what.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
