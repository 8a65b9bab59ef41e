const NOT_LOADED =
  "A part of DDD Lab could not be loaded: the Jupyter server does not answer, or has another version " +
  "of it by now. Reload the page.";

/** A number of things, in words. */
export function counted(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/** What went wrong, in words. */
export function words(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.name === "ChunkLoadError" ? NOT_LOADED : error.message;
}
