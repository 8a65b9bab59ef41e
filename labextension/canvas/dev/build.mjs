// Builds the page that shows the canvas on made-up boards, without Python: node dev/build.mjs OUTDIR
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = process.argv[2] ?? here("out");

await esbuild.build({
  entryPoints: [here("page.ts")],
  outdir,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  minify: true,
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  logLevel: "warning",
});
copyFileSync(here("page.html"), join(outdir, "page.html"));
