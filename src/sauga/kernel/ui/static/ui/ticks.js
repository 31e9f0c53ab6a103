// Ticked rows: the bar appears with the first tick and counts; the box in the head ticks the page, Shift ticks from the last one to here.
const bar = document.querySelector("[data-ticks]");
const head = () => document.querySelector("[data-tick-all]");
const boxes = () => [...document.querySelectorAll("[data-rows] input[type=checkbox]")];
let last = null;

function show() {
  const all = boxes();
  const ticked = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr").classList.toggle("chosen", box.checked);
  bar.hidden = !ticked.length;
  bar.querySelector("[data-ticked]").textContent = ticked.length;
  bar.querySelector("[data-of]").textContent = all.length;
  for (const button of bar.querySelectorAll("[data-at-least]")) button.disabled = ticked.length < Number(button.dataset.atLeast);
  const top = head();
  if (top) { top.closest("label").hidden = false; top.checked = ticked.length === all.length && all.length > 0; top.indeterminate = ticked.length > 0 && ticked.length < all.length; }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-rows] input[type=checkbox]");
  if (!box) return;
  const all = boxes();
  const from = all.indexOf(last);
  const to = all.indexOf(box);
  if (event.shiftKey && from >= 0) for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = box.checked;
  last = box;
  show();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) for (const box of boxes()) box.checked = event.target.checked;
  show();
});
bar.querySelector("[data-untick]").addEventListener("click", () => {
  for (const box of boxes()) box.checked = false;
  show();
});
new MutationObserver(() => show()).observe(document.getElementById("list").parentElement, { childList: true });
addEventListener("pageshow", show);
bar.classList.add("live");
for (const shown of bar.querySelectorAll("[data-with-script]")) shown.hidden = false;
show();
