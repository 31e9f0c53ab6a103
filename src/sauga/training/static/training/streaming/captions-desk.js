// Typing live captions: Enter sends the line and empties the field at once; what could not be sent stays in a queue and is sent again, in order.
const form = document.querySelector("form[data-captions-form]");
const field = form?.elements.text;
const sent = document.querySelector("[data-captions-sent]");
const trouble = document.querySelector("[data-captions-trouble]");
const AGAIN = 2000;
const queue = [];
let busy = false;

const nonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function show(text) {
  const item = document.createElement("li");
  item.textContent = text;
  item.dataset.state = "sending";
  sent.prepend(item);
  return item;
}

function say(text) { trouble.textContent = text; trouble.hidden = !text; }

async function send() {
  if (busy || !queue.length) return;
  busy = true;
  const { text, id, item } = queue[0];
  const body = new URLSearchParams({ text, nonce: id, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "captions" } });
    if (answer.status === 422) {
      const { error } = await answer.json();
      item.dataset.state = "refused";
      say(error);
      queue.shift();
    } else if (answer.ok && !answer.redirected) {
      item.dataset.state = "sent";
      say("");
      queue.shift();
    } else throw new Error("not sent");
  } catch {
    say(trouble.dataset.offline);
    setTimeout(() => { busy = false; send(); }, AGAIN);
    return;
  }
  busy = false;
  send();
}

if (form) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    queue.push({ text, id: nonce(), item: show(text) });
    field.value = "";
    field.focus();
    send();
  });
  addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
}
