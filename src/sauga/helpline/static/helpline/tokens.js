// Several codes: select[data-tokens] becomes a line with chips and type-ahead. The select stays in the form and keeps the values.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function build(select) {
  const chips = document.createElement("ul");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const box = document.createElement("div");
  const label = document.querySelector(`label[for="${select.id}"]`);
  chips.className = "tokens";
  list.className = "picker-list";
  box.className = "picker";
  Object.assign(list, { id: `${select.id}-list`, role: "listbox", hidden: true });
  list.setAttribute("aria-label", label?.textContent.trim() || "");
  Object.assign(input, { className: "input", id: `${select.id}-search`, autocomplete: "off", role: "combobox" });
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  for (const [name, value] of Object.entries({ "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" })) input.setAttribute(name, value);
  if (label) label.htmlFor = input.id;
  select.hidden = true;
  box.append(chips, input, list);
  select.after(box);
  return { chips, input, list };
}

for (const select of document.querySelectorAll("select[data-tokens]")) {
  const { chips, input, list } = build(select);
  const options = [...select.options];
  let at = 0;
  let found = [];
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const changed = () => { select.dispatchEvent(new Event("change", { bubbles: true })); show(); };
  function show() {
    chips.replaceChildren(...options.filter((option) => option.selected).map((option) => {
      const row = document.createElement("li");
      const chip = document.createElement("button");
      chip.type = "button";
      chip.textContent = `${option.text} ×`;
      chip.addEventListener("click", () => { option.selected = false; changed(); input.focus(); });
      row.append(chip);
      return row;
    }));
    chips.hidden = !chips.children.length;
  }
  const open = () => {
    const wanted = fold(input.value.trim());
    found = options.filter((option) => !option.selected && fold(`${option.text} ${option.value}`).includes(wanted)).slice(0, 40);
    at = Math.min(at, Math.max(0, found.length - 1));
    list.replaceChildren(...found.map((option, index) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = option.text;
      row.append(words);
      row.role = "option";
      row.id = `${list.id}-${index}`;
      row.setAttribute("aria-selected", String(index === at));
      return row;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length) { input.setAttribute("aria-activedescendant", `${list.id}-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); } else close();
  };
  const choose = (index) => { found[index].selected = true; input.value = ""; at = 0; close(); changed(); };
  input.addEventListener("input", () => { at = 0; open(); });
  input.addEventListener("click", () => { if (list.hidden) open(); });
  input.addEventListener("blur", () => { close(); input.value = ""; });
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const row = event.target.closest("li"); if (row) choose([...list.children].indexOf(row)); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (!list.hidden) at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length; open(); }
    if (event.key === "Enter" && !list.hidden) { event.preventDefault(); choose(at); }
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); }
    if (event.key === "Backspace" && !input.value) { const last = options.filter((option) => option.selected).at(-1); if (last) { last.selected = false; changed(); } }
  });
  show();
}
