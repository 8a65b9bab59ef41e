import type { Row } from "./rows";

/** What a key does in a tree: go to a row, fold or unfold one, open one; null is none of these. */
export type Step =
  | { readonly go: number }
  | { readonly fold: Row; readonly open: boolean }
  | { readonly open: Row }
  | null;

/**
 * What a key does, as ARIA's pattern of a tree has it.
 *
 * @param page rows that fit on the screen.
 */
export function stepOf(rows: readonly Row[], index: number, key: string, page: number): Step {
  const row = rows[index];
  const last = rows.length - 1;
  const go = (to: number) => ({ go: Math.max(0, Math.min(last, to)) });
  switch (key) {
    case "ArrowDown":
      return go(index + 1);
    case "ArrowUp":
      return go(index - 1);
    case "Home":
      return go(0);
    case "End":
      return go(last);
    case "PageDown":
      return go(index + page);
    case "PageUp":
      return go(index - page);
    case "ArrowRight":
      if (row?.expanded === false) {
        return { fold: row, open: true };
      }
      return row?.expanded === true ? go(index + 1) : null;
    case "ArrowLeft":
      if (row?.expanded === true) {
        return { fold: row, open: false };
      }
      return row?.level === 2 ? go(parentOf(rows, index)) : null;
    case "Enter":
      return row === undefined ? null : { open: row };
    case " ":
      return row?.expanded == null ? null : { fold: row, open: !row.expanded };
    default:
      return null;
  }
}

/** The next row whose name begins with what was typed; the same letter again goes on from it. */
export function typedAhead(rows: readonly Row[], index: number, typed: string): number {
  const [letter = ""] = typed;
  const again = [...typed].every((one) => one === letter);
  const wanted = (again ? letter : typed).toLowerCase();
  const from = again ? index + 1 : index;
  for (let step = 0; step < rows.length; step += 1) {
    const at = (from + step) % rows.length;
    if (rows[at]?.name.toLowerCase().startsWith(wanted)) {
      return at;
    }
  }
  return index;
}

function parentOf(rows: readonly Row[], index: number): number {
  for (let above = index; above > 0; above -= 1) {
    if (rows[above]?.level === 1) {
      return above;
    }
  }
  return 0;
}
