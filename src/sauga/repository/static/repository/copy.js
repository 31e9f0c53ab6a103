// A partner's version: checks answers, prints, and asks from time to time whether this copy may still be used. Nothing about the reader is sent.
(() => {
  "use strict";
  const each = (what, act) => document.querySelectorAll(what).forEach(act);
  each("[data-needs-script]", (part) => { part.hidden = false; });
  each("[data-answers]", (part) => { part.hidden = true; });
  each("[data-print]", (button) => button.addEventListener("click", () => window.print()));

  const questions = [...document.querySelectorAll("[data-question]")];
  const right = (question) =>
    [...question.querySelectorAll("input")].every((input) => input.checked === input.hasAttribute("data-right"));
  each("[data-check]", (button) => button.addEventListener("click", () => {
    const score = document.querySelector("[data-score]");
    const good = questions.filter(right);
    questions.forEach((question) => {
      question.querySelector("[data-verdict]").textContent = right(question) ? `✓ ${score.dataset.good}` : `– ${score.dataset.bad}`;
    });
    score.textContent = score.dataset.words.replace("{right}", good.length).replace("{all}", questions.length);
    document.dispatchEvent(new CustomEvent("copy:checked", { detail: { right: good.length, all: questions.length } }));
  }));

  const EVERY = 50000;
  const address = document.body.dataset.status;
  const banner = document.querySelector("[data-banner]");
  const told = (answer) => {
    banner.textContent = answer.state === "active" ? "" : (answer.words || document.body.dataset.gone);
    document.body.classList.toggle("stopped", answer.state !== "active");
    (answer.hide || []).forEach((ref) => each(`[data-section="${CSS.escape(ref)}"]`, (section) => { section.hidden = true; }));
  };
  const ask = () => {
    if (!address || navigator.onLine === false) return;
    fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" })
      .then((response) => (response.ok || response.status === 410 ? response.json() : null))
      .then((answer) => { if (answer) told(answer); })
      .catch(() => { /* without a network the copy stays as it is */ });
  };
  if (address) { ask(); setInterval(ask, EVERY); }
})();
