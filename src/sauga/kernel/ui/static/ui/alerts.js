// The bell and the bar of urgent alerts: every [data-alerts="address"] with an id is fetched again when something about this person's
// notifications changes. One page of the browser holds the stream and tells the others, because a browser opens few connections to one site.
import { ring, settings } from "./alert-sound.js";

const bar = () => document.getElementById("urgents");
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("sauga-alerts") : null;
const shown = () => [...document.querySelectorAll("[data-alerts]")].filter((region) => region.matches("#urgents, #bell")).map((region) => region.dataset.version).join("|");
let [running, again, leads] = [false, false, false];

// Parsed by the browser as a document of its own: nothing in it runs, and no text becomes markup here.
function load(address) {
  return new Promise((done) => {
    const ask = new XMLHttpRequest();
    ask.open("GET", address);
    ask.responseType = "document";
    ask.setRequestHeader("X-Sauga-Background", "1");
    ask.onload = () => done(ask.status === 200 ? ask.response : null);
    ask.onerror = () => done(null);
    ask.send();
  });
}

function swap(region, fresh) {
  const twin = fresh.getElementById(region.id);
  if (!twin || twin.dataset.version === region.dataset.version) return;
  if (region.open) twin.open = true;
  const focused = region.contains(document.activeElement) && document.activeElement.dataset.ack !== undefined;
  region.replaceWith(document.adoptNode(twin));
  if (focused) twin.querySelector("[data-ack]")?.focus({ preventScroll: true });
}

async function renew() {
  if (running) { again = true; return; }
  running = true;
  for (const source of new Set([...document.querySelectorAll("[data-alerts]")].map((region) => region.dataset.alerts))) {
    const fresh = await load(source);
    if (!fresh) continue;
    for (const region of document.querySelectorAll(`[data-alerts="${CSS.escape(source)}"]`)) swap(region, fresh);
  }
  dress();
  running = false;
  if (again) { again = false; renew(); }
}

function dress() {
  settings(document.getElementById("bell"));
  count();
  ring(bar());
}

function count() {
  for (const clock of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.round((new Date(clock.dataset.until) - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}

function tell() { others?.postMessage("renew"); renew(); }

function listen(ended) {
  leads = true;
  const stream = new EventSource(`${bar().dataset.stream}?${new URLSearchParams({ c: bar().dataset.channel })}`);
  stream.onmessage = tell;
  stream.onerror = () => { // an answer that is no stream (signed out) closes it for good: another page may try, and this one later
    if (stream.readyState !== EventSource.CLOSED) return;
    leads = false;
    setTimeout(ended, 5000);
  };
  addEventListener("pagehide", () => stream.close());
}

async function lead() {
  for (;;) await navigator.locks.request("sauga-alerts", () => new Promise(listen));
}

function alone() { listen(alone); }

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-alert-act]");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Sauga-Alert": "1" }, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.reload(); // signed out meanwhile
  else if (answer && (answer.ok || answer.status === 409)) tell();
  else form.append(form.querySelector("[role=alert]") ? "" : Object.assign(document.createElement("b"), { role: "alert", textContent: bar().dataset.failed }));
});
document.addEventListener("keydown", (event) => {
  const button = event.key === "F9" && document.querySelector("[data-ack]");
  if (button) { event.preventDefault(); button.click(); }
}, true);

if (bar()) {
  // A page that has just been opened says what it shows; the one with the stream answers when it knows better.
  others?.addEventListener("message", ({ data }) => { if (data === "renew") renew(); else if (leads && (running || data !== shown())) others.postMessage("renew"); });
  if (navigator.locks && others) { others.postMessage(shown()); lead(); } else alone();
  dress();
  setInterval(count, 1000);
}
