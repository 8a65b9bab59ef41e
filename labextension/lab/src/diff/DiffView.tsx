import * as React from "react";
import { counted } from "../page/words";
import { Button } from "../panel/parts/action";
import { useKeptFocus } from "../panel/parts/useKeptFocus";
import type { DesignDiffView } from "../protocol";
import { Changes, Sign } from "./Changes";
import type { DiffModel } from "./model";
import { Pictures } from "./Pictures";
import { nameOf, VersionPicker } from "./VersionPicker";

/** All of the tab: what is compared, the pictures, the changes in words. */
export function DiffView({ model }: { readonly model: DiffModel }) {
  const { diff, place, versions, isBusy, isBeside, trouble } = model;
  const frame = React.useRef<HTMLDivElement>(null);
  useKeptFocus(frame, ".ddd-diff-picture, .ddd-lab-state button");
  const [old, now] = [nameOf(place.old, versions), nameOf(place.new, versions)];
  const names = isBeside ? `Before: ${old}\nAfter: ${now}` : "";
  const step = ({ key, target, ctrlKey, metaKey, altKey }: React.KeyboardEvent) => {
    const by = key === "n" || key === "N" ? 1 : key === "p" || key === "P" ? -1 : 0;
    if (by !== 0 && !ctrlKey && !metaKey && !altKey && !(target instanceof HTMLSelectElement)) {
      model.step(by);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for what has buttons too
    <div className="ddd-diff-frame" onKeyDown={step} ref={frame}>
      <div className="ddd-diff-head">
        <Way model={model} />
        <VersionPicker
          label="Old"
          onPick={(value) => model.go({ old: value })}
          value={place.old}
          versions={versions}
        />
        <VersionPicker
          label="New"
          onPick={(value) => model.go({ new: value })}
          value={place.new}
          versions={versions}
        />
        <Button aria-pressed={isBeside} onClick={() => model.setBeside(!isBeside)}>
          Side by side
        </Button>
        <Button aria-busy={isBusy} onClick={() => void model.load()}>
          Refresh
        </Button>
        <Button onClick={() => model.host.openDesign(place.root, diff?.at ?? place.at)}>
          Open the design here
        </Button>
      </div>
      <p aria-live="polite" className="ddd-lab-said">
        {isBusy ? "" : diff ? `${diff.title}: ${diff.notice || diff.words}` : trouble}
      </p>
      {diff === null ? (
        <Nothing model={model} />
      ) : (
        <div aria-busy={isBusy} className="ddd-diff-body">
          <Pictures model={model} names={names} />
          <aside aria-label="Changes" className="ddd-diff-side">
            <Summary diff={diff} model={model} />
            <Changes model={model} />
          </aside>
        </div>
      )}
    </div>
  );
}

/** The way to the place from the System Map, each step a link to its own differences. */
function Way({ model }: { readonly model: DiffModel }) {
  const at = model.diff?.at ?? model.place.at;
  const domain = at.split("/")[0] ?? "";
  const above = at === "" ? [] : [{ at: "", name: "System Map" }];
  if (domain !== at) {
    above.push({ at: domain, name: domain });
  }
  return (
    <nav aria-label="Place" className="ddd-diff-way">
      {above.map((one) => (
        <React.Fragment key={one.at}>
          <Button look="link" onClick={() => model.go({ at: one.at })}>
            {one.name}
          </Button>
          <span aria-hidden="true">›</span>
        </React.Fragment>
      ))}
      <h2>{model.diff?.title ?? (at || "System Map")}</h2>
    </nav>
  );
}

function Summary({ diff, model }: { readonly diff: DesignDiffView; readonly model: DiffModel }) {
  const { changes, current, place } = model;
  const { root, old } = place;
  const isOfFiles = old === "" || place.new === "";
  return (
    <div className="ddd-diff-summary">
      {diff.notice ? (
        <p role="alert">{diff.notice}</p>
      ) : (
        <ul aria-label="Legend">
          {diff.counts.map(({ kind, cards, edges }) => (
            <li key={kind}>
              <Sign kind={kind} />
              {`${kind}: ${countsOf(cards, edges)}`}
            </li>
          ))}
        </ul>
      )}
      {isOfFiles && model.host.unsaved(root) > 0 ? (
        <p role="note">Compared is what is saved; the open design has changes that are not.</p>
      ) : null}
      {changes.length === 0 ? (
        diff.notice ? null : (
          <p>Nothing differs here. Choose other versions above.</p>
        )
      ) : (
        <div className="ddd-lab-row">
          <Button onClick={() => model.step(-1)} title="The change before (P)">
            Previous
          </Button>
          <Button onClick={() => model.step(1)} title="The next change (N)">
            Next
          </Button>
          <span>
            {current < 0 ? `${changes.length} changed` : `${current + 1} of ${changes.length}`}
          </span>
        </div>
      )}
    </div>
  );
}

function countsOf(cards: number, edges: number): string {
  const parts = [
    cards > 0 ? counted(cards, "card") : "",
    edges > 0 ? counted(edges, "edge") : "",
  ].filter((part) => part !== "");
  return parts.join(", ") || "none";
}

/** What stands in the place of the pictures where there are none. */
function Nothing({ model }: { readonly model: DiffModel }) {
  const { isBusy, trouble, versions } = model;
  if (isBusy) {
    return (
      <p aria-busy="true" className="ddd-lab-state" role="status">
        Comparing…
      </p>
    );
  }
  const notice = versions?.notice ?? "";
  return (
    <div className="ddd-lab-state" role="alert">
      <strong>{notice ? "There is nothing to compare with." : "This cannot be compared."}</strong>
      <p>{notice || trouble}</p>
      <Button look="main" onClick={() => void model.load()}>
        Try again
      </Button>
    </div>
  );
}
