// Saves what is written in a course as a draft: shortly after typing stops, and when the page is left. Without it the button does the same.
const QUIET_MS = 2000;

const root = document.querySelector("[data-keep]");
for (const form of root?.querySelectorAll("form[data-draft]") ?? []) {
  const status = form.querySelector("[data-draft-said]");
  const drop = form.querySelector("[value=drop-draft]");
  let timer = 0;
  let isChanged = false;
  let isSent = false;
  let running = null;

  async function save(keepalive = false) {
    clearTimeout(timer);
    if (isSent || !isChanged || running) return; // one at a time, so that an older text never arrives last
    isChanged = false;
    const body = new FormData(form);
    body.set("do", "save-draft");
    running = new AbortController();
    try {
      const answer = await fetch(root.dataset.keep, { method: "POST", body, redirect: "manual", keepalive, signal: running.signal });
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      const { said, is_kept: isKept } = await answer.json();
      if (isSent) return;
      status.textContent = said;
      if (answer.ok) drop.hidden = !isKept;
    } catch {
      if (isSent) return;
      isChanged = true;
      status.textContent = status.dataset.failed;
      return;
    } finally {
      running = null;
    }
    if (isChanged) wait();
  }
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => save(), QUIET_MS); };

  form.addEventListener("input", () => { isChanged = true; wait(); });
  form.addEventListener("submit", () => { isSent = true; clearTimeout(timer); running?.abort(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  addEventListener("online", () => save());
  addEventListener("pageshow", (event) => { if (event.persisted) isSent = false; });
}
