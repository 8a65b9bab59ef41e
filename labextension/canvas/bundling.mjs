// What every bundle of the canvas's sources has in common.

/** The view is written for React, and Preact runs it: a notebook stores the bundle with every
 * widget, and React's own half of it would be a third of all. */
const preact = {
  react: "preact/compat",
  "react/jsx-runtime": "preact/jsx-runtime",
  "react-dom": "preact/compat",
  "react-dom/client": "preact/compat/client",
};

/** @type {import("esbuild").BuildOptions} */
export const common = {
  alias: preact,
  bundle: true,
  format: "esm",
  jsx: "automatic",
  logLevel: "warning",
};
