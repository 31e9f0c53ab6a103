// Running clocks: [data-since="seconds of the epoch"] shows how long ago that was; without this script it stands still at what the server wrote.
const two = (n) => String(n).padStart(2, "0");
// The server's clock counts: how far ours is from it is learnt from the first text that the page brought.
function spoken(text) {
  return text.trim().split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}
let ahead = null;

function tick() {
  const now = Date.now() / 1000;
  for (const clock of document.querySelectorAll("[data-since]")) {
    const since = Number(clock.dataset.since);
    ahead ??= now - since - spoken(clock.textContent);
    const seconds = Math.max(0, Math.floor(now - ahead - since));
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    const text = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
}

tick();
setInterval(tick, 1000);
