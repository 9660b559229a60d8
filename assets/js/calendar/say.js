// One live region for the calendar: what is under the keys, what the house answered.
let region;

export function say(text, { refusal = false } = {}) {
  region ??= create();
  region.classList.toggle("is-refusal", refusal);
  region.textContent = text;
}

function create() {
  const made = document.createElement("p");
  made.className = "cal-said";
  made.setAttribute("role", "status");
  document.getElementById("calendar").after(made);
  return made;
}
