// Runs the unit tests of the workspace that it is called in: bundles them with what they import,
// then hands them to Node's test runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import esbuild from "esbuild";
import { common } from "./canvas/bundling.mjs";

const outdir = mkdtempSync(join(tmpdir(), "front-end-tests-"));
try {
  const tests = readdirSync("tests").filter((name) => name.endsWith(".test.ts"));
  await esbuild.build({
    ...common,
    entryPoints: tests.map((name) => join("tests", name)),
    outdir,
    // Some packages of JupyterLab require Node's own modules.
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    platform: "node",
  });
  const files = tests.map((name) => join(outdir, name.replace(/\.ts$/, ".cjs")));
  const run = spawnSync(process.execPath, ["--test", ...process.argv.slice(2), ...files], {
    stdio: "inherit",
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
