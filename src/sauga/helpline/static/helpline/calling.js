// The counsellor's side of a call from the browser: offers the session through the relay, repeats it until the child's page answers.
const box = document.getElementById("line");
const audio = box.querySelector("audio");
const secret = box.querySelector("[name=csrfmiddlewaretoken]").value;
let voice, peer, over = false;

function show(state) {
  box.dataset.state = state;
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
}

const post = (name, data) => fetch(`${box.dataset.line}${name}/`, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: secret, ...data }) });

function gathered(connection) {
  return new Promise((done) => {
    const ready = () => connection.iceGatheringState === "complete" && done();
    connection.onicegatheringstatechange = ready;
    setTimeout(done, 5000);
    ready();
  });
}

async function offer() {
  if (over) return;
  peer?.close();
  const answer = await post("relay");
  if (!answer.ok) return;
  const ours = new RTCPeerConnection(await answer.json());
  peer = ours;
  for (const track of voice.getTracks()) ours.addTrack(track, voice);
  ours.ontrack = (event) => { audio.srcObject = new MediaStream([event.track]); audio.play().catch(() => {}); };
  ours.onconnectionstatechange = () => {
    if (ours !== peer || over) return;
    if (ours.connectionState === "connected") show("CONNECTED");
    if (ours.connectionState === "failed") { show("LOST"); offer(); }
  };
  await ours.setLocalDescription();
  await gathered(ours);
  for (let times = 0; times < 40 && ours === peer && !over && !ours.remoteDescription; times += 1) {
    post("say", { sdp: ours.localDescription.sdp }).catch(() => {});
    await new Promise((done) => setTimeout(done, 2000));
  }
  if (ours === peer && !over && !ours.remoteDescription) show("LOST");
}

function finish() {
  if (over) return;
  over = true;
  peer?.close();
  for (const track of voice?.getTracks() ?? []) track.stop();
  show("ENDED");
  setTimeout(() => location.assign(box.dataset.after), 1500);
}

async function hear({ state, kind, sdp }) {
  if (kind === "answer" && peer && !peer.remoteDescription) await peer.setRemoteDescription({ type: "answer", sdp });
  if (state && !["CONNECTED", "HELD", "CONSULT", "TRANSFERRED"].includes(state)) finish();
}

async function begin() {
  try { voice = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { return show("REFUSED"); }
  show("CONNECTING");
  const stream = new EventSource(`${box.dataset.line}stream/`);
  stream.onmessage = (event) => hear(JSON.parse(event.data)).catch(() => {});
  stream.onerror = () => { if (over) stream.close(); };
  offer().catch(() => show("LOST"));
}

box.querySelector("[data-mute]").addEventListener("click", (event) => {
  const [track] = voice.getAudioTracks();
  track.enabled = !track.enabled;
  event.currentTarget.setAttribute("aria-pressed", String(!track.enabled));
});
// The mark of risk must not leave the page: the sound would break.
box.querySelector("[data-quiet]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target), redirect: "manual" });
  if (answer.type === "opaqueredirect") button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
});
addEventListener("beforeunload", (event) => { if (box.dataset.state === "CONNECTED" && !over) event.preventDefault(); });
for (const form of box.querySelectorAll("form:not([data-quiet])")) form.addEventListener("submit", () => { over = true; });
begin();
