import type { KeyboardEvent, MouseEvent } from "react";
import { useLandmark } from "../ids";
import { useSession, useView } from "../state/session";
import { flowOfFile } from "../state/tabs";
import { Icon } from "./Icon";
import { walk } from "./walk";

/** The sheets that were opened in this view; hidden while there is only one. */
export function Tabs() {
  const session = useSession();
  const tabs = useView((state) => state.tabs);
  const current = useView((state) => state.sheet?.head.at);
  const unsaved = useView((state) => state.sheet?.head.status.unsaved);
  const name = useLandmark("Open sheets");
  if (tabs.length < 2) {
    return null;
  }
  const changed = new Set(unsaved?.map(flowOfFile));
  // One stop of the Tab key is enough for all; on a map it is the first.
  const stop = tabs.some(({ at }) => at === current) ? current : tabs[0]?.at;
  return (
    <nav aria-label={name} className="ddd-sheets">
      <ul
        onKeyDown={(event) => walk(event, stops(event.currentTarget), ["ArrowRight", "ArrowLeft"])}
      >
        {tabs.map(({ at, title }) => (
          <li data-current={at === current || undefined} key={at}>
            <button
              aria-current={at === current ? "page" : undefined}
              aria-keyshortcuts="Delete"
              aria-label={changed.has(at) ? `${title}, unsaved` : title}
              className="ddd-sheet ddd-bare"
              onAuxClick={(event: MouseEvent) => {
                if (event.button === 1) {
                  session.closeTab(at);
                }
              }}
              onClick={() => session.go(at)}
              onKeyDown={(event) => {
                if (event.key === "Delete") {
                  closeAndStay(event, () => session.closeTab(at));
                }
              }}
              tabIndex={at === stop ? 0 : -1}
              title={`${at}. Arrow keys go along the sheets, Delete closes one.`}
              type="button"
            >
              <span className="ddd-sheet-title ddd-ellipsis">{title}</span>
              {changed.has(at) ? <span className="ddd-dot" /> : null}
            </button>
            <button
              aria-label={`Close ${title}`}
              className="ddd-sheet-close ddd-bare"
              onClick={() => session.closeTab(at)}
              tabIndex={-1}
              title={`Close ${title}`}
              type="button"
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function stops(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(".ddd-sheet")];
}

/** Closes a tab with the keyboard; the focus goes to the tab that takes its place. */
function closeAndStay(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  const list = event.currentTarget.closest("ul");
  const index = list ? stops(list).indexOf(event.currentTarget) : 0;
  close();
  setTimeout(() => {
    const left = list?.isConnected ? stops(list) : [];
    (left[index] ?? left.at(-1))?.focus();
  });
}
