import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { packages, sources } from "./paths.js";

export async function bundleScripts(target) {
  await build({
    entryPoints: [join(sources, "js/medborger.js"), join(sources, "js/calendar.js"), join(sources, "js/minutes.js")],
    outdir: join(target, "js"),
    bundle: true,
    format: "iife",
    minify: true,
    sourcemap: "external",
    target: ["es2022"],
  });
  await copyFile(join(packages, "htmx.org/dist/htmx.min.js"), join(target, "js/htmx.js"));
}
