// The page "Broadcast from this browser": camera, microphone or screen, the own picture, the level of the sound, and what becomes of the connection.
import { Level } from "./level.js";
import { Publisher } from "./whip.js";

const form = document.querySelector("form[data-studio]");
const video = form.querySelector("video"), says = form.querySelector("[data-says]");
const [source, camera, microphone] = ["source", "camera", "microphone"].map((name) => form.querySelector(`#studio-${name}`));
const button = (name) => form.querySelector(`[data-do=${name}]`);
const ENDS = ["opened", "stopped", "busy", "closed", "unserved"];
const level = new Level(form.querySelector("meter"), (isQuiet) => { form.querySelector("[data-quiet]").hidden = !isQuiet; });
const WRONG = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "missing" };
const wrong = (error) => WRONG[error.name] ?? "unable";
let stream;
const picture = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
const exact = (list) => (list.value ? { deviceId: { exact: list.value } } : {});

function show(state) {
  form.dataset.now = state;
  says.textContent = form.dataset[state] ?? "";
  const isSending = !ENDS.includes(state);
  button("start").hidden = !stream || isSending;
  button("stop").hidden = !isSending || !stream;
  button("open").hidden = Boolean(stream);
  button("mute").hidden = !stream;
}

const publisher = new Publisher(async () => {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "studio" } });
  if (answer.status === 409) return null;
  if (!answer.ok) throw new Error("no token");
  return answer.json();
}, show);
function fill(list, kind, devices) {
  for (const device of devices.filter((one) => one.kind === kind && one.deviceId)) {
    if ([...list.options].some((one) => one.value === device.deviceId)) continue;
    list.append(new Option(device.label || String(list.length), device.deviceId));
  }
}
const fetchPicture = () => (source.value === "screen"
  ? navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 25 } })
  : navigator.mediaDevices.getUserMedia({ video: { ...picture, ...exact(camera) } }));
const fetchSound = () => navigator.mediaDevices.getUserMedia({ audio: exact(microphone) });

// Takes the place of the track of its kind, in the preview and in what is sent.
async function use(track) {
  for (const old of stream.getTracks().filter((one) => one.kind === track.kind)) { stream.removeTrack(old); old.stop(); }
  track.enabled = track.kind === "video" || button("mute").getAttribute("aria-pressed") !== "true";
  stream.addTrack(track);
  if (track.kind === "audio") level.listen(track);
  else track.addEventListener("ended", () => { if (source.value === "screen") { source.value = "camera"; choose(fetchPicture); } });
  await publisher.replace(track);
}

async function choose(fetched) {
  if (!stream) return;
  try { await use((await fetched()).getTracks()[0]); } catch (error) {
    source.value = "camera"; // a screen that was not shared after all: the camera goes on
    says.textContent = form.dataset[wrong(error)];
  }
}


async function open() {
  try {
    const found = [await fetchPicture(), await fetchSound()].flatMap((one) => one.getTracks());
    stream = new MediaStream();
    for (const track of found) await use(track);
    video.srcObject = stream;
    form.querySelector("[data-opened-part]").hidden = false;
    const devices = await navigator.mediaDevices.enumerateDevices();
    fill(camera, "videoinput", devices);
    fill(microphone, "audioinput", devices);
    show("opened");
    button("start").focus();
  } catch (error) { says.textContent = form.dataset[wrong(error)]; }
}

function mute() {
  const off = button("mute").getAttribute("aria-pressed") !== "true";
  button("mute").setAttribute("aria-pressed", String(off));
  for (const track of stream.getAudioTracks()) track.enabled = !off;
  form.querySelector("[data-muted]").hidden = !off;
}

const acts = { open, mute, start: () => publisher.start(stream), stop: () => publisher.stop() };
for (const [name, act] of Object.entries(acts)) button(name).addEventListener("click", act);
source.addEventListener("change", () => choose(fetchPicture));
camera.addEventListener("change", () => choose(fetchPicture));
microphone.addEventListener("change", () => choose(fetchSound));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => { if (!button("stop").hidden) event.preventDefault(); });
// Going on air must not leave the page: its part above is fetched again when the broadcast has moved.
document.addEventListener("submit", (event) => {
  const { target } = event;
  if (!target.matches("form[data-stay]")) return;
  event.preventDefault();
  fetch(target.action, { method: "POST", body: new URLSearchParams(new FormData(target)), redirect: "manual" });
});
form.hidden = false;
if (!navigator.mediaDevices?.getUserMedia || !globalThis.RTCPeerConnection) { button("open").hidden = true; says.textContent = form.dataset.unable; }
