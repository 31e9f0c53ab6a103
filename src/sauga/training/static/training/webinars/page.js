// A page with the picture of a webinar: the countdown, a film that plays as if live, questions whose references this browser
// remembers for the evening, and the presence of somebody who wants a confirmation. Without scripts the page works by its forms.
const page = document.querySelector("[data-webinar]");
const said = page.dataset;
const offset = Date.now() - Number(said.now) * 1000;
const now = () => (Date.now() - offset) / 1000;

for (const clock of document.querySelectorAll("[data-until]")) {
  const tick = () => {
    const left = Math.max(0, Number(clock.dataset.until) - now());
    const minutes = Math.floor(left / 60);
    const hours = Math.floor(minutes / 60);
    clock.textContent = hours >= 48 ? `${Math.floor(hours / 24)} ${clock.dataset.days} ${hours % 24} ${clock.dataset.hours}` : left >= 3600 ? `${hours} ${clock.dataset.hours} ${minutes % 60} ${clock.dataset.minutes}` : minutes >= 5 ? `${minutes} ${clock.dataset.minutes}` : `${minutes}:${String(Math.floor(left % 60)).padStart(2, "0")}`;
    if (left <= 0 && clock.dataset.turn !== undefined) { delete clock.dataset.turn; setTimeout(() => location.reload(), 1500 + Math.random() * 4000); }
  };
  tick();
  setInterval(tick, 1000);
}

const film = document.querySelector("video[data-starts]");
if (film) {
  const place = () => Math.max(0, now() - Number(film.dataset.starts)) % film.duration; // shorter than the webinar: it begins again
  const follow = () => { if (film.duration && Math.abs(film.currentTime - place()) > 4) film.currentTime = place(); };
  film.addEventListener("loadedmetadata", follow);
  film.addEventListener("play", follow);
}

const store = `sauga-asked-${said.webinar}`;
const list = document.querySelector("[data-asked]");
const held = () => JSON.parse(sessionStorage.getItem(store) || "[]");
function draw(one) {
  const item = list.querySelector("template").content.cloneNode(true).firstElementChild;
  item.querySelector("p").textContent = one.text;
  item.querySelector("[data-says]").textContent = one.says;
  item.dataset.ref = one.ref;
  list.append(item);
}
async function states() {
  const refs = held().map((one) => one.ref);
  if (!refs.length) return;
  const answer = await fetch(`${list.dataset.states}?${new URLSearchParams(refs.map((ref) => ["q", ref]))}`, { referrerPolicy: "no-referrer" });
  if (!answer.ok) return;
  for (const [ref, { says }] of Object.entries(await answer.json())) {
    const mark = list.querySelector(`[data-ref="${CSS.escape(ref)}"] [data-says]`);
    if (mark) mark.textContent = says;
  }
}
if (list) {
  held().forEach(draw);
  states().catch(() => {});
  setInterval(() => states().catch(() => {}), 20000);
  const form = document.querySelector("form[data-ask]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.querySelector("textarea");
    const why = form.querySelector("[data-why]");
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    const told = answer ? await answer.json().catch(() => ({})) : {};
    why.hidden = Boolean(answer?.ok);
    if (!answer?.ok) { why.textContent = told.why || why.dataset.offline; return; }
    sessionStorage.setItem(store, JSON.stringify([...held(), told].slice(-20)));
    draw(told);
    field.value = "";
    field.focus();
  });
}

if (said.present) {
  const device = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const told = document.querySelector("[data-present]");
  const beat = async () => {
    const answer = await fetch(said.present, { method: "POST", body: new URLSearchParams({ device }) }).catch(() => null);
    if (answer?.ok) { const { percent } = await answer.json(); told.textContent = `${percent} %`; }
  };
  beat();
  setInterval(beat, Number(said.beat) * 1000);
}
