// Sends what waits and takes what the others have scanned. A failed attempt changes nothing: the queue is emptied only by the server's
// answer, and the same scan sent twice is one scan there.
const BATCH = 200;
const LONGEST_PAUSE = 30_000;

export function sender({ setup, store, context, onNews, onLine }) {
  let running = null;
  let again = false;
  let pause = 1500;
  let timer = 0;

  async function once() {
    const queue = await store.queue();
    const scans = queue.sort((a, b) => a.at - b.at).slice(0, BATCH);
    const { device, entrance, list, since } = context();
    const body = JSON.stringify({ device, entrance, list, since, sent: Date.now(), unsent: queue.length - scans.length, scans });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": context().token, ...(scans.length ? {} : { "X-Sauga-Background": "1" }) };
    const answer = await fetch(setup.sync, { method: "POST", body, headers, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 404) return onLine("signed_out");
    if (answer.status === 403) return onLine("stale");
    if (answer.status === 422) return onLine("refused", (await answer.json()).error); // a newer page is needed; what waits stays
    if (!answer.ok) throw new Error("server");
    const news = await answer.json();
    await store.sent(Object.keys(news.outcomes));
    await onNews(news, scans, list);
    onLine("online");
    if (queue.length > scans.length) again = true;
  }

  async function run() {
    if (running) { again = true; return running; }
    running = (async () => {
      do {
        again = false;
        try {
          await once();
          pause = 1500;
        } catch {
          onLine("offline");
          pause = Math.min(pause * 1.6, LONGEST_PAUSE);
        }
      } while (again);
      clearTimeout(timer);
      timer = setTimeout(run, (await store.queue()).length ? pause : 15_000);
    })().finally(() => { running = null; });
    return running;
  }
  addEventListener("online", () => { pause = 1500; run(); });
  addEventListener("visibilitychange", () => { if (!document.hidden) run(); });
  return run;
}

// The list of people, from the server.
export async function loaded(setup) {
  const answer = await fetch(setup.people, { redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect" || answer.status === 404) return { gone: true };
  if (!answer.ok) throw new Error("server");
  return answer.json();
}
