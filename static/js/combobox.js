// <select data-combobox="No such name"> becomes an input that filters while one types (ARIA APG, "editable combobox with list
// autocomplete"). The select stays, hidden, and is what the form sends. With a handful of choices it stays as it is.
const FEW = 7;
let count = 0;

export function enhanceComboboxes(root) {
  for (const select of root.querySelectorAll("select[data-combobox]:not([hidden])")) {
    if (select.options.length > FEW) new Combobox(select);
  }
}

const plain = (text) => text.trim().toLocaleLowerCase();

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Combobox {
  constructor(select) {
    this.select = select;
    this.listId = `combobox-${++count}`;
    this.build();
    this.listen();
  }

  build() {
    const { select, listId } = this;
    const inherited = ["aria-describedby", "aria-invalid", "required"].filter((name) => select.hasAttribute(name));
    this.input = element("input", {
      ...Object.fromEntries(inherited.map((name) => [name, select.getAttribute(name)])),
      id: select.id,
      type: "text",
      class: "form-input",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": listId,
    });
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    this.list = element("ul", { id: listId, class: "combobox-list", role: "listbox", hidden: "" });
    if (label) this.list.setAttribute("aria-label", label.textContent.trim());
    const chevron = element("span", { class: "combobox-toggle", "aria-hidden": "true" });
    select.removeAttribute("id");
    select.removeAttribute("required");
    select.hidden = true;
    this.input.placeholder = [...select.options].find((option) => !option.value)?.label ?? "";
    this.input.value = this.chosenLabel();
    select.after(element("div", { class: "combobox" }, this.input, chevron, this.list));
  }

  listen() {
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.settle());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the input keeps the focus
      const item = event.target.closest("[data-value]");
      if (item) this.choose(item);
    });
  }

  onKey(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      else this.activate(this.neighbour(key === "ArrowDown" ? 1 : -1));
    } else if (key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (this.active) this.choose(this.active);
      else this.settle();
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
      this.input.value = this.chosenLabel();
    }
  }

  open(wish) {
    const sought = plain(wish);
    const found = [...this.select.options].filter((option) => plain(option.label).includes(sought));
    this.list.replaceChildren(...(found.length ? found.map((option) => this.item(option)) : [this.nothing()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(sought ? this.list.querySelector("[data-value]") : this.list.querySelector('[aria-selected="true"]'));
  }

  item(option) {
    const selected = String(option.selected);
    const id = `${this.listId}-${option.index}`;
    return element("li", { id, role: "option", "data-value": option.value, "aria-selected": selected }, option.label);
  }

  nothing() {
    return element("li", { class: "is-none", role: "option", "aria-disabled": "true" }, this.select.dataset.combobox);
  }

  neighbour(step) {
    const items = [...this.list.querySelectorAll("[data-value]")];
    return items.at((items.indexOf(this.active) + step) % items.length);
  }

  activate(item) {
    this.active?.classList.remove("is-active");
    this.active = item ?? null;
    this.input.setAttribute("aria-activedescendant", item?.id ?? "");
    item?.classList.add("is-active");
    item?.scrollIntoView({ block: "nearest" });
  }

  choose(item) {
    const changed = this.select.value !== item.dataset.value;
    this.select.value = item.dataset.value;
    this.input.value = this.chosenLabel();
    this.close();
    if (changed) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What was typed counts if it names a choice; otherwise the last choice stands.
  settle() {
    const typed = plain(this.input.value);
    const named = [...this.select.options].find((option) => plain(option.label) === typed);
    if (named) this.choose(this.item(named));
    else {
      this.close();
      this.input.value = this.chosenLabel();
    }
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
  }

  chosenLabel() {
    const [option] = this.select.selectedOptions;
    return option?.value ? option.label : "";
  }
}
