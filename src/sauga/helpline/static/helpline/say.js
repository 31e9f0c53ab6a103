// Sending a message: it stands in the thread at once as “sending”, goes out in order, and comes back into the field when it cannot be sent.
// Each has a nonce, so that trying again after a lost answer stores it once.
const composer = document.querySelector("#composer"), field = composer.querySelector("textarea"), said = document.querySelector("#say-error");
const place = document.querySelector("#line").dataset, down = document.querySelector("#down");
const waiting = [];
let busy = false, typed = 0;

const tell = (kind, detail) => document.dispatchEvent(new CustomEvent(`line:${kind}`, { detail }));
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function complain(words) {
  said.textContent = words;
  said.hidden = !words;
}

function giveBack(message, words) {
  tell("unsent", message);
  field.value = field.value ? `${message.text}\n${field.value}` : message.text;
  complain(words);
}

async function post(message) {
  for (let tries = 0; ; tries += 1) {
    try {
      const body = new URLSearchParams({ text: message.text, nonce: message.nonce });
      const answer = await fetch(place.say, { method: "POST", body });
      if (answer.ok) return tell("sent", { nonce: message.nonce, number: (await answer.json()).number });
      if (answer.status === 404 || answer.status === 409) { giveBack(message, ""); return tell("over", {}); }
      if (answer.status < 500 && answer.status !== 429) return giveBack(message, field.dataset.tooLong);
    } catch { down.hidden = false; }
    await pause(Math.min(500 * 2 ** tries, 5000));
  }
}

// What a message seems to tell about its writer is said once, before it goes; the next press sends it whatever it holds.
const hint = document.querySelector("#say-hint");
const TELLS = {
  code: /(?<!\d)[3-6]\d{10}(?!\d)/,
  number: /(?<![\d+])(?:\+?370|8|0)?[\s.()-]*6(?:[\s.-]*\d){7}(?!\d)|[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  where: /\p{Lu}\p{L}+\s(?:g|pr|al|pl)\.\s?\d|(?<!\d)\d{1,2}\s?[a-h]\s?klas/iu,
  name: /(?:mano vardas|vadinuosi|my name is)\s+(?:yra\s+)?\p{Lu}/u,
};
let hinted = false;

function tells(text) {
  if (!hint || hinted) return false;
  const found = Object.keys(TELLS).filter((kind) => TELLS[kind].test(text));
  for (const line of hint.querySelectorAll("[data-hint]")) line.hidden = !found.includes(line.dataset.hint);
  hint.hidden = !found.length;
  hinted = found.length > 0;
  return hinted;
}

async function send() {
  if (busy) return;
  busy = true;
  while (waiting.length) await post(waiting.shift());
  busy = false;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  complain("");
  if (!text) return field.focus();
  if (text.length > Number(field.dataset.longest)) return complain(field.dataset.tooLong);
  if (tells(text)) return field.focus();
  hinted = false;
  if (hint) hint.hidden = true;
  const message = { text, nonce: nonce() };
  field.value = "";
  tell("mine", message);
  waiting.push(message);
  send();
  field.focus();
});

field.addEventListener("keydown", (event) => {
  // On a keyboard Enter sends and Shift+Enter begins a new row; on a phone Enter is a new row and the button sends.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  composer.requestSubmit(composer.querySelector("button[value=say]"));
});
field.addEventListener("input", (event) => {
  if (event.timeStamp - typed < 3000 || !field.value) return;
  typed = event.timeStamp;
  fetch(place.typing, { method: "POST" }).catch(() => {});
});
document.addEventListener("line:up", () => { down.hidden = true; });
document.addEventListener("line:down", () => { down.hidden = false; });
if (!navigator.onLine) down.hidden = false;  // lost before this script came
