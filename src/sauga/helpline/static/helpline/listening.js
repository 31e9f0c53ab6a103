// While a lead listens, the page says every 15 seconds that it is here; leaving it ends the listening at once. A form of this page itself
// (a whisper, taking over) is no leaving.
const stop = document.querySelector("[data-stop-listening]");
const beat = () => fetch(stop.dataset.stopListening, { headers: { "X-Sauga-Background": "1" } }).catch(() => {});
let stays = false;
if (stop) {
  setInterval(beat, 15000);
  document.addEventListener("submit", () => { stays = true; });
  addEventListener("pagehide", () => { if (!stays) navigator.sendBeacon(stop.action, new FormData(stop)); });
}
