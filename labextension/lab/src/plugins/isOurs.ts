/** Whether the code of a notebook is what `ddd-lab lab` has written, and nothing else. */
export function isOurs(
  cells: readonly { readonly type: string; readonly source: string }[],
  code: readonly string[],
): boolean {
  const sources = cells.filter(({ type }) => type === "code").map(({ source }) => source);
  return sources.length === code.length && sources.every((source, index) => source === code[index]);
}
