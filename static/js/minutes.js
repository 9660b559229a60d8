// Minutes save themselves while they are being written (htmx). Without this each item has its button, which saves the same.
const saving = new WeakSet();

// A refusal is told under the item as a saving is: what one wrote stays in its form.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig.elt.matches("[data-minutes]") || ![409, 422].includes(detail.xhr.status)) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

// Pressing the button while a saving is under way would be answered as if two had written: it waits for the new version.
document.addEventListener("htmx:beforeRequest", ({ target }) => saving.add(target));
document.addEventListener("htmx:afterRequest", ({ target }) => {
  saving.delete(target);
  if (!target.hasAttribute("data-waiting")) return;
  target.removeAttribute("data-waiting");
  setTimeout(() => target.requestSubmit());
});
document.addEventListener("submit", (event) => {
  if (!saving.has(event.target)) return;
  event.preventDefault();
  event.target.setAttribute("data-waiting", "");
});
