// The contents that the page carries: compressed, so that a large design stays one small file.
import type { Contents } from "./contents";

export async function load(): Promise<Contents> {
  const packed = document.getElementById("contents")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
