// What every bundle of the canvas's sources has in common.
import { fileURLToPath } from "node:url";

/** @type {import("esbuild").BuildOptions} */
export const common = {
  alias: { "d3-color": fileURLToPath(new URL("colours.mjs", import.meta.url)) },
  bundle: true,
  format: "esm",
  jsx: "automatic",
  logLevel: "warning",
};
