// On the page of a course: keeps its pages, and the films and files that are ticked, on this device; says what is kept; removes it.
import { send, waiting } from "./queue.js";

const root = document.querySelector("[data-offline]");
const { cache: name, list, worker } = root.dataset;
const words = JSON.parse(root.dataset.words);
const find = (mark) => root.querySelector(`[data-${mark}]`);
const say = (word, facts = {}) => { find("status").textContent = words[word].replace(/\{(\w+)\}/g, (_all, key) => facts[key] ?? ""); };
const policy = globalThis.trustedTypes?.createPolicy("sauga-offline", { createScriptURL: (url) => url });
const paths = (text, pattern) => [...text.matchAll(pattern)].map(([, path]) => path);
const megabytes = (bytes) => (bytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

async function stored(cache, path) {
  const answer = await fetch(path, { redirect: "error", cache: "reload" });
  if (!answer.ok) throw new Error(path);
  await cache.put(new URL(path, location.href).pathname, answer.clone());
  return answer;
}

// A page with the styles, scripts and fonts that it is drawn with.
async function pageWithParts(cache, path, seen) {
  const text = await (await stored(cache, path)).text();
  const wanted = paths(text, /(?:href|src)="(\/static\/[^"]+)"/g);
  while (wanted.length) {
    const one = new URL(wanted.pop(), location.href);
    if (seen.has(one.pathname)) continue;
    seen.add(one.pathname);
    const answer = await stored(cache, one.href);
    const pattern = one.pathname.endsWith(".css") ? /url\(["']?([^"')]+)/g : one.pathname.endsWith(".js") ? /from "([^"]+)"/g : null;
    if (pattern) for (const inner of paths(await answer.text(), pattern)) if (!inner.startsWith("data:")) wanted.push(new URL(inner, one).href);
  }
}

async function keep(asked) {
  const ticked = new Set([...root.querySelectorAll("[name=heavy]:checked")].map((box) => box.value));
  const heavy = asked.heavy.filter((one) => ticked.has(one.urls[0]));
  await caches.delete(name);
  const cache = await caches.open(name);
  const seen = new Set();
  const all = asked.pages.length + heavy.length;
  let done = 0;
  for (const path of asked.pages) { say("working", { done: ++done, all }); await pageWithParts(cache, path, seen); }
  for (const one of heavy) { say("working", { done: ++done, all }); for (const path of one.urls) await stored(cache, path); }
  await cache.put("kept-at", new Response(String(Date.now())));
  await navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker);
  await navigator.serviceWorker.ready;
}

async function remove() {
  await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) if (one.active?.scriptURL.endsWith(worker)) await one.unregister();
}

async function show(asked) {
  const cache = (await caches.has(name)) ? await caches.open(name) : null;
  const since = Number(await (await cache?.match(new URL("kept-at", location.href).pathname))?.text());
  find("remove").hidden = !cache;
  root.dataset.offline = since ? "kept" : "none";
  if (!since) { say("none"); return; }
  let size = 0;
  for (const answer of await cache.matchAll()) size += (await answer.blob()).size;
  const films = (await Promise.all(asked.heavy.map((one) => cache.match(one.urls[0])))).filter(Boolean).length;
  const day = new Date(since).toLocaleDateString(document.documentElement.lang);
  say("kept", { day, pages: asked.pages.length, films, size: megabytes(size) });
}

function choices(asked) {
  for (const one of asked.heavy) {
    const line = find("choice").content.firstElementChild.cloneNode(true);
    line.querySelector("input").value = one.urls[0];
    line.querySelector("span").textContent = `${one.title} (${megabytes(one.size)} MB)`;
    find("choices").append(line);
  }
  find("heavy").hidden = !asked.heavy.length;
}

if ("serviceWorker" in navigator && globalThis.caches) {
  root.hidden = false;
  const answer = await fetch(list, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    const asked = await answer.json();
    choices(asked);
    await show(asked);
    find("keep-course").addEventListener("click", async () => {
      find("keep-course").disabled = true;
      try { await keep(asked); await show(asked); } catch { await remove(); say("failed"); find("remove").hidden = true; }
      find("keep-course").disabled = false;
    });
    find("remove").addEventListener("click", async () => { await remove(); await show(asked); say("removed"); });
  }
  const came = await send(name, list);
  if (came !== "nothing") {
    const note = document.querySelector("[data-came]");
    note.hidden = false;
    note.textContent = words[came] ?? (waiting(name) ? words.waiting.replace("{n}", waiting(name)) : `${words.refused} ${came}`);
    root.dataset.came = came;
  }
}
