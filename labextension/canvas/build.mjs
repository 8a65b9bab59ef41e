// Bundles the canvas into one ES module and one style sheet for anywidget to load, and the text
// editor into a module that the canvas asks for when it is first needed.
// `--watch` rebuilds on change and keeps names readable; a plain run is what gets packaged.
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { common } from "./bundling.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const options = {
  ...common,
  entryPoints: { canvas: here("src/index.tsx"), editor: here("src/editor/index.ts") },
  outdir: here("../../ddd_lab/canvas/static"),
  target: "es2022",
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  legalComments: "none",
  define: { "process.env.NODE_ENV": JSON.stringify(watch ? "development" : "production") },
  banner: {
    js: "/* DDD Lab canvas, BSD-3-Clause; contains React and React Flow or CodeMirror, MIT */",
  },
};

if (watch) {
  await (await esbuild.context(options)).watch();
  console.log("Watching the canvas's sources");
} else {
  await esbuild.build(options);
}
