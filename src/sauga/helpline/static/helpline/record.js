// The record: the topic fills in what the mapping proposes (a person confirms by saving), a platform says what kind of place it is,
// what belongs to the internet shows only when the internet played a part. Ctrl S saves, Ctrl 0 closes without counselling.
const form = document.querySelector("[data-record]");
const field = (name) => form.elements.namedItem(name);
const part = form?.querySelector("[data-online-part]");

// Lists with type-ahead show what their select holds after a change made here.
function set(select, value) {
  if (!select || select.value === value) return;
  select.value = value;
  const search = document.getElementById(`${select.id}-search`);
  if (search) search.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
}

function answer() {
  return [...form.querySelectorAll("[name=internet]")].find((radio) => radio.checked)?.value || "";
}

function online() {
  const yes = answer() === "YES";
  part.hidden = !yes;
  if (!yes) {
    for (const name of ["insafe", "place", "platform", "harm_detail"]) set(field(name), "");
    for (const option of field("more_insafe").selectedOptions) option.selected = false;
  } else propose();
}

function propose() {
  const chosen = field("topic").selectedOptions[0];
  const first = chosen?.dataset.insafe?.split(" ")[0];
  if (first && answer() === "YES" && !field("insafe").value) set(field("insafe"), first);
  if (answer() === "YES" && !field("place").value && field("platform").selectedOptions[0]?.dataset.place) set(field("place"), field("platform").selectedOptions[0].dataset.place);
}

if (form && part) {
  field("topic").addEventListener("change", () => {
    if ("online" in (field("topic").selectedOptions[0]?.dataset || {})) { const yes = form.querySelector("[name=internet][value=YES]"); yes.checked = true; }
    set(field("insafe"), "");
    online();
  });
  for (const radio of form.querySelectorAll("[name=internet]")) radio.addEventListener("change", online);
  field("platform").addEventListener("change", propose);
  field("age_year").addEventListener("input", () => { if (field("age_year").value) field("age_band").value = ""; });
  field("age_band").addEventListener("change", () => { if (field("age_band").value) field("age_year").value = ""; });
  online();
  // After the page has come to its #record: the browser takes the focus away when it scrolls there.
  const begin = () => {
    const busy = document.querySelector("[data-composer] textarea") || form.querySelector(".error");
    if (!busy && (location.hash === "#record" || document.querySelector(".record-page"))) field(field("caller_role").value ? "age_year" : "caller_role").focus();
  };
  if (document.readyState === "complete") begin(); else addEventListener("load", () => setTimeout(begin, 50));
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key.toLowerCase() === "s") { event.preventDefault(); form.requestSubmit(form.querySelector("[data-save]")); }
    if (event.key === "0") { event.preventDefault(); const more = document.querySelector("details.nondata"); if (more) { more.open = true; more.querySelector("select").focus(); } }
  });
}
