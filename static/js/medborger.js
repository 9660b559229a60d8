// On every page. Everything works without: this only makes it quicker.
import { enhanceComboboxes } from "./combobox.js";
import { csrfToken } from "./csrf.js";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:load", (event) => enhanceComboboxes(event.target));

enhanceComboboxes(document);
document.querySelector("[data-focus]")?.focus();
