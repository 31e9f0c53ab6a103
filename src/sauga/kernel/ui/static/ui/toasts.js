// What an action has done, said on the page after it. The message has the focus from the start (autofocus), so that Tab goes on from
// there: to "Undo", then to the content. A fragment in the address comes before that: where it names a button or a link, the focus
// stays on it and the message is said, for what stands in a live region from the beginning is not; elsewhere the message gets it.
function show() {
  const toast = document.querySelector(".toasts .toast");
  if (document.activeElement === document.body) toast?.focus({ preventScroll: true });
  else if (document.activeElement !== toast) for (const said of document.querySelectorAll(".toasts .toast > span")) said.replaceWith(said.cloneNode(true));
}
const soon = () => setTimeout(show, 50); // the browser goes to a fragment only after the page has come
if (location.hash) { if (document.readyState === "complete") soon(); else addEventListener("load", soon); }
// The link past the menu leaves no fragment behind: forms would carry it on to the next page.
addEventListener("hashchange", () => { if (location.hash === "#content") history.replaceState(history.state, "", location.pathname + location.search); });
