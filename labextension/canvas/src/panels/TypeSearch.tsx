import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useId } from "../ids";
import { addTo, typesFor } from "../state/adding";
import { useSession, useView } from "../state/session";
import type { Place, Point } from "../state/types";
import { Combobox } from "./Combobox";
import { useClickElsewhere, useInside } from "./Menu";
import { matchingTypes } from "./types";

/** The search of node types over the canvas, while a place waits for one. */
export function TypeSearch() {
  const searching = useView((state) => state.searching);
  return searching ? <Search {...searching} key={`${searching.at.x} ${searching.at.y}`} /> : null;
}

function Search({ at, place }: { at: Point; place: Place }) {
  const session = useSession();
  const [words, setWords] = useState("");
  const [index, setIndex] = useState(0);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const sheet = useView((state) => state.sheet);
  const groups = useMemo(
    () => (sheet ? matchingTypes(typesFor(sheet, place), words) : []),
    [sheet, place, words],
  );
  const entries = groups.flatMap(([, list]) => list);
  const current = Math.min(index, entries.length - 1);
  const close = () => session.store.set({ searching: null });
  useInside(box, at, session.root);
  useClickElsewhere(box, close);
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.querySelector("input")?.focus({ preventScroll: true });
    return () => (before?.isConnected ? before : session.root)?.focus({ preventScroll: true });
  }, [session]);
  useEffect(() => {
    box.current?.querySelector(`[id="${list}${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [list, current]);
  const take = (type: string | undefined) => {
    if (type) {
      close();
      // The focus goes back when this closes; the caret goes into the new label after that.
      setTimeout(() => void addTo(session, place, type));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      setIndex((current + by + entries.length) % entries.length);
    } else if (event.key === "Enter") {
      take(entries[current]?.type);
    } else if (event.key === "Escape" || event.key === "Tab") {
      close();
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      aria-label={place.kind === "type" ? "Change type" : "Add a card"}
      className="ddd-menu ddd-types"
      onKeyDown={onKeyDown}
      ref={box}
      role="dialog"
    >
      <Combobox
        current={current}
        label="Type of the card"
        list={list}
        onWords={(text) => {
          setWords(text);
          setIndex(0);
        }}
        placeholder="What comes here?"
        words={words}
      />
      <div aria-label="Types" className="ddd-matches" id={list} role="listbox">
        {groups.map(([title, list_]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
          <div aria-label={title} key={title} role="group">
            <div aria-hidden="true" className="ddd-caption">
              {title}
            </div>
            {list_.map((entry) => {
              const number = entries.indexOf(entry);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
                <div
                  aria-selected={number === current}
                  className="ddd-match"
                  data-category={entry.category}
                  id={`${list}${number}`}
                  key={entry.type}
                  onClick={() => take(entry.type)}
                  role="option"
                  tabIndex={-1}
                  title={entry.help}
                >
                  <span aria-hidden="true" className="ddd-icon">
                    {entry.icon}
                  </span>
                  <span>{entry.title}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {entries.length === 0 ? <p className="ddd-quiet">No node type is called “{words}”.</p> : null}
    </div>
  );
}
