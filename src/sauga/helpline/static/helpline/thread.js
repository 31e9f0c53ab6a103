// The thread of a conversation: draws what line.js and say.js tell. Texts come from the page; nothing is put in as markup.
const thread = document.querySelector("#thread"), words = thread.dataset, place = document.querySelector("#line").dataset;
const typing = document.querySelector("#typing"), consent = document.querySelector("#consent"), field = document.querySelector("#msg");
const clock = new Intl.DateTimeFormat("lt", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Vilnius" });
const pending = new Map();
let read = Number(words.readTo), quiet = 0;

document.querySelector("#composer").hidden = false;
document.querySelector("#load-again")?.setAttribute("hidden", "");
thread.lastElementChild?.scrollIntoView({ block: "nearest" });

function item(kind, text, by, time) {
  const entry = document.createElement("li");
  if (kind === "event") {
    entry.className = "said";
    entry.textContent = time ? `${text} · ${time}` : text;
    return entry;
  }
  entry.className = kind === "mine" ? "message mine" : "message";
  const before = [...thread.children].at(-1);
  const same = before?.classList.contains("message") && before.classList.contains("mine") === (kind === "mine");
  const head = document.createElement(same ? "span" : "div"), body = document.createElement("p");
  head.className = same ? "visually-hidden" : "by";
  head.textContent = time && !same ? `${by} · ${time}` : by;
  if (same) entry.classList.add("same");
  text.split("\n").forEach((row, number) => body.append(...(number ? [document.createElement("br"), row] : [row])));
  entry.append(head, body);
  return entry;
}

function add(entry) {
  const far = thread.lastElementChild?.getBoundingClientRect().top > innerHeight;  // somebody reads further up: leave them there
  thread.append(entry);
  if (!far) entry.scrollIntoView({ block: "nearest" });
}

function marks() {
  thread.querySelectorAll(".mark-sent").forEach((mark) => { if (!mark.closest(".unsent")) mark.remove(); });
  const own = [...thread.querySelectorAll(".mine[data-number]")].at(-1);
  if (!own) return;
  const mark = document.createElement("div");
  mark.className = "mark-sent";
  mark.textContent = Number(own.dataset.number) <= read ? `✓✓ ${words.read}` : `✓ ${words.delivered}`;
  own.append(mark);
}

function tellRead() {
  const seen = [...thread.querySelectorAll("[data-number]")].at(-1)?.dataset.number;
  if (seen && !document.hidden) fetch(place.read, { method: "POST", body: new URLSearchParams({ up_to: seen }) }).catch(() => {});
}

function deliver(nonce, number) {
  const entry = pending.get(nonce);
  if (!entry) return false;
  pending.delete(nonce);
  entry.classList.remove("unsent");
  entry.dataset.number = number;
  // Somebody else's words may have been stored before these were: the order is that of the numbers.
  const before = [...thread.children].findLast((other) => Number(other.dataset.number) < number);
  if (before && entry.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING) {
    before.after(entry);
    entry.classList.remove("same");
    entry.firstElementChild.className = "by";
  }
  marks();
  return true;
}

document.addEventListener("line:said", ({ detail: one }) => {
  if (one.author === "CHILD" && deliver(one.nonce, one.number)) return;
  if (thread.querySelector(`[data-number="${one.number}"]`)) return;
  const kind = { CHILD: "mine", COUNSELLOR: "theirs" }[one.author] || "event";
  const text = kind === "event" ? document.querySelector(`#event-words [data-event="${one.event}"]`)?.textContent || "" : one.text;
  const entry = item(kind, text, kind === "mine" ? words.you : words.by || words.somebody, clock.format(new Date(one.at)));
  entry.dataset.number = one.number;
  add(entry);
  marks();
  typing.hidden = true;
  if (kind === "event" && one.event.startsWith("TRANSFER")) consent.hidden = one.event !== "TRANSFER_ASKED";
  if (one.event === "SHARE_ASKED") document.querySelector("#share-news").hidden = false;
  if (["JOINED", "TRANSFERRED", "TAKEN_OVER", "SHARE_ASKED"].includes(one.event) && !field.value && !pending.size) location.reload();
  tellRead();
});
document.addEventListener("line:mine", ({ detail: { nonce, text } }) => {
  const entry = item("mine", text, words.you, clock.format(new Date())), mark = document.createElement("div");
  entry.classList.add("unsent");
  mark.className = "mark-sent";
  mark.textContent = words.sending;
  entry.append(mark);
  pending.set(nonce, entry);
  add(entry);
});
document.addEventListener("line:sent", ({ detail: { nonce, number } }) => deliver(nonce, number));
document.addEventListener("line:unsent", ({ detail: { nonce } }) => { pending.get(nonce)?.remove(); pending.delete(nonce); });
document.addEventListener("line:state", ({ detail: now }) => { if (now.staff_read > read) { read = now.staff_read; marks(); } });
document.addEventListener("line:typing", () => { typing.hidden = false; clearTimeout(quiet); quiet = setTimeout(() => { typing.hidden = true; }, 6000); });
document.addEventListener("line:over", () => { if (!field.value.trim() && !pending.size) location.reload(); else document.querySelector("#over").hidden = false; });
document.addEventListener("visibilitychange", tellRead);
tellRead();
