// Answers for one course when there is no network, from what the learner has had kept (offline.js). COURSE comes from the view that sends
// this file. With a network nothing is answered from here but films and files, which never change; nothing is kept here either.
const PATIENCE = 6000;
const AGE = "kept-at";
const KEPT = COURSE.overview.slice(COURSE.base.length);

// What is kept, or nothing once it is too old: then it is deleted.
async function kept() {
  if (!(await caches.has(COURSE.cache))) return null;
  const cache = await caches.open(COURSE.cache);
  const since = Number(await (await cache.match(AGE))?.text());
  if (since && Date.now() - since < COURSE.days * 86_400_000) return cache;
  await caches.delete(COURSE.cache);
  return null;
}

async function page(request) {
  const late = new Promise((_done, failed) => { setTimeout(() => failed(new Error("late")), PATIENCE); });
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    const cache = await kept();
    const path = new URL(request.url).pathname;
    const own = path.endsWith(`/${KEPT}`) ? path : `${path}${KEPT}`;
    return (await cache?.match(own)) ?? (await cache?.match(COURSE.overview)) ?? Response.error();
  }
}

// A part of a film, as players ask for it.
async function slice(answer, range) {
  const [, first, last] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
  if (first === undefined) return answer;
  const whole = await answer.blob();
  const end = Math.min(last ? Number(last) : whole.size - 1, whole.size - 1);
  const headers = new Headers(answer.headers);
  headers.set("Content-Range", `bytes ${first}-${end}/${whole.size}`);
  headers.set("Content-Length", String(end - first + 1));
  return new Response(whole.slice(Number(first), end + 1), { status: 206, headers });
}

async function thing(request) {
  const held = await (await kept())?.match(new URL(request.url).pathname);
  const isHeavy = held?.headers.get("Content-Type")?.match(/^(video|audio)\/|^application\/(pdf|vnd|zip)/);
  if (held && isHeavy) return slice(held, request.headers.get("Range") ?? "");
  try {
    return await fetch(request);
  } catch {
    return held ?? Response.error();
  }
}

addEventListener("install", () => { skipWaiting(); });
addEventListener("activate", (event) => { event.waitUntil(clients.claim()); });
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") { if (pathname.startsWith(COURSE.base)) event.respondWith(page(event.request)); }
  else event.respondWith(thing(event.request));
});
