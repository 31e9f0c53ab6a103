// Keys of the desk. [data-key="n"] or ["g d"] presses (or focuses) that element; rows are [data-row] inside [data-rows]:
// j and k move, Enter opens a row's first link, x ticks its box. "?" lists the keys of this page.
const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
// A number beside a radio button names its input: <kbd data-key-of="id_verdict_0">1</kbd>.
function owner(element) {
  if (!element.dataset.keyOf) return element;
  const input = document.getElementById(element.dataset.keyOf);
  input.dataset.key = element.textContent.trim();
  input.dataset.keyLabel = element.closest("label").firstChild.nextSibling?.textContent.trim() || "";
  return input;
}
const targets = () => [...document.querySelectorAll("[data-key], kbd[data-key-of]")].map(owner).filter((element) => element.checkVisibility());
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
const keyOf = (element) => element.dataset.key.replace(/\b[A-Z]\b/g, (letter) => letter.toLowerCase());
const help = document.getElementById("keys-help");
let before = "";

function act(element) {
  if (element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) { element.focus(); element.select?.(); } else { element.click(); element.focus(); }
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.classList.contains("here"));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  all[here]?.classList.remove("here");
  next.classList.add("here");
  (next.querySelector("a") ?? next.querySelector("button"))?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function onRow(key) {
  const here = document.querySelector("[data-row].here");
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (!here) return false;
  if (key === "x") { here.querySelector("input[type=checkbox]")?.click(); return true; }
  if (key === "Enter" && !document.activeElement.closest("button, a, summary, input")) { here.querySelector("a")?.click(); return true; }
  return false;
}

function line(keys, text) {
  const term = document.createElement("dt");
  for (const key of keys) { const kbd = document.createElement("kbd"); kbd.textContent = key; term.append(kbd, " "); }
  const meaning = document.createElement("dd");
  meaning.textContent = text;
  return [term, meaning];
}

function showHelp() {
  const list = help.querySelector("[data-keys-here]");
  list.replaceChildren();
  if (rows().length) list.append(help.querySelector("[data-keys-always]").content.cloneNode(true));
  for (const element of targets()) {
    const words = element.dataset.keyLabel || element.getAttribute("aria-label") || [...element.childNodes].filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join(" ");
    list.append(...line(element.dataset.key.split(" "), words.trim()));
  }
  help.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "?" && help) { event.preventDefault(); return showHelp(); }
  const chord = before ? `${before} ${key}` : key;
  const found = targets().find((element) => keyOf(element) === chord) || targets().find((element) => keyOf(element) === key);
  before = !found && targets().some((element) => keyOf(element).startsWith(`${key} `)) ? key : "";
  if (found) { event.preventDefault(); act(found); } else if (onRow(key)) event.preventDefault();
});

for (const shown of document.querySelectorAll("[data-needs-script]")) shown.hidden = false;
document.querySelector("[data-keys-help]")?.addEventListener("click", showHelp);
