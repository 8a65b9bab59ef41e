import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useId } from "../ids";
import { Combobox } from "../panels/Combobox";
import { Refusal } from "../panels/Refusal";
import { useSession } from "../state/session";
import { Frame } from "./Frame";
import { type JumpTarget, useMatches } from "./matches";

/** Finds a card of this board, anything in the whole design, or a problem, and goes there. */
export function Jump() {
  const session = useSession();
  const [words, setWords] = useState("");
  const { matches, error, busy } = useMatches(words);
  const [at, setAt] = useState(0);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    session.loadProblems().catch(() => {});
  }, [session]);
  const current = Math.min(at, matches.length - 1);
  useEffect(() => {
    box.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const take = (match: JumpTarget | undefined) => {
    if (match) {
      session.dialog(null);
      // The dialog gives the focus back when it closes; the jump comes after that.
      setTimeout(match.go);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(matches.length - 1, current + by)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(matches[current]);
    }
  };
  return (
    <Frame title="Search" wide>
      <Combobox
        current={current}
        label="Search the whole design"
        list={list}
        onKeyDown={onKeyDown}
        onWords={(text) => {
          setWords(text);
          setAt(0);
        }}
        placeholder="Names, ids and texts of the specs"
        words={words}
      />
      <div aria-label="Found" className="ddd-matches" id={list} ref={box} role="listbox">
        {matches.map((match, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            aria-selected={index === current}
            className="ddd-match"
            id={`${list}${index}`}
            key={match.key}
            onClick={() => take(match)}
            role="option"
            tabIndex={-1}
          >
            <span className="ddd-icon">{match.icon}</span>
            <span>{match.text}</span>
            <span className="ddd-where">{match.note}</span>
          </div>
        ))}
      </div>
      <Refusal error={error} />
      {matches.length === 0 && !error ? (
        <p className="ddd-quiet">{busy ? "Searching…" : `Nothing matches “${words}”.`}</p>
      ) : null}
    </Frame>
  );
}
