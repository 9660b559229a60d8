// The now-line follows the house's clock, whatever zone the browser is in.
import { written } from "./grid.js";

const local = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Copenhagen", hour: "2-digit", minute: "2-digit" });

function draw(root) {
  const line = root.querySelector(".now[data-live]");
  if (!line) return;
  const [hour, minute] = local.format(new Date()).split(":").map(Number);
  line.style.setProperty("--a", hour * 4 + minute / 15);
  line.firstElementChild.textContent = written(hour * 60 + minute);
}

export function followClock(root) {
  draw(root);
  setInterval(() => draw(root), 60_000);
  root.addEventListener("htmx:afterSettle", () => draw(root));
}
