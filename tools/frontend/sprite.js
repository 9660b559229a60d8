// img/icons.svg: the icons in use from dkfds and our own from static/icons, as <symbol>s that take the text's colour.
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { dkfds, sources } from "./paths.js";

const FROM_DKFDS = [
  ...["accessibility-new", "calendar-month", "check", "chevron-left", "chevron-right", "close", "edit", "email", "error"],
  ...["flag-fill", "forum", "groups", "help", "home", "hourglass", "info", "language", "link", "location", "lock", "person"],
  ...["persons", "plus", "print", "search", "send", "success", "sync", "time", "tune", "warning"],
];

async function symbol(name, file) {
  const svg = await readFile(file, "utf8");
  const [, viewBox] = svg.match(/viewBox="([^"]+)"/);
  const [, drawing] = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${name}" viewBox="${viewBox}">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}

export async function drawSprite(target) {
  const own = (await readdir(join(sources, "icons"))).filter((file) => file.endsWith(".svg")).sort();
  const symbols = await Promise.all([
    ...FROM_DKFDS.map((name) => symbol(name, join(dkfds, `img/svg-icons/${name}.svg`))),
    ...own.map((file) => symbol(basename(file, ".svg"), join(sources, "icons", file))),
  ]);
  await writeFile(join(target, "img/icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  await copyFile(join(sources, "favicon.svg"), join(target, "img/favicon.svg"));
}
