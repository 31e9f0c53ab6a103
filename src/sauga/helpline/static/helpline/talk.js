// A conversation: Enter sends without leaving the page, words that could not be sent stay; the stream says that the page is here,
// that the other side writes, and that it is over. New words themselves are fetched by ui/live.js.
const page = document.querySelector("[data-talk]");
const form = document.querySelector("[data-composer]");
const area = form?.querySelector("textarea");
const trouble = document.querySelector("[data-say-trouble]");
const typing = document.querySelector("[data-typing]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const headers = { "X-CSRFToken": token };
let sending = false;
let quiet = 0;
let told = 0;

function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words) {
  trouble.textContent = words || "";
  trouble.hidden = !words;
}

async function send() {
  const text = area.value;
  if (sending || !text.trim()) return;
  sending = true;
  say("");
  let word = "else";
  try {
    const body = new URLSearchParams({ text, nonce: form.nonce.value });
    const answer = await fetch(page.dataset.say, { method: "POST", body, headers });
    if (answer.ok) {
      if (area.value === text) area.value = "";
      form.nonce.value = nonce();
      word = "";
    } else if (answer.headers.get("Content-Type")?.includes("json")) word = (await answer.json()).error;
  } catch { /* the line is lost: the words stay */ }
  sending = false;
  if (word) say(trouble.getAttribute(`data-word-${word}`) || trouble.getAttribute("data-word-else"));
}

form?.addEventListener("submit", (event) => { event.preventDefault(); send(); });
area?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
area?.addEventListener("input", () => {
  if (area.value.startsWith("/") || Date.now() - told < 3000) return;
  told = Date.now();
  fetch(page.dataset.typingTo, { method: "POST", headers }).catch(() => {});
});

document.addEventListener("keydown", (event) => {
  if (event.key === "F8") { event.preventDefault(); document.querySelector("[data-f8]")?.click(); }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "e") { event.preventDefault(); document.querySelector("[data-end]")?.click(); }
});

function follow(failed = 0) {
  const stream = new EventSource(`${page.dataset.stream}?after=${page.dataset.last}`);
  stream.addEventListener("open", () => { failed = 0; });
  stream.addEventListener("error", () => {  // a line that broke comes again by itself and at once; one that stays broken is asked for less often
    failed += 1;
    if (stream.readyState !== EventSource.CLOSED && failed < 2) return;
    stream.close();
    setTimeout(follow, Math.min(500 * 2 ** failed, 15000) * (0.5 + Math.random()), failed);
  });
  stream.addEventListener("typing", () => {
    if (!typing) return;
    typing.hidden = false;
    clearTimeout(quiet);
    quiet = setTimeout(() => { typing.hidden = true; }, 5000);
  });
  stream.addEventListener("said", () => { if (typing) typing.hidden = true; });
  stream.addEventListener("over", () => { stream.close(); location.replace(`${location.pathname}#record`); location.reload(); });
  addEventListener("pagehide", () => stream.close());
}
if (page?.dataset.stream) follow();
