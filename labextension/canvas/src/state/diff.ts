/** What changes in one file. */
export interface FileLines {
  readonly path: string;
  readonly change: "new" | "changed" | "moved" | "gone";
  /** Where a file that moves is now. */
  readonly former: string;
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The files of a unified diff, each with its lines; those that say where a part begins are in
 * words.
 */
export function filesOf(diff: string): readonly FileLines[] {
  const files: FileLines[] = [];
  const lines = diff.replace(/\n$/, "").split("\n");
  let next = 0;
  while (next < lines.length) {
    const [before = "", after = ""] = lines.slice(next, next + 2);
    if (!before.startsWith("--- ") || !after.startsWith("+++ ")) {
      next += 1;
      continue;
    }
    const [shown, end] = body(lines, next + 2);
    files.push(fileOf(before.slice(4), after.slice(4), shown));
    next = end;
  }
  return files;
}

/** The lines of a file from a line of the diff on, and where they end. */
function body(lines: readonly string[], start: number): [string[], number] {
  const shown: string[] = [];
  let next = start;
  for (let hunk = lines[next]?.match(HUNK); hunk; hunk = lines[next]?.match(HUNK)) {
    let left = Number(hunk[1] ?? 1);
    let right = Number(hunk[3] ?? 1);
    if (left > 0 && right > 0) {
      shown.push(`@ Line ${hunk[2]}`);
    }
    next += 1;
    while (next < lines.length && (left > 0 || right > 0 || lines[next]?.startsWith("\\"))) {
      const line = lines[next] ?? "";
      left -= line.startsWith("+") || line.startsWith("\\") ? 0 : 1;
      right -= line.startsWith("-") || line.startsWith("\\") ? 0 : 1;
      shown.push(line);
      next += 1;
    }
  }
  return [shown, next];
}

const NOTHING = "/dev/null";

function fileOf(before: string, after: string, lines: readonly string[]): FileLines {
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  const [added, removed] = [count("+"), count("-")];
  const [old, now] = [bare(before), bare(after)];
  const blank = !lines.some((line) => line.startsWith(" ") || line.startsWith("@"));
  const change =
    before === NOTHING || (blank && removed === 0)
      ? "new"
      : after === NOTHING
        ? "gone"
        : old === now
          ? "changed"
          : "moved";
  return {
    path: after === NOTHING ? old : now,
    former: change === "moved" ? old : "",
    change,
    lines,
    added,
    removed,
  };
}

/** A path without the letter that Git puts before it. */
function bare(path: string): string {
  return path.replace(/^[ab]\//, "");
}
