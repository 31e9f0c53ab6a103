// Runs before every page of an imported package, in a frame without an origin: what its storage and cookies are, and how it reports to the page around it.
(() => {
  "use strict";
  const given = window.saugaGiven;
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const mark = "sauga:";
  const memory = () => {
    const held = new Map();
    const store = {
      getItem: (name) => (held.has(String(name)) ? held.get(String(name)) : null),
      setItem: (name, value) => { held.set(String(name), String(value)); },
      removeItem: (name) => { held.delete(String(name)); },
      clear: () => held.clear(),
      key: (n) => [...held.keys()][n] ?? null,
      get length() { return held.size; },
    };
    return store;
  };
  // A page without an origin has neither storage nor cookies; packages that ask for them should not stop for that.
  for (const name of ["localStorage", "sessionStorage"]) {
    try { window[name].getItem("x"); } catch { Object.defineProperty(window, name, { value: memory(), configurable: true }); }
  }
  try { void document.cookie; } catch { Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true }); }
  // Looking for its run-time a page climbs from frame to frame; here it stands in the page itself.
  let above = null;
  try { above = window.parent !== window && window.parent.saugaGiven ? window.parent : null; } catch { above = null; }
  if (!above) {
    try { Object.defineProperty(window, "parent", { get: () => window, configurable: true }); } catch { /* it stays as it is */ }
  }
  // A page without an origin gets captions only if its film is asked for as from another site.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        const found = node.nodeName === "TRACK" ? [node] : [...(node.querySelectorAll?.("track") ?? [])];
        for (const one of found) if (one.parentElement && !one.parentElement.crossOrigin) one.parentElement.crossOrigin = "anonymous";
      }
    }
  }).observe(document, { childList: true, subtree: true });
  // What was reported on an earlier page of the same part, when the package goes on to another page.
  let before = null;
  try {
    const held = window.name.startsWith(mark) ? JSON.parse(window.name.slice(mark.length)) : null;
    before = held && held.part === given.part ? held : null;
  } catch { before = null; }
  const run = before?.run ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => letters[n % 36]).join("");
  const started = Date.now() - (before?.spent ?? 0);
  window.saugaFrame = {
    given,
    before: before?.report ?? null,
    seconds: () => Math.round((Date.now() - started) / 1000),
    tell: (report, is_over = false) => {
      const whole = { ...report, run };
      try { window.name = mark + JSON.stringify({ part: given.part, run, spent: Date.now() - started, report }); } catch { /* too much to carry */ }
      window.top.postMessage({ sauga: "package", part: given.part, report: whole, is_over }, given.origin);
    },
    flush: () => {},
  };
  // Before the page is left it asks for what was not told yet.
  addEventListener("message", (event) => {
    if (event.source !== window.top || event.origin !== given.origin || event.data?.sauga !== "flush") return;
    window.saugaFrame.flush();
    window.top.postMessage({ sauga: "flushed" }, given.origin);
  });
})();
