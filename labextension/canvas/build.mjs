// Bundles the canvas into one ES module and one style sheet for anywidget to load, and the text
// editor and the assistant into modules that the canvas asks for when they are first needed.
// `--watch` rebuilds on change and keeps names readable; a plain run is what gets packaged.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { common } from "./bundling.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  ...common,
  outdir: here("../../ddd_lab/canvas/static"),
  target: "es2022",
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  legalComments: "none",
  define: { "process.env.NODE_ENV": JSON.stringify(watch ? "development" : "production") },
};

/** @type {import("esbuild").BuildOptions} */
const canvas = {
  ...shared,
  entryPoints: { canvas: here("src/index.tsx"), editor: here("src/editor/index.ts") },
  banner: {
    js: "/* DDD Lab canvas, BSD-3-Clause; contains React and React Flow or CodeMirror, MIT */",
  },
};

/** What these modules take from the canvas that loads them: `src/state/modules.ts`. */
const FROM_CANVAS = new Set([
  "connection",
  "react",
  "react/jsx-runtime",
  "react-dom",
  "state/session",
]);

/** @type {import("esbuild").Plugin} */
const fromCanvas = {
  name: "from-canvas",
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData || rest.kind === "entry-point") {
        return;
      }
      if (FROM_CANVAS.has(path)) {
        return { path, external: true };
      }
      const { importer, kind, resolveDir } = rest;
      const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: true });
      const name = relative(here("src"), found.path).replace(/\.tsx?$/, "");
      return FROM_CANVAS.has(name) ? { path: name, external: true } : found;
    });
    // Its style sheet goes with its script.
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: !watch,
      });
      return { contents: code, loader: "text" };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const modules = {
  ...shared,
  entryPoints: {
    assistant: here("src/assistant/index.ts"),
    conflicts: here("src/conflicts/index.ts"),
  },
  format: "cjs",
  plugins: [fromCanvas],
  banner: {
    js: "/* DDD Lab, BSD-3-Clause */ export default (require) => { const module = {};",
  },
  footer: { js: "return module.exports; }" },
};

/** The map of all flows in a cell: the same sources as its tab, and the widget around them.
 *
 * @type {import("esbuild").BuildOptions}
 */
const flowMap = {
  ...shared,
  entryPoints: ["../lab/src/flowMap/cell.ts", "../lab/style/flowMap.css"].map((path) => ({
    in: here(path),
    out: "flow-map",
  })),
};

const all = [canvas, modules, flowMap];
if (watch) {
  for (const options of all) {
    await (await esbuild.context(options)).watch();
  }
  console.log("Watching the canvas's sources");
} else {
  await Promise.all(all.map((options) => esbuild.build(options)));
}
