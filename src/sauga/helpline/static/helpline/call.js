// A child's call from the browser: microphone, ring, wait, talk, hang up. Sound goes through the relay only; nothing is stored on either side.
const box = document.getElementById("call");
const audio = box.querySelector("audio");
const call = { ref: "", token: "" };
let voice, peer, heard = "", reply = "", over = false, began = 0;

function show(state) {
  if (box.dataset.state === state && state !== "READY") return;
  box.dataset.state = state;
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  if (state === "CONNECTED" && !began) began = Date.now();
  if (state !== "READY") box.querySelector(".send > :not([hidden])")?.focus();
}

const post = (name, data) => fetch(`/call/${name}/`, { method: "POST", body: new URLSearchParams({ ...call, ...data }) });

function finish(state) {
  if (over) return;
  over = true;
  peer?.close();
  for (const track of voice?.getTracks() ?? []) track.stop();
  show(state);
}

function gathered(connection) {
  return new Promise((done) => {
    const ready = () => connection.iceGatheringState === "complete" && done();
    connection.onicegatheringstatechange = ready;
    setTimeout(done, 5000);
    ready();
  });
}

async function pickUp(sdp) {
  if (sdp === heard) { if (reply) post("say", { sdp: reply }); return; }
  heard = sdp;
  reply = "";
  peer?.close();
  const answer = await post("relay");
  if (!answer.ok) return;
  const ours = new RTCPeerConnection(await answer.json());
  peer = ours;
  for (const track of voice.getTracks()) ours.addTrack(track, voice);
  ours.ontrack = (event) => { audio.srcObject = new MediaStream([event.track]); audio.play().catch(() => {}); };
  ours.onconnectionstatechange = () => { if (ours === peer && ours.connectionState === "connected") show("CONNECTED"); };
  await ours.setRemoteDescription({ type: "offer", sdp });
  await ours.setLocalDescription();
  await gathered(ours);
  reply = ours.localDescription.sdp;
  post("say", { sdp: reply });
}

function hear({ state, sdp }) {
  if (sdp) return pickUp(sdp).catch(() => {});
  if (["RINGING", "GREETING", "WAITING", "OFFERED"].includes(state)) show("RINGING");
  else if (["CONNECTED", "HELD", "CONSULT", "TRANSFERRED"].includes(state)) { if (box.dataset.state !== "CONNECTED") show("CONNECTING"); }
  else finish("ENDED");
}

async function listen() {
  for (let misses = 0; !over && misses < 20; misses += 1) {
    try {
      const answer = await post("stream");
      if (answer.status === 404) return finish("ENDED");
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = "", got = await reader.read(); !got.done; got = await reader.read()) {
        const parts = (text + got.value).split("\n\n");
        text = parts.pop();
        misses = 0;
        for (const part of parts) if (part.startsWith("data: ")) hear(JSON.parse(part.slice(6)));
      }
    } catch { /* the line is lost for a moment */ }
    if (!over) await new Promise((done) => setTimeout(done, 1000));
  }
  finish("LOST");
}

async function start() {
  show("ASKING");
  try { voice = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { return show("REFUSED"); }
  const answer = await post("ring", { ticket: box.dataset.ticket, language: box.dataset.language }).catch(() => null);
  if (!answer?.ok) return finish(answer?.status === 409 ? "CLOSED" : "LOST");
  Object.assign(call, await answer.json());
  show("RINGING");
  listen();
}

function mute(button) {
  const [track] = voice.getAudioTracks();
  track.enabled = !track.enabled;
  button.setAttribute("aria-pressed", String(!track.enabled));
}
const acts = { start, mute, end: () => { post("end"); finish("ENDED"); } };
box.addEventListener("click", (event) => { const button = event.target.closest("[data-do]"); if (button) acts[button.dataset.do](button); });
setInterval(() => { if (call.ref && !over) post("here").catch(() => {}); }, 15000);
addEventListener("pagehide", () => { if (call.ref && !over) navigator.sendBeacon("/call/end/", new URLSearchParams(call)); });
setInterval(() => { if (began && !over) { const s = Math.floor((Date.now() - began) / 1000); box.querySelector("[data-clock]").textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`; } }, 1000);
show("READY");
