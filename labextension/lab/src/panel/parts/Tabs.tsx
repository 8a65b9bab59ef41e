import * as React from "react";
import type { PanelModel } from "../model";
import type { Tab } from "../sheet";

const TITLES: Record<Tab, string> = {
  flows: "Flows",
  prompt: "Prompt",
  run: "Run",
  history: "History",
};
const ORDER = Object.keys(TITLES) as Tab[];
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

interface Props {
  readonly model: PanelModel;
  readonly children: React.ReactNode;
}

/** The parts of the panel, one at a time; the arrow keys go from one to the next. */
export function Tabs({ model, children }: Props) {
  const id = React.useId();
  const { tab: current } = model.sheet;
  const bar = React.useRef<HTMLDivElement>(null);
  const walk = (event: React.KeyboardEvent) => {
    const next = ORDER[ORDER.indexOf(current) + (STEPS[event.key] ?? 0)];
    if (next !== undefined && next !== current) {
      event.preventDefault();
      model.show(next);
      bar.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
    }
  };
  return (
    <>
      <div aria-label="Parts of the panel" className="ddd-lab-tabs" ref={bar} role="tablist">
        {ORDER.map((tab) => (
          <button
            aria-controls={`${id}panel`}
            aria-selected={tab === current}
            data-tab={tab}
            id={`${id}${tab}`}
            key={tab}
            onClick={() => model.show(tab)}
            onKeyDown={walk}
            role="tab"
            tabIndex={tab === current ? 0 : -1}
            type="button"
          >
            {TITLES[tab]}
          </button>
        ))}
      </div>
      <div
        aria-labelledby={`${id}${current}`}
        className="ddd-lab-body"
        id={`${id}panel`}
        role="tabpanel"
        tabIndex={-1}
      >
        {children}
      </div>
    </>
  );
}
