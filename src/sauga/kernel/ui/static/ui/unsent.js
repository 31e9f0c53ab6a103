// A form is sent while text stands in another form of the page: the text goes along in the field "unsent", and the server draws it
// into its form again. Nothing is kept in the browser. Passwords, one-time codes and files stay out.
const WRITTEN = ["textarea", "text", "search", "email", "url", "tel", "number", "date", "time", "datetime-local", "month", "week"];
const LEFT_OUT = ["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset", "output", "object"];
const LONGEST = 200_000;

const chosen = (list) => [...list.options].find((one) => one.defaultSelected) ?? list.options[0];
function isChanged(field) {
  if (field.type === "select-one") return field.value !== chosen(field)?.value;
  if (field.type === "select-multiple") return [...field.options].some((one) => one.selected !== one.defaultSelected);
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
function values(field) {
  if (field.type === "select-multiple") return [...field.selectedOptions].map((one) => one.value);
  if (["checkbox", "radio"].includes(field.type)) return field.checked ? [field.value] : [];
  return [field.value];
}
function byName(fields) {
  const found = {};
  for (const field of fields) (found[field.name] ??= []).push(...values(field));
  return found;
}

// What stands in a form that was not sent. A form that came back with errors, or was filled again, holds typed text as its own.
function typedIn(form) {
  const named = [...form.elements].filter((one) => one.name && one.autocomplete !== "one-time-code");
  const seen = named.filter((one) => !LEFT_OUT.includes(one.type) && !one.readOnly);
  const isWhole = form.hasAttribute("data-unsent") || form.querySelector("[aria-invalid=true]");
  const changed = new Set(seen.filter((one) => isWhole || isChanged(one)).map((one) => one.name));
  if (!seen.some((one) => WRITTEN.includes(one.type) && changed.has(one.name) && one.value.trim())) return null;
  return {
    path: new URL(form.getAttribute("action") || location.href, location.href).pathname,
    fields: byName(seen.filter((one) => changed.has(one.name))),
    hidden: byName(named.filter((one) => one.type === "hidden" && one.name !== "unsent")),
    open: form.checkVisibility?.() ?? false,
  };
}

const isPost = (form) => form.getAttribute("method")?.toLowerCase() === "post";
function here() {
  const page = new URL(document.body.dataset.here || location.href, location.href);
  page.searchParams.delete("unsent");
  return page.pathname + page.search;
}

addEventListener("submit", (event) => {
  const sent = event.target;
  sent.querySelector("input[name=unsent]")?.remove();
  if (event.defaultPrevented || !isPost(sent) || sent.target) return;
  const forms = [...document.forms].filter((one) => one !== sent && isPost(one)).map(typedIn).filter(Boolean);
  const text = JSON.stringify({ page: here(), forms });
  if (!forms.length || text.length > LONGEST) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "unsent", value: text });
  sent.append(field);
});

// What was put back counts as typed again, so that neither the next form nor a live page takes it away.
for (const field of document.querySelectorAll("form[data-unsent] :is(input, textarea)")) {
  if (!WRITTEN.includes(field.type)) continue;
  const { value } = field;
  field.defaultValue = "";
  field.value = value;
}

// The secret in the address has been used: it opens nothing any more.
const address = new URL(location.href);
if (address.searchParams.has("unsent")) {
  address.searchParams.delete("unsent");
  history.replaceState(history.state, "", address);
}
