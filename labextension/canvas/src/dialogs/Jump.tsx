import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { Sign } from "../panels/ProblemMark";
import { useSession, useView } from "../state/session";
import { readingOrder } from "../state/sheet";
import { Frame } from "./Dialogs";

interface Hit {
  readonly key: string;
  readonly text: string;
  readonly note: string;
  readonly icon: React.ReactNode;
  readonly go: () => void;
}

const SHOWN = 12;

/** Finds a card of this board, a domain, or a problem, and goes there. */
export function Jump() {
  const session = useSession();
  const hits = useHits();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  useEffect(() => {
    session.call("problems").catch(() => {});
  }, [session]);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = hits
    .filter((hit) => {
      const text = `${hit.text} ${hit.note}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .slice(0, SHOWN);
  const current = Math.min(at, found.length - 1);
  const take = (hit: Hit | undefined) => {
    if (hit) {
      session.dialog(null);
      // The dialog gives the focus back when it closes; the jump comes after that.
      setTimeout(hit.go);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, current + by)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(found[current]);
    }
  };
  return (
    <Frame title="Search">
      <input
        aria-activedescendant={found.length > 0 ? `${list}${current}` : undefined}
        aria-autocomplete="list"
        aria-controls={list}
        aria-expanded={true}
        aria-label="Search cards and problems"
        autoComplete="off"
        className="ddd-input"
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        value={words}
      />
      <div aria-label="Found" className="ddd-hits" id={list} role="listbox">
        {found.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            aria-selected={index === current}
            className="ddd-hit"
            id={`${list}${index}`}
            key={hit.key}
            onClick={() => take(hit)}
            role="option"
            tabIndex={-1}
          >
            <span className="ddd-icon">{hit.icon}</span>
            <span>{hit.text}</span>
            <span className="ddd-where">{hit.note}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="ddd-quiet">Nothing here is called “{words}”.</p> : null}
    </Frame>
  );
}

function useHits(): Hit[] {
  const session = useSession();
  const sheet = useView((state) => state.sheet);
  const problems = useView((state) => state.problems);
  return useMemo(() => {
    const cards = sheet ? readingOrder(sheet) : [];
    const domains = sheet?.head.domains ?? [];
    return [
      ...cards.map((card) => ({
        key: `card ${card.id}`,
        text: card.title,
        note: card.kind === "node" ? `${card.type_title} ${card.id}` : card.type_title,
        icon: card.icon,
        go: () => session.go(sheet?.head.at ?? "", card.id),
      })),
      ...domains
        .filter((domain) => domain.at !== sheet?.head.at && !sheet?.cards.has(domain.at))
        .map((domain) => ({
          key: `domain ${domain.at}`,
          text: domain.title,
          note: "Domain",
          icon: "▣",
          go: () => session.go(domain.at),
        })),
      ...(problems ?? []).map((problem, index) => ({
        key: `problem ${index}`,
        text: problem.message,
        note: `${problem.path}:${problem.line}`,
        icon: <Sign severity={problem.severity} />,
        go: () => session.go(problem.at, problem.card),
      })),
    ];
  }, [session, sheet, problems]);
}
