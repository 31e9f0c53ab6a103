// Canned answers: "/" at the beginning of a word opens a list above the message; the chosen text is put in to be changed, never sent.
// Links with [data-insert] put their text into the message without leaving the page.
const area = document.querySelector("[data-composer] textarea");
const list = document.getElementById("canned");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const answers = [...document.querySelectorAll("a[data-name]")].map((link) => ({ name: link.dataset.name, text: link.dataset.insert }));
let at = 0;
let found = [];

function word() {
  const before = area.value.slice(0, area.selectionStart);
  return before.match(/(?:^|\s)\/([^\s/]*)$/u);
}

function close() {
  list.hidden = true;
  area.removeAttribute("aria-activedescendant");
}

function draw() {
  list.replaceChildren(...found.map((answer, index) => {
    const row = document.createElement("li");
    const name = document.createElement("b");
    const words = document.createElement("span");
    name.textContent = `/${answer.name}`;
    words.textContent = answer.text;
    row.append(name, words);
    row.id = `canned-${index}`;
    row.role = "option";
    row.setAttribute("aria-selected", String(index === at));
    return row;
  }));
  list.hidden = false;
  area.setAttribute("aria-activedescendant", `canned-${at}`);
}

function put(text, replace) {
  const end = area.selectionStart;
  const begin = replace ? end - replace.length : end;
  const before = area.value.slice(0, begin);
  const gap = before && !/\s$/u.test(before) ? " " : "";
  area.value = before + gap + text + area.value.slice(end);
  area.setSelectionRange(begin + gap.length + text.length, begin + gap.length + text.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

if (area && list) {
  for (const [name, value] of Object.entries({ "aria-controls": "canned", "aria-autocomplete": "list", "aria-describedby": "say-h" })) area.setAttribute(name, value);
  area.addEventListener("input", () => {
    const typed = word();
    found = typed ? answers.filter((answer) => fold(`${answer.name} ${answer.text}`).includes(fold(typed[1]))) : [];
    const named = (answer) => Number(answer.name.startsWith(typed[1])) + Number(fold(answer.name).startsWith(fold(typed[1])));
    found = found.sort((a, b) => named(b) - named(a)).slice(0, 5);
    at = 0;
    if (found.length) draw(); else close();
  });
  const choose = (index) => { const typed = word(); const answer = found[index]; close(); put(answer.text, `/${typed ? typed[1] : ""}`); close(); };
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length; draw(); }
    else if (event.key === "Enter" || event.key === "Tab") choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  list.addEventListener("mousedown", (event) => { const row = event.target.closest("li"); if (row) { event.preventDefault(); choose([...list.children].indexOf(row)); } });
  area.addEventListener("blur", close);
  for (const link of document.querySelectorAll("a[data-insert]")) link.addEventListener("click", (event) => { event.preventDefault(); put(link.dataset.insert, ""); link.closest("details").open = false; });
}
