import { useMemo } from "react";
import { actionsFor, selection } from "../state/actions";
import { useSession, useView } from "../state/session";
import type { Action } from "../state/types";
import { MenuButton } from "./Menu";
import { ToolButton } from "./ToolButton";

/** What several selected cards are, and everything that can be done with them. */
export function Several() {
  const session = useSession();
  const sheet = useView((state) => state.sheet);
  const selected = useView((state) => state.selected);
  const links = useView((state) => state.selectedLinks);
  const types = useMemo(() => {
    const counts = new Map<string, number>();
    for (const id of selected) {
      const title = sheet?.cards.get(id)?.type_title ?? "";
      counts.set(title, (counts.get(title) ?? 0) + 1);
    }
    return [...counts].sort(([a, some], [b, more]) => more - some || a.localeCompare(b));
  }, [sheet, selected]);
  const target = selection(session);
  const actions = target ? actionsFor(session, target) : [];
  return (
    <>
      <h3 className="ddd-spec-title">{selected.size} cards selected</h3>
      <ul aria-label="By type" className="ddd-counts">
        {types.map(([title, count]) => (
          <li key={title}>
            {count} × {title}
          </li>
        ))}
        {links.size > 0 ? <li>{links.size === 1 ? "1 line" : `${links.size} lines`}</li> : null}
      </ul>
      {grouped(actions).map((group) => (
        <Group actions={group} key={group[0]?.id} />
      ))}
      <p className="ddd-quiet">Drag them or use the arrow keys to move them together.</p>
    </>
  );
}

/** Actions of a group: those with an icon as a row of small buttons. */
function Group({ actions }: { actions: readonly Action[] }) {
  return (
    <div className="ddd-action-row">
      {actions.map(({ id, label, keys, icon, run }) => (
        <ToolButton
          key={id}
          label={label}
          onPress={run}
          title={keys ? `${label} (${keys})` : label}
          {...(icon ? { icon } : { text: true })}
        />
      ))}
    </div>
  );
}

function grouped(actions: readonly Action[]): Action[][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  }
  return [...groups.values()];
}

/** A menu of everything that can be done with what is selected. */
export function MoreMenu() {
  const session = useSession();
  const actions = () => {
    const target = selection(session);
    return target ? actionsFor(session, target) : [];
  };
  return <MenuButton actions={actions} label="More" title="All actions for this" />;
}
