// One's own bookings: dragged or moved with Alt and the arrows, then sent to their own move form. Refused: said, and put back.
import { csrfToken } from "../csrf.js";
import { QUARTER, clamp, hours, isGrid, minutesAt, place, roomOf, sent, settle, span, unplace, written } from "./grid.js";
import { refresh } from "./refresh.js";
import { say } from "./say.js";

const EDGE = 7; // pixels at the lower and upper end that change the length
const DRAGGED = 5;
const PAUSE = 700; // milliseconds after the last key, so that four quarters are one request

let held = null; // { item, origin, at, grip, x, y, offset, dragged }
let timer = 0;

export function movable(root) {
  root.addEventListener("pointerdown", onDown);
  root.addEventListener("pointermove", onHover);
  root.addEventListener("dragstart", (event) => itemOf(event) && event.preventDefault());
  root.addEventListener("click", (event) => held?.dragged && event.preventDefault(), true);
  root.addEventListener("keydown", onKey);
  root.addEventListener("focusout", () => held?.byKey && !held.changingRoom && finish());
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", () => held && !held.byKey && setTimeout(finish)); // after the click it would cause
  document.addEventListener("pointercancel", restore);
  document.addEventListener("keydown", (event) => event.key === "Escape" && restore());
}

export const moving = () => Boolean(held) || Boolean(document.querySelector(".block.is-waiting"));

const itemOf = (event) => event.target.closest?.(".block[data-move-url]");
const laneOf = (item) => item.closest(".lane");

function hold(item, more) {
  const at = { ...span(item), lane: laneOf(item) };
  held = { item, origin: { ...at, next: item.nextElementSibling }, at, ...more };
}

function gripAt(item, y) {
  const { top, bottom } = item.getBoundingClientRect();
  if (bottom - y < EDGE) return "end";
  return y - top < EDGE ? "start" : "whole";
}

function onHover(event) {
  const item = itemOf(event);
  if (item && !held) item.classList.toggle("is-edge", gripAt(item, event.clientY) !== "whole");
}

function onDown(event) {
  const item = itemOf(event);
  if (!item || event.button !== 0 || event.pointerType === "touch" || moving() || !isGrid(laneOf(item))) return;
  const { clientX: x, clientY: y } = event;
  hold(item, { grip: gripAt(item, y), x, y, offset: minutesAt(laneOf(item), y) - span(item).start });
}

function onMove(event) {
  if (!held || held.byKey) return;
  const { clientX: x, clientY: y } = event;
  held.dragged ||= Math.hypot(x - held.x, y - held.y) > DRAGGED;
  if (!held.dragged) return;
  held.item.classList.add("is-held");
  const here = minutesAt(held.at.lane, y);
  if (held.grip === "whole") put({ start: here - held.offset, lane: laneUnder(x) ?? held.at.lane });
  else if (held.grip === "start") put({ start: here, end: held.at.end });
  else put({ end: here + QUARTER });
}

function laneUnder(x) {
  return [...held.item.closest(".day").querySelectorAll(".lane")].find((lane) => {
    const { left, right } = lane.getBoundingClientRect();
    return x >= left && x < right;
  });
}

/** Shows the booking elsewhere. With a start alone it keeps its length. */
function put({ start = held.at.start, end, lane = held.at.lane }) {
  const { first, last } = hours(lane.closest(".day"));
  const length = held.at.end - held.at.start;
  if (end === undefined) {
    start = clamp(start, first, last - length);
    end = start + length;
  }
  start = clamp(start, first, end - QUARTER);
  end = clamp(end, start + QUARTER, last);
  if (lane !== laneOf(held.item)) {
    held.changingRoom = true; // taking it out of the document takes the focus from it
    lane.append(held.item);
    held.changingRoom = false;
  }
  held.at = { start, end, lane };
  place(held.item, held.at);
  held.item.querySelector(".block-time").firstChild.textContent = written(start);
  held.item.querySelector(".block-end").textContent = `–${written(end)}`;
}

const changed = ({ at, origin }) => ["start", "end", "lane"].some((part) => at[part] !== origin[part]);

function onKey(event) {
  const item = itemOf(event);
  if (event.key === "Enter" && item && held?.item === item) {
    event.preventDefault(); // the move, not the link: it is sent without the pause
    finish();
    return;
  }
  if (!item || !event.altKey || !event.key.startsWith("Arrow") || !isGrid(laneOf(item))) return;
  event.preventDefault();
  if (item.classList.contains("is-waiting")) return;
  if (held?.item !== item) hold(item, { byKey: true });
  const quarter = { ArrowUp: -QUARTER, ArrowDown: QUARTER }[event.key];
  if (quarter && event.shiftKey) put({ end: held.at.end + quarter });
  else if (quarter) put({ start: held.at.start + quarter });
  else put({ lane: laneBeside(event.key === "ArrowRight" ? 1 : -1) });
  item.querySelector("a").focus();
  say(`${roomOf(held.at.lane)}: ${written(held.at.start)}–${written(held.at.end)}`);
  clearTimeout(timer);
  timer = setTimeout(finish, PAUSE);
}

function laneBeside(step) {
  const lanes = [...held.item.closest(".day").querySelectorAll(".lane")];
  return lanes[clamp(lanes.indexOf(held.at.lane) + step, 0, lanes.length - 1)];
}

function restore() {
  if (held) putBack(held);
  held = null;
  clearTimeout(timer);
}

function putBack({ item, origin }) {
  item.classList.remove("is-held", "is-waiting");
  origin.lane.insertBefore(item, origin.next);
  unplace(item);
  item.querySelector(".block-time").firstChild.textContent = written(origin.start);
  item.querySelector(".block-end").textContent = `–${written(origin.end)}`;
}

async function finish() {
  clearTimeout(timer);
  const move = held;
  held = null;
  move?.item.classList.remove("is-held");
  if (!move || !changed(move)) return;
  move.item.classList.add("is-waiting");
  const { done, message, link, version } = await send(move);
  if (done) {
    move.item.classList.remove("is-waiting");
    move.item.dataset.version = version; // it may be moved on before the fresh grid is here
    settle(move.item, move.at);
    refresh();
  } else {
    const focused = move.item.contains(document.activeElement);
    putBack(move);
    if (focused) move.item.querySelector("a").focus();
  }
  say(message, { refusal: !done, link });
}

/** Without an answer that can be read (no network, logged out) the booking's own page takes over. */
async function send({ item, at }) {
  const form = { room: at.lane.dataset.room, date: item.closest(".day").dataset.date, version: item.dataset.version };
  try {
    const response = await fetch(item.dataset.moveUrl, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ ...form, start: sent(at.start), end: sent(at.end) }),
    });
    return { done: response.ok, ...(await response.json()) };
  } catch {
    location.assign(item.querySelector("a").href);
    return { done: false, message: "" };
  }
}
