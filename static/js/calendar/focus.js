// Arrow keys go from item to item: up and down in a room, left and right to what is at the same height in the next.
import { isGrid } from "./grid.js";

const links = (lane) => [...lane.querySelectorAll(":scope > li > a[href]")];
const top = (element) => element.getBoundingClientRect().top;

export function neighbour(link, key) {
  const lane = link.closest(".lane");
  const own = links(lane);
  if (key === "ArrowDown") return own[own.indexOf(link) + 1];
  if (key === "ArrowUp") return own[own.indexOf(link) - 1];
  const lanes = [...lane.closest(".day").querySelectorAll(".lane")];
  const beside = lanes[lanes.indexOf(lane) + (key === "ArrowRight" ? 1 : -1)];
  const distance = (other) => Math.abs(top(other) - top(link));
  return beside && links(beside).sort((one, other) => distance(one) - distance(other))[0];
}

export function moveFocus(root) {
  root.addEventListener("keydown", (event) => {
    const link = event.target.closest?.(".lane > li > a");
    if (!link || event.defaultPrevented || event.altKey || !event.key.startsWith("Arrow")) return;
    if (!isGrid(link.closest(".lane"))) return;
    event.preventDefault();
    neighbour(link, event.key)?.focus();
  });
}
