// The check-in page of one event. It works from what this device keeps (local.js, store.js), decides by itself (decide.js) and sends when it
// can (sync.js): nothing has to be switched when the network comes or goes.
import { acts } from "./acts.js";
import { isOn, start, stop } from "./camera.js";
import { search } from "./decide.js";
import { opened } from "./local.js";
import { open } from "./store.js";
import { sender } from "./sync.js";
import * as view from "./view.js";

const byId = (id) => document.getElementById(id);
const root = document.querySelector("[data-checkin]");
const setup = JSON.parse(root.dataset.checkin);
const ask = root.querySelector("[data-search]");
const choices = { entrance: byId("entrance"), list: byId("list") };
const policy = globalThis.trustedTypes?.createPolicy("sauga-htmx", { createScriptURL: (url) => url });
view.prepare(setup);
const store = await open(setup.ref);
const notice = (word) => view.notice(word && view.say(word));
const local = await opened({ setup, store, choices, changed: () => draw(), notice, refused: (name, text) => act?.refuse(name || view.say("refused"), text) });
const { held } = local;
const run = sender({ setup, store, context: local.context, onNews: local.onNews, onLine: local.onLine });
const act = acts({ setup, local, run, draw: () => draw() });

// The lists are drawn anew with all news: who is in one with the keyboard stays with the same person, or comes back to the search.
function draw() {
  const row = document.activeElement?.closest("#guests li, #clashes section");
  const words = ask.elements.q.value;
  const { found, more } = local.list() ? search(held.people, words) : { found: [], more: false };
  view.found(found, { words, more, stands: local.stands, onIn: (person) => act.admit(person, "NAME"), onUndo: act.undo });
  view.clashes(held.clashes, local.nameOf, act.resolve);
  view.line(local.net, local.queue.length);
  const counts = local.counts();
  if (counts) view.counts(counts);
  const lines = [held.synced && view.say("synced", { time: view.hour(held.synced) }), held.until && view.say("kept", { time: view.hour(held.until) })];
  byId("kept").textContent = lines.filter(Boolean).join(" ");
  root.dataset.people = String(held.people.length);
  root.dataset.unsent = String(local.queue.length);
  if (row && !row.isConnected) (byId(row.id)?.querySelector("button") ?? byId("find")).focus();
}

async function look() {
  const video = byId("camera");
  if (isOn()) { stop(video); root.dataset.camera = ""; return; }
  try {
    await start(video, document.createElement("canvas"), act.scanned);
    root.dataset.camera = "on";
  } catch { notice("no_camera"); }
}

// Everything that is pressed, typed or chosen.
ask.addEventListener("submit", (event) => { event.preventDefault(); act.typed(ask.elements.q.value); draw(); });
ask.addEventListener("input", draw);
for (const choice of Object.values(choices)) choice?.addEventListener("change", async () => { await local.choose(); draw(); run(); });
byId("scan").addEventListener("click", look);
byId("find").addEventListener("click", (event) => { event.preventDefault(); ask.elements.q.focus(); });
byId("class-cancel").addEventListener("click", view.leave);
for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
for (const one of document.querySelectorAll("[data-without-script]")) one.remove();
setInterval(() => { if (held.until && Date.now() > held.until) local.forget("removed"); }, 60_000);

await local.restore();
draw();
if (!held.people.length) await local.load().catch(() => local.onLine("offline"));
await run();
if ("serviceWorker" in navigator && !root.dataset.over) {
  navigator.serviceWorker.register(policy ? policy.createScriptURL(setup.worker) : setup.worker)
    .then(async () => { await navigator.serviceWorker.ready; root.dataset.offline = "ready"; })
    .catch(() => notice("no_store"));
}
const stream = new EventSource(setup.live);
let soon = 0;
stream.onmessage = () => { clearTimeout(soon); soon = setTimeout(run, 400); };
addEventListener("pagehide", () => stream.close());
