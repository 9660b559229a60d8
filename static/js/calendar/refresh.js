// Fresh data through htmx, without pulling anything from under the reader: not while they hold something, and focus and scroll stay.
const calendar = () => document.getElementById("calendar");
let last = "";
let kept = null;

/** Fetch the grid again, now. */
export function refresh() {
  if (calendar().hasAttribute("hx-get")) window.htmx.trigger(calendar(), "refresh");
  else location.reload();
}

/** `busy` says whether the reader holds something that a fresh grid would take away. */
export function keepFresh(root, busy) {
  root.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "calendar" && (busy() || document.hidden)) event.preventDefault();
  });
  root.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (event.target.id !== "calendar") return;
    detail.shouldSwap &&= detail.xhr.status === 200 && detail.serverResponse !== last && !busy();
    if (!detail.shouldSwap) return;
    last = detail.serverResponse;
    keep();
  });
  root.addEventListener("htmx:afterSettle", giveBack);
}

const links = () => [...calendar().querySelectorAll("a[href]")];

function keep() {
  const { scrollLeft: left = 0, scrollTop: top = 0 } = calendar().querySelector(".day-scroll") ?? {};
  const focused = links().find((link) => link === document.activeElement);
  kept = { left, top, href: focused?.href };
}

function giveBack() {
  if (!kept) return;
  calendar().querySelector(".day-scroll")?.scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
  links()
    .find(({ href }) => href === kept.href)
    ?.focus({ preventScroll: true });
  kept = null;
}
