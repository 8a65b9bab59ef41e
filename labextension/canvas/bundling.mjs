// What every bundle of the canvas's sources has in common.

/** @type {import("esbuild").BuildOptions} */
export const common = {
  bundle: true,
  format: "esm",
  jsx: "automatic",
  logLevel: "warning",
};
