/** Markdown of an answer as plain data: nothing of it is ever HTML. */
export type Inline =
  | { kind: "text" | "strong" | "emphasis" | "code"; text: string }
  | { kind: "link"; text: string; address: string };

export type MarkdownBlock =
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "heading"; content: Inline[] }
  | { kind: "list"; ordered: boolean; items: Item[] }
  | { kind: "code"; language: string; text: string }
  | { kind: "quote"; content: Inline[] }
  | { kind: "table"; rows: Inline[][][] }
  | { kind: "rule" };

export interface Item {
  readonly depth: number;
  readonly content: Inline[];
}

const FENCE = /^\s{0,3}(```+|~~~+)\s*(\S*)/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const RULE = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const DIVIDER = /^\s*\|[\s:|-]+\|\s*$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;

/** The blocks of a text; an unfinished one, as it stands while an answer comes, is taken as far as
 * it goes.
 */
export function blocksOf(text: string): MarkdownBlock[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  /** Takes lines as long as they are of a kind. */
  const taken = (is: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && is(lines[at] ?? "")) {
      at += 1;
    }
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    if (fence) {
      at += 1;
      const mark = fence[1] ?? "```";
      const code = taken((one) => !one.trimStart().startsWith(mark));
      at += 1;
      blocks.push({ kind: "code", language: fence[2] ?? "", text: code.join("\n") });
    } else if (!line.trim()) {
      at += 1;
    } else if (RULE.test(line)) {
      at += 1;
      blocks.push({ kind: "rule" });
    } else if (heading) {
      at += 1;
      blocks.push({ kind: "heading", content: inline(heading[1] ?? "") });
    } else if (ITEM.test(line)) {
      const items = taken((one) => ITEM.test(one) || (/^\s+\S/.test(one) && !FENCE.test(one)));
      blocks.push(list(items));
    } else if (ROW.test(line)) {
      const rows = taken((one) => ROW.test(one)).filter((one) => !DIVIDER.test(one));
      blocks.push({ kind: "table", rows: rows.map(cells) });
    } else if (QUOTE.test(line)) {
      const quoted = taken((one) => QUOTE.test(one)).map((one) => QUOTE.exec(one)?.[1] ?? "");
      blocks.push({ kind: "quote", content: inline(quoted.join(" ")) });
    } else {
      const paragraph = taken((one) => Boolean(one.trim()) && !begins(one));
      // A line that begins what it is not, such as a row without an end, is text.
      const words = paragraph.length > 0 ? paragraph : [lines[at++] ?? ""];
      blocks.push({ kind: "paragraph", content: inline(words.join(" ")) });
    }
  }
  return blocks;
}

function begins(line: string): boolean {
  return [FENCE, HEADING, ITEM, RULE, ROW, QUOTE].some((kind) => kind.test(line));
}

function list(lines: readonly string[]): MarkdownBlock {
  const items: { depth: number; text: string }[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    const last = items.at(-1);
    if (item) {
      items.push({
        depth: Math.min(3, Math.floor((item[1] ?? "").length / 2)),
        text: item[3] ?? "",
      });
    } else if (last) {
      last.text += ` ${line.trim()}`;
    }
  }
  return {
    kind: "list",
    ordered: /^\s*\d/.test(lines[0] ?? ""),
    items: items.map(({ depth, text }) => ({ depth, content: inline(text) })),
  };
}

function cells(row: string): Inline[][] {
  return (ROW.exec(row)?.[1] ?? "").split("|").map((cell) => inline(cell.trim()));
}

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|\[([^\]]+)\]\(([^\s)]+)[^)]*\)/g;

/** Words of one line with what stands out in them. */
export function inline(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) {
      parts.push({ kind: "text", text: text.slice(end, match.index) });
    }
    end = match.index + match[0].length;
    parts.push(marked(match));
  }
  if (end < text.length) {
    parts.push({ kind: "text", text: text.slice(end) });
  }
  return parts;
}

function marked([
  whole,
  code,
  strong,
  alsoStrong,
  star,
  under,
  label,
  address,
]: RegExpExecArray): Inline {
  if (code !== undefined) {
    return { kind: "code", text: code };
  }
  if (strong !== undefined || alsoStrong !== undefined) {
    return { kind: "strong", text: strong ?? alsoStrong ?? "" };
  }
  if (label !== undefined && address !== undefined) {
    return isSafe(address)
      ? { kind: "link", text: label, address }
      : { kind: "text", text: `${label} (${address})` };
  }
  const emphasis = star ?? under;
  return emphasis === undefined
    ? { kind: "text", text: whole ?? "" }
    : { kind: "emphasis", text: emphasis };
}

/** Whether a link may be followed: to the web only, and never with a name or password in it. */
function isSafe(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    return (protocol === "https:" || protocol === "http:") && !username && !password;
  } catch {
    return false;
  }
}
