// Builds everything the browser loads from the packages and from static/ into static/build/{css,js,fonts,img}.
// Run by `npm run build`; writes into a fresh folder and swaps it in, so that a half-built folder is never served.
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { copyFonts } from "./fonts.js";
import { root } from "./paths.js";
import { bundleScripts } from "./scripts.js";
import { drawSprite } from "./sprite.js";
import { compileStyles } from "./styles.js";

const target = join(root, "static/build");
const fresh = `${target}.new`;

await rm(fresh, { recursive: true, force: true });
for (const folder of ["css", "js", "fonts", "img"]) {
  await mkdir(join(fresh, folder), { recursive: true });
}
await Promise.all([compileStyles(fresh), bundleScripts(fresh), copyFonts(fresh), drawSprite(fresh)]);
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.log(`Built ${target}`);
