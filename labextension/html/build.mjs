// Bundles the page of an exported design into the script and the style sheet that go into it.
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await esbuild.build({
  entryPoints: { page: here("src/main.ts") },
  outdir: here("../../ddd_lab/maps/html/static"),
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
