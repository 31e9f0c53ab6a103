// Live captions beside the player: fetched again and again while somebody watches. Whether a screen reader says new lines is the reader's choice.
const EVERY = 1500, SHOWN = 40;

export function readCaptions(root, video) {
  const box = root.querySelector("[data-captions]");
  if (!box) return;
  const list = box.querySelector("[data-captions-lines]");
  const aloud = box.querySelector("[data-captions-aloud]");
  const hide = box.querySelector("[data-captions-hide]");
  let last = 0;

  const add = ({ n, text }) => {
    const line = document.createElement("p");
    line.textContent = text;
    line.dataset.n = n;
    list.append(line);
    while (list.children.length > SHOWN) list.firstElementChild.remove();
    last = n;
  };
  async function fetchLines() {
    if (document.hidden || !["playing", "loading"].includes(root.dataset.state) || (video.paused && last)) return;
    try {
      const answer = await fetch(root.dataset.captions, { cache: "no-store" });
      if (!answer.ok) return;
      const { lines } = await answer.json();
      const fresh = lines.filter(({ n }) => n > last);
      if (!fresh.length) return;
      const below = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
      fresh.forEach(add);
      box.hidden = false;
      if (below) list.scrollTop = list.scrollHeight;
    } catch { /* the next time */ }
  }
  aloud?.addEventListener("change", () => list.setAttribute("aria-live", aloud.checked ? "polite" : "off"));
  hide?.addEventListener("click", () => {
    list.hidden = !list.hidden;
    hide.setAttribute("aria-expanded", String(!list.hidden));
  });
  setInterval(fetchLines, EVERY);
}
