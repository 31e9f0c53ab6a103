// The page around an imported package: takes its reports from the frame, saves them one after the other, and says what became of them.
const box = document.querySelector("[data-package]");
if (box) {
  const frame = box.querySelector("iframe");
  const said = box.querySelector("[data-package-said]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const words = box.dataset;
  let next = null;
  let saving = null;
  let last = "";
  let flushed = () => {};
  const is_ours = (source) => {
    for (let here = source, depth = 0; here && depth < 6; depth += 1) {
      if (here === frame.contentWindow) return true;
      if (here === here.parent) return false;
      here = here.parent;
    }
    return false;
  };
  const say = (text) => { if (said && said.textContent !== text) said.textContent = text; };
  const save = async () => {
    if (saving || !next) return;
    const report = next;
    next = null;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("part", words.part);
    body.set("report", report);
    saving = fetch(words.package, { method: "POST", body, keepalive: report.length < 50000 });
    try {
      const answer = await saving;
      if (answer.ok) {
        const now = await answer.json();
        say(now.text);
        for (const one of document.querySelectorAll("[data-package-next]")) one.hidden = !now.done;
      } else {
        say(words.refused);
      }
    } catch {
      next ??= report;
      say(words.failed);
      setTimeout(save, 5000);
    }
    saving = null;
    if (next && navigator.onLine) setTimeout(save, 300);
  };
  const seen = (report) => {
    const text = JSON.stringify(report);
    if (text === last) return;
    last = text;
    if (words.package) {
      next = text;
      save();
    } else if (words.reported) {
      say(`${words.reported} ${report.status ?? ""} ${report.success ?? ""} ${report.scaled ?? report.raw ?? ""}`);
    }
  };
  addEventListener("message", (event) => {
    if (event.origin !== "null" || !is_ours(event.source)) return;
    if (event.data?.sauga === "flushed") flushed();
    if (event.data?.sauga !== "package") return;
    if (event.data.part === words.part && typeof event.data.report === "object") seen(event.data.report);
  });
  if (words.asset) frame.addEventListener("load", () => seen({ run: "opened00", opened: true }));
  const until = (begin, ms) => new Promise((done) => { setTimeout(done, ms); begin(done); });
  // Before the page is left the frame tells what it has not told yet, and is emptied: many packages report when they are closed.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button || link.target || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (last && !words.asset) await until((done) => { flushed = done; frame.contentWindow.postMessage({ sauga: "flush" }, "*"); }, 3000);
    await until((done) => { frame.addEventListener("load", done, { once: true }); frame.src = "about:blank"; }, 3000);
    await until(() => {}, 100);
    for (let tries = 0; (saving || next) && tries < 60; tries += 1) {
      save();
      await until(() => {}, 100);
    }
    location.href = link.href;
  });
  const wide = box.querySelector("[data-package-wide]");
  if (wide && frame.requestFullscreen) {
    wide.hidden = false;
    wide.addEventListener("click", () => frame.requestFullscreen());
  }
  frame.hidden = false;
  frame.src = words.src;
}
