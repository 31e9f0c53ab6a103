// Sound and browser notification of urgent alerts. A page in view rings at once, others a little later and only when none was in view.
const store = globalThis.localStorage;
const known = () => new Set((store?.getItem("sauga-alerts") || "").split(" ").filter(Boolean));
const isOn = () => store?.getItem("sauga-sound") !== "off";
const inView = () => document.visibilityState === "visible";
let audio = null;
let waiting = 0;

function beep() {
  if (!isOn()) return;
  try {
    audio ??= new AudioContext();
    audio.resume();
    for (const [after, pitch] of [[0, 880], [0.25, 660], [0.5, 880], [0.75, 660]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, audio.currentTime + after);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + after + 0.22);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.23);
    }
  } catch { /* no sound here: the bar and the browser's notification remain */ }
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);  // refused, and written to the console, before somebody has touched the page
}

function notify(bar, ref) {
  if (globalThis.Notification?.permission !== "granted") return;
  try {
    const shown = new Notification(bar.dataset.noticeTitle, { body: bar.dataset.noticeBody, tag: ref, requireInteraction: true });
    shown.onclick = () => { focus(); shown.close(); };
  } catch { /* some phones allow it to installed pages only */ }
}

export function ring(bar) {
  const here = [...(bar?.querySelectorAll("[data-alert]") ?? [])].map((alert) => alert.dataset.alert);
  document.title = `${here.length ? "(!) " : ""}${document.title.replace(/^\(!\) /, "")}`;
  const start = () => {
    const before = known();
    const fresh = here.filter((ref) => !before.has(ref));
    if (!fresh.length) return;
    store?.setItem("sauga-alerts", here.join(" "));
    beep();
    for (const ref of fresh) notify(bar, ref);
  };
  clearInterval(waiting);
  if (!here.length) { if (inView()) store?.removeItem("sauga-alerts"); return; }
  if (inView()) start(); else setTimeout(start, 700);
  waiting = setInterval(() => { if (inView()) beep(); }, 15000);
}

export function settings(bell) {
  for (const line of bell?.querySelectorAll("[data-setting]") ?? []) {
    const button = line.querySelector("button");
    if (line.dataset.setting === "sound") {
      line.querySelector("span").textContent = isOn() ? line.dataset.on : line.dataset.off;
      button.onclick = () => { store.setItem("sauga-sound", isOn() ? "off" : "on"); settings(bell); beep(); };
    } else {
      const state = globalThis.Notification?.permission;
      if (!state) continue;
      line.querySelector("span").textContent = line.dataset[state];
      button.hidden = state !== "default";
      button.onclick = async () => { await Notification.requestPermission(); settings(bell); };
    }
    line.hidden = false;
  }
}
