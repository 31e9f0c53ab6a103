// Live pages of the desk: every [data-live="channel"] with an id is fetched again when its channel says that something changed.
// A page that answers a post names its own address in body[data-here]; the post's address shows nothing to be fetched.
// A region in which someone types, decides or has ticked rows is left alone; its [data-live-note] offers the news instead.
const regions = () => [...document.querySelectorAll("[data-live][id]")];
const policy = globalThis.trustedTypes?.createPolicy("sauga-htmx", { createHTML: (text) => text });
const offline = document.querySelector("[data-offline]");
let running = false;
let again = false;
let over = false; // the address answers posts only: asking again and again would tell nothing

const busy = (region) => region.querySelector("input[type=checkbox]:checked, .confirm-box[open], dialog[open]") || (region.contains(document.activeElement) && document.activeElement.matches("input, textarea, select"));

// The part of the new region that stands for a part of the old one.
const key = (part) => part.id || (part.type === "radio" ? part.name + part.value : part.name) || part.getAttribute("href") || (part.querySelector("summary") ?? part).textContent.trim();
const twinOf = (part, twin) => [...twin.querySelectorAll(part.tagName)].find((one) => key(one) === key(part) && one.form?.action === part.form?.action);
const chosen = (list) => [...list.options].find((one) => one.defaultSelected) ?? list.options[0];
const isChanged = (field) => {
  if (field.tagName === "SELECT") return field.value !== chosen(field)?.value;
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return !["hidden", "submit", "button", "file"].includes(field.type) && field.value !== field.defaultValue;
};

// What somebody has opened, typed, scrolled to or focused goes over into the new region.
function carryOver(region, twin) {
  for (const opened of region.querySelectorAll("details[open]")) twinOf(opened, twin)?.setAttribute("open", "");
  const typed = [...region.querySelectorAll("input, textarea, select")].filter(isChanged).map((field) => [twinOf(field, twin), field]);
  const windows = [...region.querySelectorAll(".scroll")].map((one, n) => [twin.querySelectorAll(".scroll")[n], one.scrollLeft, one.scrollTop]);
  const focused = region.contains(document.activeElement) ? twinOf(document.activeElement, twin) : null;
  const here = region.querySelector("[data-row].here")?.id;
  region.replaceWith(document.adoptNode(twin));
  for (const [field, { value, checked }] of typed) if (field) Object.assign(field, { value, checked });
  for (const [one, left, top] of windows) one?.scrollTo({ left, top, behavior: "instant" });
  if (here) document.getElementById(here)?.classList.add("here");
  focused?.focus({ preventScroll: true });
}

function swap(fresh) {
  for (const region of regions()) {
    const twin = fresh.getElementById(region.id);
    if (!twin || twin.isEqualNode(region)) continue;
    const note = document.querySelector(`[data-live-note="${region.id}"]`);
    if (busy(region)) { if (note) note.hidden = false; continue; }
    carryOver(region, twin);
    if (note) note.hidden = true;
  }
}

async function refresh() {
  if (over) return;
  if (running) { again = true; return; }
  running = true;
  try {
    const answer = await fetch(document.body.dataset.here || location.href, { headers: { "X-Live": "1", "X-Sauga-Background": "1" } });
    over = answer.status === 405;
    if (answer.ok && !answer.redirected) {
      const text = await answer.text();
      swap(new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html"));
    }
  } catch { if (offline) offline.hidden = false; }
  running = false;
  if (again) { again = false; setTimeout(refresh, 250); }
}

if (regions().length) {
  const channels = [...new Set(regions().flatMap((region) => region.dataset.live.split(" ")))];
  const stream = new EventSource(`/desk/live/?${new URLSearchParams(channels.map((channel) => ["c", channel]))}`);
  let dropped = false;
  stream.onmessage = refresh;
  stream.onopen = () => { if (offline) offline.hidden = true; if (dropped) refresh(); dropped = false; };
  stream.onerror = () => { dropped = true; if (offline) offline.hidden = false; };
  addEventListener("pagehide", () => stream.close());
}
