// Serves the check-in page of one event, and what it is drawn with, when there is no network. SHELL comes from the view that sends this
// file. Everything else of the desk passes by: no other page, no list of people and no answer is ever kept here.
const isShell = (url) => url.origin === location.origin && url.pathname === SHELL.page;
const isAsset = (url) => url.origin === location.origin && SHELL.assets.includes(url.pathname);
const PATIENCE = 4000;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL.cache);
    await cache.addAll(SHELL.assets.map((path) => new Request(path, { cache: "reload" })));
    await keep(cache, await fetch(SHELL.page, { cache: "no-store" }));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(SHELL.family) && name !== SHELL.cache) await caches.delete(name);
    await clients.claim();
  })());
});

// Kept only as what it is: the page itself, not the way to signing in.
async function keep(cache, answer) {
  if (answer.ok && !answer.redirected && isShell(new URL(answer.url))) await cache.put(SHELL.page, answer);
  else throw new Error("not the page");
}

async function page(request) {
  const cache = await caches.open(SHELL.cache);
  const late = new Promise((_done, failed) => { setTimeout(() => failed(new Error("late")), PATIENCE); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer.ok && !answer.redirected && answer.type === "basic" && !new URL(request.url).search) await keep(cache, answer.clone());
    return answer;
  } catch {
    return (await cache.match(SHELL.page)) ?? Response.error();
  }
}

async function asset(request) {
  const cache = await caches.open(SHELL.cache);
  return (await cache.match(new URL(request.url).pathname)) ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && isShell(url)) event.respondWith(page(event.request));
  else if (isAsset(url)) event.respondWith(asset(event.request));
});

addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(caches.delete(SHELL.cache).then(() => registration.unregister()));
});
