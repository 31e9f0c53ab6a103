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

function swap(fresh) {
  for (const region of regions()) {
    const twin = fresh.getElementById(region.id);
    if (!twin || twin.isEqualNode(region)) continue;
    const note = document.querySelector(`[data-live-note="${region.id}"]`);
    if (busy(region)) { if (note) note.hidden = false; continue; }
    const here = region.querySelector("[data-row].here")?.id;
    const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    for (const { id } of region.querySelectorAll("details[id][open]")) fresh.getElementById(id)?.setAttribute("open", "");
    region.replaceWith(document.adoptNode(twin));
    if (here) document.getElementById(here)?.classList.add("here");
    if (focused) twin.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
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
