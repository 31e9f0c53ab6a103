// The publish gate beside the text: leads from a finding to its field or block, and looks again when the draft has been saved.
const beside = document.querySelector("[data-gate-beside]");

async function lookAgain() {
  const answer = await fetch(beside.dataset.gateBeside, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  beside.querySelector("[data-gate-found]").replaceChildren(...found.body.childNodes);
}

const plain = (text) => text.replace(/\s+/g, " ").toLowerCase();

function words(element) {
  const fields = [...element.querySelectorAll("input:not([type=hidden]), textarea:not([hidden])")].map((one) => one.value);
  return plain([element.textContent, ...fields].join(" "));
}

// Where it is: a field, the n-th block, the innermost block or the field above the body that holds the words, or else the body.
function place({ gateField, gateBlock, gateSearch }) {
  if (gateField !== "body") return document.getElementById(gateField);
  const body = document.querySelector('[data-contentpath="body"]');
  const blocks = [...(body?.querySelectorAll("[data-streamfield-child]") ?? [])];
  if (gateBlock) return blocks.filter((one) => one.parentElement.closest("[data-streamfield-child]") === null)[gateBlock - 1] ?? body;
  const wanted = gateSearch && plain(gateSearch);
  if (!wanted) return body;
  const above = ["id_summary", "id_answer", "id_title"].map((id) => document.getElementById(id));
  return blocks.findLast((one) => words(one).includes(wanted)) ?? above.find((one) => one && plain(one.value).includes(wanted)) ?? body;
}

function show(found) {
  const tab = found.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"], [role=tab][href="#${tab.id}"]`)?.click();
  found.scrollIntoView({ block: "center" });
  const field = found.matches("input, textarea, select") ? found : found.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]");
  field?.focus({ preventScroll: true });
}

beside?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-gate-field]");
  const found = button && place(button.dataset);
  if (found) show(found);
  if (event.target.closest("[data-gate-again]")) lookAgain();
});
if (beside) document.addEventListener("w-autosave:success", lookAgain);
