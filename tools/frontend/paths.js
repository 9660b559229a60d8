import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const sources = join(root, "static");
export const packages = join(root, "node_modules");
export const dkfds = join(packages, "dkfds/src");
