// A free stretch is one link. The pointer or the keys choose a time in it: the link then leads to the form with that time.
import { QUARTER, clamp, isGrid, minutesAt, place, roomOf, sent, span, written } from "./grid.js";
import { say } from "./say.js";

const HOUR = 60;
const HALF = 30;
const DRAGGED = 6; // pixels

let ghost = null; // { slot, link, item, home, start, end }
let press = null; // { from, y, dragged }

export function pickTimes(root) {
  root.addEventListener("pointermove", onMove);
  root.addEventListener("pointerdown", onDown);
  root.addEventListener("pointerleave", () => press || clear());
  root.addEventListener("focusin", onFocus);
  root.addEventListener("focusout", () => press || clear());
  root.addEventListener("keydown", onKey);
  root.addEventListener("dragstart", (event) => linkOf(event)?.matches(".slot > a") && event.preventDefault());
  root.addEventListener("htmx:beforeSwap", clear);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", () => {
    release();
    clear();
  });
}

export const choosing = () => Boolean(press?.dragged);

const linkOf = (event) => event.target.closest?.(".slot > a");

function show(link, start, end) {
  const slot = link.parentElement;
  if (ghost?.slot !== slot) {
    clear();
    const item = document.createElement("li");
    item.className = "ghost";
    item.setAttribute("aria-hidden", "true");
    slot.after(item);
    ghost = { slot, link, item, home: link.href };
  }
  const stretch = span(slot);
  ghost.start = clamp(start, stretch.start, stretch.end - QUARTER);
  ghost.end = clamp(end, ghost.start + QUARTER, stretch.end);
  place(ghost.item, ghost);
  ghost.item.textContent = `${written(ghost.start)}–${written(ghost.end)}`;
  const url = new URL(ghost.home);
  url.searchParams.set("fra", sent(ghost.start));
  url.searchParams.set("til", sent(ghost.end));
  link.href = url.href;
}

function clear() {
  if (!ghost) return;
  ghost.link.href = ghost.home;
  ghost.item.remove();
  ghost = null;
}

function showAt(link, y) {
  const { end } = span(link.parentElement);
  const start = Math.min(minutesAt(link.closest(".lane"), y, HALF), end - HALF);
  show(link, start, start + HOUR);
}

function onMove(event) {
  if (press) return drag(event);
  const link = linkOf(event);
  if (link && event.pointerType === "mouse" && isGrid(link.closest(".lane"))) showAt(link, event.clientY);
  else if (!link && ghost?.link !== document.activeElement) clear();
}

function onDown(event) {
  const link = linkOf(event);
  if (!link || event.button !== 0 || !isGrid(link.closest(".lane"))) return;
  showAt(link, event.clientY);
  if (event.pointerType !== "touch") press = { y: event.clientY, from: minutesAt(link.closest(".lane"), event.clientY) };
}

function drag(event) {
  press.dragged ||= Math.abs(event.clientY - press.y) > DRAGGED;
  if (!press.dragged || !ghost) return;
  const here = minutesAt(ghost.slot.closest(".lane"), event.clientY);
  show(ghost.link, Math.min(press.from, here), Math.max(press.from, here) + QUARTER);
}

function onUp() {
  const chosen = choosing() && ghost;
  release();
  if (chosen) location.assign(chosen.link.href);
}

function release() {
  press = null;
}

function onFocus(event) {
  const link = linkOf(event);
  if (!link || press || ghost?.link === link || !isGrid(link.closest(".lane"))) return;
  const { start } = span(link.parentElement);
  show(link, start, start + HOUR);
}

// Up and down go through the stretch by halves of an hour before they leave it; with Shift they change the length.
function onKey(event) {
  if (!ghost || event.target !== ghost.link || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const { start, end } = span(ghost.slot);
  if (event.shiftKey) show(ghost.link, ghost.start, ghost.end + step * QUARTER);
  else if (step > 0 ? ghost.start + HALF + QUARTER > end : ghost.start <= start) return;
  else show(ghost.link, ghost.start + step * HALF, ghost.end + step * HALF);
  event.preventDefault();
  say(`${roomOf(ghost.slot)}: ${written(ghost.start)}–${written(ghost.end)}`);
}
