// Two weights. The Latin2 files (ş ğ ł č) are fetched by the browser only on pages that hold such letters.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { dkfds } from "./paths.js";

const FACES = ["Regular-Latin1", "SemiBold-Latin1", "Regular-Latin2", "SemiBold-Latin2"];

export async function copyFonts(target) {
  const source = join(dkfds, "fonts/IBMPlexSans/split/woff2");
  await Promise.all(
    FACES.map((face) => {
      const file = `IBMPlexSans-${face}.woff2`;
      return copyFile(join(source, file), join(target, "fonts", file));
    }),
  );
}
