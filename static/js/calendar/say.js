// One live region for the calendar: what is under the keys, what the house answered, and where to go on from there.
let region;

export function say(text, { refusal = false, link = null } = {}) {
  region ??= create();
  region.classList.toggle("is-refusal", refusal);
  region.replaceChildren(text, ...(link ? [" ", anchor(link)] : []));
}

function anchor({ url, text }) {
  const made = document.createElement("a");
  made.href = url;
  made.textContent = text;
  return made;
}

function create() {
  const made = document.createElement("p");
  made.className = "cal-said";
  made.setAttribute("role", "status");
  document.getElementById("calendar").after(made);
  return made;
}
