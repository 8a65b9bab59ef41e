// What every bundle of the canvas's sources has in common.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const slim = (name) => fileURLToPath(new URL(`slim/${name}.mjs`, import.meta.url));

/** Parts of React Flow that the canvas does not have. */
const UNUSED =
  /background|controls|resize-control|node-(group|default|input|output)|edge-text|edgeupdater|arrowhead|animated|dark\b/;

/** Leaves out the rules of React Flow's style sheet for parts that are not there.
 *
 * @type {import("esbuild").Plugin}
 */
const usedRules = {
  name: "used-rules",
  setup(build) {
    build.onLoad({ filter: /@xyflow.react.dist.base\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(/^ *([^{}@\n][^{}@]*)\{[^{}]*\}/gm, (rule, selectors) =>
        selectors.split(",").every((one) => UNUSED.test(one)) ? "" : rule,
      );
      return { contents, loader: "css" };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
export const common = {
  alias: {
    "d3-interpolate": slim("interpolate"),
    "d3-transition": slim("transition"),
    // React itself has what the shim brings.
    "use-sync-external-store/shim/with-selector.js": "use-sync-external-store/with-selector.js",
  },
  bundle: true,
  format: "esm",
  jsx: "automatic",
  logLevel: "warning",
  plugins: [usedRules],
};
