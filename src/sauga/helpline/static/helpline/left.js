// Time that is left: [data-left="seconds"] counts down from when it came into the page; at zero the page is asked for again.
const started = new WeakMap();

function tick() {
  for (const clock of document.querySelectorAll("[data-left]")) {
    if (!started.has(clock)) started.set(clock, Date.now());
    const left = Math.max(0, Math.ceil(Number(clock.dataset.left) - (Date.now() - started.get(clock)) / 1000));
    const text = `${left} s`;
    if (clock.textContent !== text) clock.textContent = text;
    if (left === 0 && !clock.dataset.over) {
      clock.dataset.over = "1";
      if (!document.activeElement?.matches("input, textarea, select")) setTimeout(() => location.reload(), 1500);
    }
  }
}

tick();
setInterval(tick, 500);
