import * as React from "react";
import type { DesignChange } from "../protocol";
import type { DiffModel } from "./model";

const SIGNS: Readonly<Record<DesignChange["kind"], string>> = {
  added: "+",
  changed: "~",
  removed: "−",
  other: "·",
};

/** How much is told of what has a comparison of its own. */
const MOST = 4;

/** A sign on its ground, as on the pictures. */
export function Sign({ kind }: { readonly kind: DesignChange["kind"] }) {
  return (
    <span aria-hidden="true" className="ddd-diff-sign" data-kind={kind}>
      {SIGNS[kind]}
    </span>
  );
}

/** Every change in words; a click shows it on the pictures. */
export function Changes({ model }: { readonly model: DiffModel }) {
  const { changes, current } = model;
  const list = React.useRef<HTMLUListElement>(null);
  const rest = Math.max(0, current);
  React.useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const walk = (event: React.KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      model.step(by);
      const items = list.current?.querySelectorAll<HTMLElement>(".ddd-diff-change");
      items?.[model.current]?.focus();
    }
  };
  return (
    <ul className="ddd-diff-changes" ref={list}>
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list comes as a whole
        <li key={index}>
          <button
            aria-current={index === current}
            className="ddd-diff-change"
            onClick={() => model.show(index)}
            onKeyDown={walk}
            tabIndex={index === rest ? 0 : -1}
            type="button"
          >
            <Sign kind={change.kind} />
            <span>
              <strong>{change.subject}</strong>
              {change.kind === "other" ? null : <small> {change.kind}</small>}
              {wordsOf(change).map((word) => (
                <small className="ddd-diff-words" key={word}>
                  {word}
                </small>
              ))}
            </span>
          </button>
          {change.at === "" ? null : (
            <button
              aria-label={`Compare ${change.subject}`}
              className="ddd-lab-link"
              onClick={() => model.go({ at: change.at })}
              type="button"
            >
              Compare
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ words, at }: DesignChange): readonly string[] {
  const left = words.length - MOST;
  return at === "" || left < 2 ? words : [...words.slice(0, MOST), `and ${left} more`];
}
