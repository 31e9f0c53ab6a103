// Live captions: inside the picture as a text track, so that they are there in full screen too, and beside it as a list to read back.
// They are fetched again and again while somebody watches. Whether a screen reader says new lines is the reader's choice.
const EVERY = 1500, SHOWN = 40, SHORTEST = 3, LONGEST = 8, A_SECOND = 14, AT_ONCE = 2;

export function readCaptions(root, video) {
  const box = root.querySelector("[data-captions]");
  if (!box) return;
  const list = box.querySelector("[data-captions-lines]");
  const aloud = box.querySelector("[data-captions-aloud]");
  const hide = box.querySelector("[data-captions-hide]");
  const inside = root.querySelector("[data-captions-inside]");
  const larger = root.querySelector("[data-captions-larger]");
  const track = video.addTextTrack("captions", box.dataset.captions, video.lang);
  track.mode = "showing";
  let last = 0;

  const press = (button, on) => button?.setAttribute("aria-pressed", String(on));
  const tell = () => press(inside, track.mode === "showing");
  const clear = () => { while (track.cues?.length) track.removeCue(track.cues[0]); };

  // A line stays as long as it takes to read it, and goes up when the next comes; two are shown at most.
  const show = (text) => {
    const now = video.currentTime;
    const there = [...track.cues ?? []].filter((cue) => cue.endTime > now);
    for (const cue of there.slice(0, Math.max(0, there.length - AT_ONCE + 1))) track.removeCue(cue);
    const cue = new VTTCue(now, now + Math.min(LONGEST, Math.max(SHORTEST, text.length / A_SECOND)), "");
    cue.text = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    track.addCue(cue);
  };
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
      fresh.slice(-AT_ONCE).forEach(({ text }) => show(text));
      for (const one of [box, inside, larger]) if (one) one.hidden = false;
      if (below) list.scrollTop = list.scrollHeight;
    } catch { /* the next time */ }
  }
  inside?.addEventListener("click", () => { track.mode = track.mode === "showing" ? "hidden" : "showing"; });
  larger?.addEventListener("click", () => press(larger, root.classList.toggle("captions-large")));
  video.textTracks.addEventListener("change", tell);
  video.addEventListener("emptied", clear);
  aloud?.addEventListener("change", () => list.setAttribute("aria-live", aloud.checked ? "polite" : "off"));
  hide?.addEventListener("click", () => {
    list.hidden = !list.hidden;
    hide.setAttribute("aria-expanded", String(!list.hidden));
  });
  tell();
  setInterval(fetchLines, EVERY);
}
