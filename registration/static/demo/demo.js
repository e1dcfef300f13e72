/** What a partner's own script may do: listen to the widget's events, and fill in what it knows. */

const events = document.getElementById("events");
const prefilled = document.getElementById("prefilled");
const KNOWN = {
  first_name: "Ana",
  last_name: "Ruiz",
  email: "ana@example.org",
  phone: "614-555-0123",
  address: "12 Main St",
  zip: "43215",
};

/** @param {string} text */
function note(text) {
  const item = document.createElement("li");
  item.textContent = text;
  events.append(item);
  events.parentElement.scrollTop = events.scrollHeight;
}

for (const tag of ["vote-register", "vote-deadline"]) {
  for (const name of ["ready", "step", "state", "completed", "error"]) {
    document.addEventListener(`${tag}:${name}`, (event) => note(`${event.type} ${JSON.stringify(event.detail)}`));
  }
}

document.getElementById("prefill").addEventListener("click", () => {
  const taken = document.querySelector("vote-register").prefill(KNOWN);
  prefilled.textContent = `${prefilled.dataset.said} ${taken.join(", ")}`;
});
