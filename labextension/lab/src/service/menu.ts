import { CommandRegistry } from "@lumino/commands";
import type { ReadonlyJSONObject } from "@lumino/coreutils";
import { Menu } from "@lumino/widgets";

/** An entry of a menu: a command of JupyterLab's with its arguments. */
export interface Entry {
  readonly label: string;
  readonly command: string;
  readonly args: ReadonlyJSONObject;
}

/** Groups of entries; a line stands between them. */
export type Entries = readonly (readonly Entry[])[];

/**
 * Open a menu at a point of the window; the focus returns when it closes.
 *
 * @param run carries a command out, and tells what goes wrong.
 */
export function openMenu(
  entries: Entries,
  { x, y }: { readonly x: number; readonly y: number },
  run: (entry: Entry) => void,
): void {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  menu.addClass("ddd-lab-menu");
  for (const group of entries.filter(({ length }) => length > 0)) {
    if (menu.items.length > 0) {
      menu.addItem({ type: "separator" });
    }
    for (const entry of group) {
      const command = `entry-${menu.items.length}`;
      commands.addCommand(command, { label: entry.label, execute: () => run(entry) });
      menu.addItem({ command });
    }
  }
  const focused = document.activeElement as HTMLElement | null;
  menu.aboutToClose.connect(() => focused?.focus());
  menu.open(x, y);
}
