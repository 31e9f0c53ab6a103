// Quick exit: a link, or Esc three times within two seconds. The browser is sent on at once, straight to the harmless page and in
// place of this one in its history; the server is told to end the visit in parallel, and nobody waits for it. Without this script the
// button is a plain link, which tells first and then goes on.
// No module: it stands right after the top of the page and its stylesheets, and works before the rest has come.
"use strict";
// The link past the menu leaves no fragment behind: forms would carry it on to the next page, whose message then has not the focus.
addEventListener("hashchange", () => {
  if (location.hash === "#content") history.replaceState(history.state, "", location.pathname + location.search);
});
(() => {
  const exit = document.querySelector("a[data-leave]");
  if (!exit) return;
  const pressed = [];
  let left = false;

  function leave(event) {
    event.preventDefault();
    if (left) return;
    left = true;
    location.replace(exit.dataset.leave || exit.href);
    document.documentElement.hidden = true;
    document.title = "…";
    if (exit.dataset.leave && !navigator.sendBeacon(exit.href)) location.replace(exit.href);
  }

  addEventListener("click", (event) => {
    if (event.target.closest?.("a[data-leave]")) leave(event); // also those further down the page
  }, true);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (left) event.preventDefault(); // a fourth press would stop the browser on its way
    pressed.push(event.timeStamp);
    if (pressed.length >= 3 && event.timeStamp - pressed.at(-3) < 2000) leave(event);
  }, true);
  // Coming back with the browser's arrow must not show the page from memory. The answer to a form whose answers it carries itself
  // cannot be loaded again without the browser asking whether to send the form once more.
  addEventListener("pageshow", (event) => {
    if (event.persisted && !document.querySelector("form[data-answers]")) location.reload();
  });
})();
