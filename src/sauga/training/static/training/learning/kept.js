// A page of a course that this device keeps: what is done on it is kept here, too, and sent as soon as there is a network.
import { put, send, waiting } from "./queue.js";

const root = document.querySelector("[data-kept]");
const { kept: cache, list } = root.dataset;
const words = JSON.parse(root.dataset.words);
const note = root.querySelector("[data-came]");

const missing = (word) => { const said = root.querySelector("[data-missing]"); said.textContent = words[word]; said.hidden = false; };

async function run() {
  const came = await send(cache, list);
  const left = waiting(cache);
  root.dataset.waiting = String(left);
  if (came === "nothing") { if (!root.dataset.said) note.hidden = true; return; }
  note.hidden = false;
  if (came === "sent" || came === "signed_out") note.textContent = words[came];
  else if (left) note.textContent = words.waiting.replace("{n}", left);
  else note.textContent = `${words.refused} ${came}`;
}

for (const form of root.querySelectorAll("form[data-queue]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    put(cache, form.action, new FormData(form, event.submitter));
    const said = form.querySelector("[data-said]");
    said.textContent = words.queued;
    said.hidden = false;
    root.dataset.said = "1";
    if (event.submitter?.value === "finish") event.submitter.disabled = true;
    await run();
  });
}
const film = root.querySelector("video source");
if (film && !navigator.onLine) {
  const held = await caches.open(cache).then((one) => one.match(new URL(film.src).pathname));
  if (!held) missing("no_film");
}
// A file that is kept is handed over from here: its address lies outside of what the worker of the course answers for.
const link = root.dataset.file ? root.querySelector(`a[href="${root.dataset.file}"]`) : null;
link?.addEventListener("click", async (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  const held = await caches.open(cache).then((one) => one.match(root.dataset.file));
  if (!held) { missing("no_file"); return; }
  const copy = document.createElement("a");
  copy.href = URL.createObjectURL(await held.blob());
  copy.download = root.dataset.file.split("/").at(-2);
  copy.click();
});
addEventListener("online", run);
await run();
