// The stylesheet is dkfds's parts, purged of what no page uses, followed by our own, whole.
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { browserslistToTargets, transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import { compileAsync } from "sass";
import { dkfds, packages, root, sources } from "./paths.js";

const BROWSERS = browserslistToTargets(["chrome 111", "firefox 121", "safari 16.4"]);
const MAIL_PROGRAMS = browserslistToTargets(["chrome 60", "safari 9"]);
const USED_IN = [
  "static/README.md", // what pages are promised
  "static/js/**/*.js",
  "templates/**/*.html",
  "{medborger,centers,actors,bookings,collaboration}/**/*.py",
];

async function compile(name) {
  const { css } = await compileAsync(join(sources, "scss", name), { loadPaths: [packages], quietDeps: true, silenceDeprecations: ["if-function"] });
  return css;
}

async function purge(css) {
  const [result] = await new PurgeCSS().purge({
    content: USED_IN.map((pattern) => join(root, pattern)),
    css: [{ raw: css }],
    variables: true,
  });
  return result.css;
}

async function minify(css, file, targets) {
  const { code } = transform({ filename: file, code: Buffer.from(css), minify: true, targets });
  await writeFile(file, code);
}

function imagesIn(css) {
  return new Set([...css.matchAll(/img\/([\w-]+\.svg)/g)].map(([, name]) => name));
}

export async function compileStyles(target) {
  const [vendor, own, mail] = await Promise.all([compile("dkfds.scss"), compile("medborger.scss"), compile("mail.scss")]);
  const css = (await purge(vendor)) + own;
  await Promise.all([
    minify(css, join(target, "css/medborger.css"), BROWSERS),
    minify(mail, join(target, "css/mail.css"), MAIL_PROGRAMS),
    ...[...imagesIn(css)].map((name) => copyFile(join(dkfds, `img/svg-icons/${name}`), join(target, `img/${name}`))),
  ]);
}
