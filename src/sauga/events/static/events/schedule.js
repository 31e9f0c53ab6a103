// The schedule editor: a card is picked up by its handle, with the pointer or with Enter, and dropped by sending its own form. What
// stands against a place is asked of the server, which refuses it by the same rules. Without a script the forms do the same.
import { STEP, boardAt, boards, cardOf, first, isOver, last, layOut, places, under, wide } from "./schedule-board.js";
import { mark, say, unmark, words } from "./schedule-drop.js";

const outside = () => document.querySelector("[data-unscheduled]");
let held = null; // what is picked up, and where it would be dropped

function draw() {
  layOut();
  if (!held) return;
  const card = cardOf(held.ref);
  if (card?.dataset.seen !== held.seen) { release(); say(words("Changed")); } else { card.classList.add("held"); show(); }
}

function show() {
  outside().classList.toggle("target", Boolean(held?.out));
  if (held && !held.out) mark(held); else unmark();
}

function pick(card, by) {
  const { card: ref, title, seen, minutes, check, starts } = card.dataset;
  held = { ref, title, seen, check, by, minutes: +minutes, at: starts ? Date.parse(starts) : first(boards()[0]), place: card.dataset.in, out: !starts && by === "pointer" };
  card.classList.add("held");
  say(`${words("Held")}: ${title}`);
  show();
}

function release(text = "") {
  if (!held) return;
  cardOf(held.ref)?.classList.remove("held");
  held = null;
  show();
  if (text) say(text);
}

function send() {
  const form = cardOf(held.ref).querySelector("[data-move]"), { at, place, out, seen } = held;
  Object.assign(form.elements.instant, { value: new Date(at).toISOString() });
  Object.assign(form.elements.place, { value: place });
  Object.assign(form.elements.seen, { value: seen });
  if (out) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "unschedule" }));
  release();
  form.requestSubmit();
}

function byArrow(key, isFar) {
  const all = places(), here = all.findIndex((one) => one.ref === held.place), day = boards().indexOf(boardAt(held.at));
  if (key === "ArrowLeft" || key === "ArrowRight") held.place = all[(here + (key === "ArrowLeft" ? all.length - 1 : 1)) % all.length].ref;
  else {
    const up = key === "ArrowUp", at = held.at + (up ? -1 : 1) * (isFar ? 12 : 1) * STEP, next = boards()[day + (up ? -1 : 1)];
    if (boardAt(at)) held.at = at; else if (next) held.at = up ? last(next) - STEP : first(next); // over the edge of a day
  }
  show();
}

const KEYS = { Enter: send, " ": send, Escape: () => release(`${words("Left")}: ${held.title}`), Delete: () => { held.out = true; send(); } };
document.addEventListener("keydown", (event) => {
  const grip = event.target.closest("[data-grip]"), { key } = event;
  if (held ? !(key in KEYS || key.startsWith("Arrow")) : !grip || !["Enter", " "].includes(key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!held) pick(grip.closest("[data-card]"), "key"); else if (key in KEYS) KEYS[key](); else byArrow(key, event.shiftKey);
}, true);

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]"), card = grip?.closest("[data-card]");
  if (!grip || event.button || !wide.matches) return;
  release();
  grip.setPointerCapture(event.pointerId);
  pick(card, "pointer");
  held.off = event.clientY - card.getBoundingClientRect().top;
});
document.addEventListener("pointermove", (event) => {
  if (held?.by !== "pointer") return;
  const { at, place, out } = held;
  Object.assign(held, { out: isOver(outside(), event) }, under(event, held.off));
  if (at !== held.at || place !== held.place || out !== held.out) show();
});
document.addEventListener("pointerup", () => {
  if (held?.by !== "pointer") return;
  const { starts, in: place } = cardOf(held.ref).dataset;
  if (held.out ? !starts : starts && Date.parse(starts) === held.at && place === held.place) release(); else send();
});
document.addEventListener("pointercancel", () => release());
wide.addEventListener("change", draw);
const isNew = (change) => [...change.addedNodes].some((node) => node.id === "schedule");
new MutationObserver((changes) => { if (changes.some(isNew)) draw(); }).observe(document.getElementById("content"), { childList: true });
draw();
// The browser takes the focus away while it goes to the card; after that its handle gets it.
if (/^#s-[\w-]+$/.test(location.hash)) addEventListener("load", () => setTimeout(() => document.querySelector(`${location.hash} [data-grip]`)?.focus()));
const toast = document.querySelector(".toasts .toast span")?.textContent.trim();
if (toast) setTimeout(() => say(toast), 100);
