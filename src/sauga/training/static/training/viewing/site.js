// The page of a library: says what the picture does, renews itself when the organisers write or the evening goes on, adds up the
// heads and keeps them in this browser until they are sent, plays the tone of the sound check, shows the picture to the room.
const page = document.querySelector("[data-site]");
if (location.search) history.replaceState(null, "", location.pathname); // what was done is said once, not again when the page renews itself
const said = page.dataset;
const film = () => document.querySelector(".picture video");
let moved = 0;
let last = -1;
function picture() {
  const video = film();
  if (!video || video.paused) return "";
  const runs = video.currentTime !== last;
  last = video.currentTime;
  moved = runs ? 0 : moved + 1;
  return runs ? "OK" : moved > 1 ? "STALLED" : "";
}
const busy = (region) => region.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
// The browser parses the answer into a page of its own; no text is ever put into this one as markup.
const fetched = () => new Promise((done, failed) => {
  const asked = new XMLHttpRequest();
  asked.open("GET", location.pathname);
  asked.responseType = "document";
  asked.onload = () => (asked.status === 200 && asked.responseXML ? done(asked.responseXML) : failed(new Error(asked.status)));
  asked.onerror = failed;
  asked.send();
});
async function renew() {
  const fresh = await fetched();
  for (const region of document.querySelectorAll("[data-renew][id]")) {
    const twin = fresh.getElementById(region.id);
    if (twin && !busy(region) && !twin.isEqualNode(region)) region.replaceWith(document.adoptNode(twin));
  }
  said.version = fresh.querySelector("[data-site]")?.dataset.version ?? said.version;
  sum();
}
async function beat() {
  const answer = await fetch(said.site, { method: "POST", body: new URLSearchParams({ picture: picture() }) }).catch(() => null);
  document.querySelector("[data-offline-note]")?.toggleAttribute("hidden", Boolean(answer));
  if (!answer?.ok) return;
  const { version } = await answer.json();
  if (version === said.version) return;
  const before = said.version.split("-").slice(0, 2).join("-");
  said.version = version;
  if (version.split("-").slice(0, 2).join("-") !== before && !document.activeElement.matches("input, textarea")) location.reload();
  else await renew();
}
setInterval(() => beat().catch(() => {}), Number(said.beat) * 1000);
beat().catch(() => {});

const store = `sauga-heads-${said.ref}`;
function fields() { return [...document.querySelectorAll(".heads input")]; }
function sum() {
  const total = document.querySelector("[data-sum]");
  if (!total) return;
  const heads = fields().reduce((all, one) => all + (Number(one.value) || 0), 0);
  total.textContent = heads;
  const asked = document.querySelector("[data-sure]"); // more people than seats: it may be so, and may be a slip
  asked.hidden = heads <= Number(total.closest("[data-seats]").dataset.seats) && !asked.querySelector("input").checked;
}
const kept = JSON.parse(localStorage.getItem(store) || "{}");
for (const one of fields()) if (one.value === "" && kept[one.name]) one.value = kept[one.name];
document.addEventListener("input", (event) => {
  if (!event.target.closest(".heads")) return;
  localStorage.setItem(store, JSON.stringify(Object.fromEntries(fields().map((one) => [one.name, one.value]))));
  sum();
});
if (said.counted) localStorage.removeItem(store);
sum();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-tone]")) {
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    loud.gain.value = 0.3;
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 1.5);
  }
  if (event.target.closest("[data-room]")) (film() ?? document.querySelector(".picture")).requestFullscreen?.();
});
