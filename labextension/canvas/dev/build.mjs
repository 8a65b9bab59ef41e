// Builds the page that shows the canvas on made-up boards, without Python: node dev/build.mjs OUTDIR
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { common } from "../bundling.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = process.argv[2] ?? here("out");

await esbuild.build({
  ...common,
  entryPoints: [here("page.ts")],
  outdir,
  target: "es2022",
  minify: true,
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
});
copyFileSync(here("page.html"), join(outdir, "page.html"));
