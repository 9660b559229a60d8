// Reading the grid. Times are minutes after midnight, local; positions are read from the classes that draw them.
export const QUARTER = 15;

const classNumber = (element, prefix) => {
  const name = [...element.classList].find((each) => each.startsWith(prefix));
  return name && name.slice(prefix.length);
};
const clockMinutes = (digits) => Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));

export const span = (item) => ({ start: clockMinutes(classNumber(item, "from-")), end: clockMinutes(classNumber(item, "to-")) });
export const hours = (day) => ({ first: classNumber(day, "opens-") * 60, last: classNumber(day, "closes-") * 60 });

/** On a wide screen the lanes are a grid of quarters; on a phone they are lists, with nothing to point at or drag. */
export const isGrid = (lane) => getComputedStyle(lane).display === "grid";

export const roomOf = (lane) => lane.closest(".room").querySelector(".room-head :is(h2, h3, h4)").textContent.trim();

const told = (minutes, mark) => `${Math.floor(minutes / 60)}${mark}${String(minutes % 60).padStart(2, "0")}`;

/** 14.30, as Danes write it, or 14:30; 14:30, as forms send it. */
export const written = (minutes) => told(minutes, document.documentElement.lang === "da" ? "." : ":");
export const sent = (minutes) => told(minutes, ":").padStart(5, "0");

/** The moment at a height on the screen, to the given step. */
export function minutesAt(lane, y, step = QUARTER) {
  const { first, last } = hours(lane.closest(".day"));
  const { top, height } = lane.getBoundingClientRect();
  const exact = first + ((y - top) / height) * (last - first);
  return Math.floor(exact / step) * step;
}

/** Puts an item at a time; CSSOM, so the content security policy allows it. */
export function place(item, { start, end }) {
  item.style.setProperty("--a", start / QUARTER);
  item.style.setProperty("--b", end / QUARTER);
}

/** Where it was put is now where it is. */
export function settle(item, { start, end }) {
  const { start: from, end: to } = span(item);
  const digits = (minutes) => sent(minutes).replace(":", "");
  item.classList.replace(`from-${digits(from)}`, `from-${digits(start)}`);
  item.classList.replace(`to-${digits(to)}`, `to-${digits(end)}`);
  unplace(item);
}

export function unplace(item) {
  item.style.removeProperty("--a");
  item.style.removeProperty("--b");
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
