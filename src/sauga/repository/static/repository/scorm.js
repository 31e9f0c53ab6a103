// Tells the learning platform (SCORM 1.2 or 2004) that the lesson is open, done, and how many answers were right. Works without one too.
(() => {
  "use strict";
  const find = (start) => {
    for (let here = start, depth = 0; here && depth < 12; depth += 1) {
      try {
        if (here.API_1484_11) return { api: here.API_1484_11, modern: true };
        if (here.API) return { api: here.API, modern: false };
      } catch { return null; }
      if (here.parent === here) break;
      here = here.parent;
    }
    return null;
  };
  const found = find(window) || (window.opener ? find(window.opener) : null);
  const say = (name, ...given) => (found ? String(found.api[(found.modern ? "" : "LMS") + name](...given)) : "false");
  const set = (old, modern, value) => say("SetValue", found && found.modern ? modern : old, String(value));
  let open = say("Initialize", "") === "true";
  let done = false;
  const started = Date.now();
  if (open) {
    const before = say("GetValue", found.modern ? "cmi.completion_status" : "cmi.core.lesson_status");
    done = ["completed", "passed"].includes(before);
    if (!done) {
      set("cmi.core.lesson_status", "cmi.completion_status", "incomplete");
      say("Commit", "");
    }
  }
  const finish = () => {
    if (open && !done) {
      done = true;
      set("cmi.core.lesson_status", "cmi.completion_status", "completed");
      say("Commit", "");
    }
    const words = document.querySelector("[data-finished]");
    if (words) words.textContent = words.dataset.words;
  };
  const time = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    const two = (n) => String(n).padStart(2, "0");
    return found.modern ? `PT${seconds}S` : `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  document.addEventListener("copy:checked", (event) => {
    if (!open) return;
    const { right, all } = event.detail;
    const share = all ? right / all : 0;
    set("cmi.core.score.min", "cmi.score.min", 0);
    set("cmi.core.score.max", "cmi.score.max", 100);
    set("cmi.core.score.raw", "cmi.score.raw", Math.round(share * 100));
    if (found.modern) {
      say("SetValue", "cmi.score.scaled", share.toFixed(2));
      say("SetValue", "cmi.success_status", share >= 0.5 ? "passed" : "failed");
    }
    finish();
  });
  document.querySelectorAll("[data-finish]").forEach((button) => button.addEventListener("click", finish));
  window.addEventListener("pagehide", () => {
    if (!open) return;
    open = false;
    set("cmi.core.session_time", "cmi.session_time", time());
    set("cmi.core.exit", "cmi.exit", done ? (found.modern ? "normal" : "") : "suspend");
    say("Commit", "");
    say(found.modern ? "Terminate" : "Finish", "");
  });
})();
