import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { assets, packages } from "./paths.js";

export async function bundleScripts(target) {
  await build({
    entryPoints: [join(assets, "js/medborger.js"), join(assets, "js/calendar.js"), join(assets, "js/minutes.js")],
    outdir: join(target, "js"),
    bundle: true,
    format: "iife",
    minify: true,
    sourcemap: "external",
    target: ["es2022"],
  });
  await copyFile(join(packages, "htmx.org/dist/htmx.min.js"), join(target, "js/htmx.js"));
}
