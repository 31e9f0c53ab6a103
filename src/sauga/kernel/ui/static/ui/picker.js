// Code picker: select[data-picker] becomes a combobox with type-ahead. Matches inside words and without diacritics; codes work too.
// The select stays in the form and keeps the value; without a script it is used as it is.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function build(select) {
  const list = document.createElement("ul");
  const input = document.createElement("input");
  list.className = "picker-list";
  list.id = `${select.id}-list`;
  list.role = "listbox";
  list.hidden = true;
  const label = document.querySelector(`label[for="${select.id}"]`);
  list.setAttribute("aria-label", label?.textContent.trim() || "");
  Object.assign(input, { className: "input", id: `${select.id}-search`, autocomplete: "off", role: "combobox" });
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  for (const [name, value] of Object.entries({ "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" })) input.setAttribute(name, value);
  if (label) label.htmlFor = input.id;
  select.hidden = true;
  select.after(input, list);
  return { input, list };
}

function drawn(option, wanted, list, index) {
  const row = document.createElement("li");
  const words = document.createElement("span");
  const text = option.text;
  const at = wanted ? fold(text).indexOf(wanted) : -1;
  if (at >= 0 && fold(text).length === text.length) {
    const hit = document.createElement("mark");
    hit.textContent = text.slice(at, at + wanted.length);
    words.append(text.slice(0, at), hit, text.slice(at + wanted.length));
  } else words.textContent = text;
  row.append(words);
  const about = [option.parentElement.label, option.value].filter(Boolean).join(" · ");
  const small = document.createElement("small");
  small.textContent = about;
  row.append(small);
  row.role = "option";
  row.id = `${list.id}-${index}`;
  row.dataset.value = option.value;
  return row;
}

for (const select of document.querySelectorAll("select[data-picker]")) {
  const { input, list } = build(select);
  const options = [...select.options].filter((option) => option.value);
  let at = -1;
  const show = () => { input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : ""; };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const mark = (index) => {
    at = (index + list.children.length) % list.children.length;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const open = (all) => {
    const wanted = all ? "" : fold(input.value.trim());
    const found = options.filter((option) => fold(`${option.text} ${option.value}`).includes(wanted)).slice(0, 40);
    list.replaceChildren(...found.map((option, index) => drawn(option, wanted, list, index)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length) mark(0); else close();
  };
  const choose = (row) => { select.value = row.dataset.value; select.dispatchEvent(new Event("change", { bubbles: true })); show(); close(); };
  input.addEventListener("input", () => { if (!input.value.trim()) select.value = ""; open(false); });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => { if (list.hidden) open(true); });
  input.addEventListener("blur", () => { close(); show(); });
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const row = event.target.closest("li"); if (row) choose(row); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) open(true); else mark(at + (event.key === "ArrowDown" ? 1 : -1)); }
    if (event.key === "Enter" && !list.hidden) { event.preventDefault(); choose(list.children[at]); }
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); show(); }
  });
  show();
}
