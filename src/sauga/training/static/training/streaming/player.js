// The player of a live broadcast: the browser's own HLS where it has it, else the vendored library; begins when the broadcast does,
// comes back to the live edge by itself when the picture stops, and offers the file that was given out when it does not come back.
import { readCaptions } from "./captions-reader.js";
import { LiveEdge, NEAR } from "./live-edge.js";

const LOOK = 1000, STILL = 6000, FIRST = 20000, LONGEST = 60000, WAIT = 3000, TRIES = 3, STEADY = 3;

export class LivePlayer {
  constructor(root) {
    this.root = root;
    this.video = root.querySelector("video");
    this.says = root.querySelector("[data-player-says]");
    this.source = root.dataset.master;
    this.state = "idle"; this.tries = 0;
    this.last = { time: -1, at: performance.now() };
    for (const choice of root.querySelectorAll("[data-player-form]")) {
      choice.hidden = false;
      choice.addEventListener("click", () => this.choose(choice));
    }
    root.querySelector("[data-player-start]")?.addEventListener("click", () => this.begin());
    this.video.addEventListener("play", () => { if (!this.wanted && this.state !== "over") this.begin(); });
    this.video.addEventListener("ended", () => this.over());
    for (const kind of ["pause", "play"]) this.video.addEventListener(kind, () => { this.rests = kind === "pause"; });
    // A browser that stumbles over its own HLS gets the library instead.
    this.video.addEventListener("error", () => { if (!this.hls && this.video.error) this.isBroken = this.usesLibrary = true; });
    this.video.addEventListener("playing", () => this.show("playing"));
    this.edge = new LiveEdge(this.video, () => this.moved > STEADY);
    setInterval(() => this.look(), LOOK);
    this.nextTry = 0; this.probe();
    readCaptions(root, this.video);
  }

  show(state) {
    this.state = state;
    this.root.dataset.state = state;
    for (const words of this.says.querySelectorAll("[data-when]")) words.hidden = !words.dataset.when.split(" ").includes(state);
  }

  // Whether it has begun: the playlist is there. Then it is made ready, and plays if somebody has asked for it.
  async probe() {
    this.nextTry = performance.now() + WAIT;
    try {
      const answer = await fetch(this.source, { cache: "no-store" });
      if (!answer.ok) { if (!["lost", "over"].includes(this.state)) this.show("waiting"); return; }
      await this.load();
    } catch { if (this.state !== "over") { this.isLoaded = false; this.show("lost"); } }
  }

  async load() {
    this.hls?.destroy(); this.hls = null;
    [this.isLoaded, this.isBroken, this.moved] = [true, false, 0];
    const isNative = this.video.canPlayType("application/vnd.apple.mpegurl");
    const { default: Hls } = isNative && !this.usesLibrary ? {} : await import(this.root.dataset.library);
    if (!Hls?.isSupported()) {
      if (!isNative) { this.show("unable"); return; }
      this.video.src = this.source;
    } else {
      this.hls = new Hls({ enableWorker: false, liveSyncDuration: NEAR, liveMaxLatencyDuration: 12, backBufferLength: 30 });
      this.hls.on(Hls.Events.ERROR, (_event, error) => { if (error.fatal) this.isBroken = true; });
      this.hls.loadSource(this.source); this.hls.attachMedia(this.video);
    }
    this.last = { time: -1, end: -1, at: performance.now() };
    if (this.state !== "lost") this.show(this.wanted ? "loading" : "ready");
    if (this.wanted) this.play();
  }

  play() { this.video.play().catch((error) => { if (error.name === "NotAllowedError") this.show("ready"); }); }

  begin() {
    this.wanted = true;
    if (!this.video.currentSrc && !this.hls) { this.probe(); return; }
    this.edge.goTo(); this.show("loading"); this.play();
  }

  choose(button) {
    this.source = button.dataset.playerForm;
    for (const one of this.root.querySelectorAll("[data-player-form]")) one.setAttribute("aria-pressed", String(one === button));
    this.wanted = this.wanted || !this.video.paused;
    this.probe();
  }

  over() { this.hls?.destroy(); this.hls = null; this.show("over"); }
  // The watchdog: whoever watches and sees nothing move is brought to the live edge; after some tries the file is offered. A picture that has
  // not come yet gets longer, and longer each time: a broadcast that has just begun has few segments, and loading anew throws away what came.
  look() {
    const now = performance.now(), { currentTime, buffered } = this.video;
    if (this.state === "over" || this.state === "unable") return;
    if (this.state === "waiting" || !this.isLoaded) { if (now > this.nextTry) this.probe(); return; }
    if (!this.wanted || (this.rests && !this.isBroken && this.state === "playing")) { this.last.at = now; return; }
    const end = buffered.length ? buffered.end(buffered.length - 1) : -1, isMoving = currentTime !== this.last.time;
    if (isMoving && (this.moved += 1) > STEADY) { this.tries = 0; if (this.state !== "playing") this.show("playing"); }
    if (!this.isBroken && (isMoving || (this.moved <= STEADY && end !== this.last.end))) { this.last = { time: currentTime, end, at: now }; return; }
    if (!this.isBroken && now - this.last.at < (this.moved > STEADY ? STILL : Math.min(LONGEST, FIRST * 2 ** this.tries))) return;
    this.tries += 1; this.last.at = now;
    if (this.tries >= TRIES) this.show("lost");
    this.probe();
  }
}

for (const root of document.querySelectorAll("[data-live-player]")) root.livePlayer = new LivePlayer(root);
